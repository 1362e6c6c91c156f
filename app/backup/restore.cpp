// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup/restore.h"

#include "app/backup/backup_files.h"
#include "app/outbox/outbox_ledger.h"
#include "app/record/log.h"
#include "app/record/merkle_proof.h"
#include "app/record/stored_tree.h"
#include "app/store/copy.h"
#include "app/store/migrations/migrations.h"
#include "app/store/place.h"
#include "app/store/rewrite.h"
#include "app/store/settings_table.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace indelible::backup {

namespace {

/// Keychain and file mostly hold the same.
std::vector<record::Checkpoint> withoutRepeats(const std::vector<record::Checkpoint> &marks)
{
    std::vector<record::Checkpoint> once;
    for (const record::Checkpoint &mark : marks) {
        if (std::ranges::find(once, mark) == once.end())
            once.push_back(mark);
    }
    return once;
}

constexpr std::array<QLatin1StringView, 3> kParts{"-wal"_L1, "-shm"_L1, ""_L1};
/// The write-ahead log first: left behind, it would be played into the file that comes.
constexpr std::array<QLatin1StringView, 2> kKept{"-wal"_L1, ""_L1};

std::optional<record::Head> headOf(const QString &file)
{
    if (!QFileInfo::exists(file))
        return std::nullopt;
    try {
        store::Connection connection(file, store::Connection::Mode::ReadOnly);
        return record::readHead(connection);
    } catch (const store::StoreException &) {
        return std::nullopt; // so damaged that a backup is wanted
    }
}

Result<void> copyFrom(const QString &file, const QString &to)
{
    try {
        store::Connection source(file, store::Connection::Mode::ReadOnly);
        store::copyDatabase(source, to);
        return {};
    } catch (const store::StoreException &exception) {
        return failure(exception.error());
    }
}

Error refusal(const QString &file, const Error &why)
{
    if (why.kind != ErrorKind::Damaged)
        return why;
    Error error = why;
    error.detail =
        u"%1 cannot be restored. %2 The workspace is as it was; give another backup."_s.arg(file, why.detail);
    return error;
}

/// Root of the first `size` entries of a file's record; nothing where it cannot be read.
std::optional<QByteArray> rootIn(const QString &file, qint64 size)
{
    try {
        store::Connection connection(file, store::Connection::Mode::ReadOnly);
        return record::rootOf(size, record::storedSubtrees(connection));
    } catch (const store::StoreException &) {
        return std::nullopt;
    }
}

} // namespace

StagedRestore::StagedRestore(QString workspace, QString file, std::unique_ptr<store::FolderLock> lock)
    : m_workspace(std::move(workspace))
    , m_file(std::move(file))
    , m_lock(std::move(lock))
{
}

StagedRestore::~StagedRestore()
{
    removeStaged();
}

void StagedRestore::removeStaged() const
{
    for (const QLatin1StringView part : kParts)
        QFile::remove(stagedFile() + part);
}

QString StagedRestore::stagedFile() const
{
    return m_workspace + u"/restoring.sqlite"_s;
}

QString StagedRestore::databaseFile() const
{
    return m_workspace + u"/indelible.sqlite"_s;
}

Result<std::unique_ptr<StagedRestore>> StagedRestore::stage(const QString &file, const QString &workspace)
{
    const QFileInfo given(file);
    if (!given.isFile())
        return failure(ErrorKind::NotFound,
                       u"There is no backup %1. Nothing was changed; give another file."_s.arg(file));
    if (given.canonicalFilePath() == QFileInfo(workspace + u"/indelible.sqlite"_s).canonicalFilePath())
        return failure(
            ErrorKind::Rejected,
            u"%1 is the workspace's own database and no backup of it. Nothing was changed; give a file from 'indelible backup'."_s
                .arg(file));
    INDELIBLE_TRY(store::requireLocalFolder(workspace));
    if (!QDir().mkpath(workspace))
        return failure(
            ErrorKind::Storage,
            u"The folder %1 cannot be made. Nothing was changed; check its permissions or choose another with --workspace."_s
                .arg(workspace));
    Result<std::unique_ptr<store::FolderLock>> lock = store::FolderLock::take(workspace);
    if (!lock)
        return failure(lock.error());
    // Before there is one whose destructor removes it: it may be all that a restore that was broken off has left.
    if (given.canonicalFilePath() == QFileInfo(workspace + u"/restoring.sqlite"_s).canonicalFilePath())
        return failure(
            ErrorKind::Rejected,
            u"%1 is what a restore that was broken off has left, and may not be whole. Nothing was changed; give the backup itself."_s
                .arg(file));
    std::unique_ptr<StagedRestore> staged(new StagedRestore(workspace, file, std::move(*lock)));
    staged->removeStaged();
    if (const Result<void> copied = copyFrom(file, staged->stagedFile()); !copied)
        return failure(refusal(file, copied.error()));
    const Result<CopyReport> checked = checkCopy(staged->stagedFile());
    if (!checked)
        return failure(refusal(file, checked.error()));
    staged->m_copy = *checked;
    INDELIBLE_TRY(staged->requireSameWorkspace(file));
    return staged;
}

