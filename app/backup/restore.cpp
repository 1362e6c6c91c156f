// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup/restore.h"

#include "app/backup/backup_files.h"
#include "app/outbox/outbox_ledger.h"
#include "app/record/log.h"
#include "app/store/copy.h"
#include "app/store/migrations/migrations.h"
#include "app/store/place.h"
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

/// The write-ahead log first: left behind, it would be played into the file that comes.
constexpr std::array<QLatin1StringView, 3> kParts{"-wal"_L1, "-shm"_L1, ""_L1};

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

Restored record(store::Connection &connection, const Clock &clock, const record::Restore &restore,
                const std::vector<seal::ErasureList> &erasures)
{
    const quint32 member = store::readSetting(connection, u"desk_member"_s).value_or(u"1"_s).toUInt();
    Restored restored{restore, {}, 0, 0};
    {
        record::Log log(connection, clock);
        log.append({record::Kind::Restore, record::systemSubject(), member, true, record::bodyOf(restore)});
    }
    restored.held = outbox::holdQueued(
        connection, clock,
        u"A backup was put in place, and this may have gone out since it was made. It is looked up; if it is not there, send it again."_s);
    for (const seal::ErasureList &list : erasures)
        restored.sealed += seal::repeatSeals(connection, clock, member, list);
    return restored;
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
    std::unique_ptr<StagedRestore> staged(new StagedRestore(workspace, file, std::move(*lock)));
    QFile::remove(staged->stagedFile());
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
    if (inPlace)
        m_inPlace = inPlace->size;
    return {};
}

Result<QString> StagedRestore::moveAway(Instant now) const
{
    if (!QFileInfo::exists(databaseFile()))
        return QString();
    const QString stamp = toRfc3339(now).left(19).replace(u':', u'-') + u'Z';
    QString kept = m_workspace + u"/replaced-"_s + stamp + u".sqlite"_s;
    for (int i = 2; QFileInfo::exists(kept); ++i)
        kept = m_workspace + u"/replaced-%1-%2.sqlite"_s.arg(stamp).arg(i);
    for (const QLatin1StringView part : kParts) {
        if (QFileInfo::exists(databaseFile() + part))
            INDELIBLE_TRY(store::moveIntoPlace(databaseFile() + part, kept + part));
    }
    return kept;
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

Result<Restored> StagedRestore::putInPlace(const std::vector<record::Checkpoint> &marks, const QString &reason,
                                           const Clock &clock)
{
    Restored restored;
    const Result<std::vector<seal::ErasureList>> erasures = this->erasures();
    if (!erasures)
        return failure(erasures.error());
    try {
        store::Connection connection(stagedFile(), store::Connection::Mode::ReadWrite);
        store::migrate(connection);
        store::Transaction transaction(connection);
        restored = record(connection, clock, {m_copy.entries, withoutRepeats(marks), m_inPlace, reason}, *erasures);
        transaction.commit();
    } catch (const store::StoreException &exception) {
        return failure(exception.error());
    }
    // The workspace's own backups go on knowing it, wherever the list came from.
    for (const seal::ErasureList &list : *erasures)
        INDELIBLE_TRY(seal::adoptErasures(seal::erasureListIn(backupFolder(m_workspace)), list));
    INDELIBLE_TRY(store::syncToDisk(stagedFile()));
    const Result<QString> replaced = moveAway(clock.now());
    if (!replaced)
        return failure(replaced.error());
    restored.replaced = *replaced;
    INDELIBLE_TRY(store::moveIntoPlace(stagedFile(), databaseFile()));
    return restored;
}

} // namespace indelible::backup