Result<void> StagedRestore::requireSameWorkspace(const QString &file)
{
    const std::optional<record::Head> inPlace = headOf(databaseFile());
    if (inPlace && inPlace->logId != m_copy.logId)
        return failure(
            ErrorKind::Conflict,
            u"%1 belongs to another workspace than the one in %2. Nothing was changed; restore it into an empty folder with --workspace."_s
                .arg(file, m_workspace));
    m_inPlace = inPlace;
    return {};
}

Result<bool> StagedRestore::isOtherHistory(const std::vector<record::Checkpoint> &marks) const
{
    // What is kept outside the workspace decides. Without it the database in place is all there is to compare with.
    std::vector<record::Checkpoint> known = marks;
    if (marks.empty() && m_inPlace) {
        const qint64 both = std::min(m_inPlace->size, m_copy.entries);
        if (const std::optional<QByteArray> root = rootIn(databaseFile(), both))
            known.push_back({record::originOf(m_copy.logId), both, *root});
    }
    for (const record::Checkpoint &mark : known) {
        if (mark.origin != record::originOf(m_copy.logId))
            return true;
        if (mark.size > m_copy.entries)
            continue;
        const std::optional<QByteArray> root = rootIn(stagedFile(), mark.size);
        if (!root)
            return failure(ErrorKind::Damaged,
                           u"The backup's record cannot be read. The workspace is as it was; give another backup."_s);
        if (*root != mark.root)
            return true;
    }
    return false;
}

QString StagedRestore::keptName(Instant now) const
{
    const QDir folder(m_workspace);
    // A restore that died between the two: the log that was moved away belongs to the file that still lies here.
    if (QFileInfo::exists(databaseFile()) && QFileInfo(databaseFile() + u"-wal"_s).size() == 0) {
        for (const QString &log : folder.entryList({u"replaced-*.sqlite-wal"_s}, QDir::Files)) {
            QString kept = folder.filePath(log.chopped(4));
            if (!QFileInfo::exists(kept))
                return kept;
        }
    }
    const QString stamp = toRfc3339(now).left(19).replace(u':', u'-') + u'Z';
    QString kept = folder.filePath(u"replaced-%1.sqlite"_s.arg(stamp));
    for (int i = 2; QFileInfo::exists(kept) || QFileInfo::exists(kept + u"-wal"_s); ++i)
        kept = folder.filePath(u"replaced-%1-%2.sqlite"_s.arg(stamp).arg(i));
    return kept;
}

Result<QString> StagedRestore::moveAway(Instant now) const
{
    const QString kept = keptName(now);
    bool moved = false;
    for (const QLatin1StringView part : kKept) {
        // An empty log is what reading leaves.
        if (QFileInfo(databaseFile() + part).size() == 0)
            QFile::remove(databaseFile() + part);
        if (!QFileInfo::exists(databaseFile() + part))
            continue;
        INDELIBLE_TRY(store::moveIntoPlace(databaseFile() + part, kept + part));
        moved = true;
    }
    // SQLite makes it anew from the log.
    QFile::remove(databaseFile() + u"-shm"_s);
    return moved ? kept : QString();
}

Result<std::vector<seal::ErasureList>> StagedRestore::erasures() const
{
    const QString beside = QFileInfo(m_file).absolutePath();
    QStringList files{seal::erasureListIn(beside), seal::erasureListIn(backupFolder(beside)),
                      seal::erasureListIn(backupFolder(QFileInfo(m_workspace).absoluteFilePath()))};
    files.removeDuplicates();
    std::vector<seal::ErasureList> lists;
    for (const QString &file : std::as_const(files)) {
        const Result<std::optional<seal::ErasureList>> list = seal::readErasureList(file);
        if (!list)
            return failure(list.error());
        if (*list && (*list)->logId == m_copy.logId)
            lists.push_back(**list);
    }
    return lists;
}

Result<void> StagedRestore::record(const record::Restore &restore, const Clock &clock,
                                   const std::vector<seal::ErasureList> &erasures, Restored &restored)
{
    try {
        store::Connection connection(stagedFile(), store::Connection::Mode::ReadWrite);
        store::migrate(connection);
        store::Transaction transaction(connection);
        const quint32 member = store::readSetting(connection, u"desk_member"_s).value_or(u"1"_s).toUInt();
        {
            record::Log log(connection, clock);
            log.append({record::Kind::Restore, record::systemSubject(), member, true, record::bodyOf(restore)});
        }
        restored.said = restore;
        restored.held = outbox::holdQueued(
            connection, clock,
            u"A backup was put in place, and this may have gone out since it was made. It is looked up; if it is not there, send it again."_s);
        for (const seal::ErasureList &list : erasures)
            restored.sealed += seal::repeatSeals(connection, clock, member, list);
        transaction.commit();
        // What was sealed just now, or just before the backup was made, is still in unused parts of the file.
        if (const std::optional<qint64> by = store::readTraces(connection)) {
            store::rewriteFile(connection);
            store::forgetTraces(connection, *by);
        }
    } catch (const store::StoreException &exception) {
        return failure(exception.error());
    }
    // Closing the last connection writes the log back and removes it. One that is left holds what is not in the file.
    if (QFileInfo(stagedFile() + u"-wal"_s).size() > 0)
        return failure(
            ErrorKind::DiskFull,
            u"The backup could not be made ready: its log could not be written back. The workspace is as it was; make room and try again."_s);
    return store::syncToDisk(stagedFile());
}

Result<Restored> StagedRestore::putInPlace(const std::vector<record::Checkpoint> &marks, const QString &reason,
                                           const Clock &clock, bool evenOtherHistory)
{
    const std::vector<record::Checkpoint> once = withoutRepeats(marks);
    const Result<bool> other = isOtherHistory(once);
    if (!other)
        return failure(other.error());
    if (*other && !evenOtherHistory)
        return failure(
            ErrorKind::Conflict,
            u"This backup holds another history than the one that was signed: it went on by itself elsewhere, or somebody rewrote it. Nothing was changed; give another backup, or --other-history if you know why and want it on the record."_s);
    const std::optional<qint64> inPlace = m_inPlace ? std::optional(m_inPlace->size) : std::nullopt;
    const Result<std::vector<seal::ErasureList>> erasures = this->erasures();
    if (!erasures)
        return failure(erasures.error());
    Restored restored;
    INDELIBLE_TRY(record({m_copy.entries, once, inPlace, reason, *other}, clock, *erasures, restored));
    // The workspace's own backups go on knowing it, wherever the list came from.
    for (const seal::ErasureList &list : *erasures)
        INDELIBLE_TRY(seal::adoptErasures(seal::erasureListIn(backupFolder(m_workspace)), list));
    const Result<QString> replaced = moveAway(clock.now());
    if (!replaced)
        return failure(replaced.error());
    restored.replaced = *replaced;
    if (const Result<void> placed = store::moveIntoPlace(stagedFile(), databaseFile()); !placed) {
        // Back to where it was, so that the workspace opens as before. What cannot go back is named by the refusal.
        for (const QLatin1StringView part : {kKept[1], kKept[0]})
            (void)QFile::rename(restored.replaced + part, databaseFile() + part);
        return failure(placed.error());
    }
    return restored;
}

} // namespace indelible::backup
