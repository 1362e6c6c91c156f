// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/bundle_service.h"

#include "app/base/ending.h"
#include "app/base/output_file.h"
#include "app/bundle/case_reader.h"
#include "app/bundle/case_table.h"
#include "app/bundle/check.h"
#include "app/bundle/tools.h"
#include "app/keeper/record_keeper.h"
#include "app/keeper/sign_for_others.h"
#include "app/record/verified_checkpoint.h"
#include "app/store/database.h"

#include <QFileInfo>
#include <QPointer>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::bundle {

namespace {

/// The file as it will be, and the entry that says so. Shared by the database's threads, one after the other.
struct Begun
{
    OutputFile file;
    qint64 entry = 0;
};

[[noreturn]] void refuse(const QString &problem)
{
    throw store::StoreException(
        ErrorKind::Damaged,
        u"%1 No bundle was written; run 'indelible record verify' and restore a backup."_s.arg(problem));
}

OutputFile openedFile(const QString &name)
{
    // Whatever has that name, the workspace's own database or an earlier proof, is not ours to replace.
    if (QFileInfo::exists(name))
        throw store::StoreException(
            ErrorKind::Rejected,
            u"There is a file %1 already, and a bundle never replaces one. Nothing was written; give another name."_s
                .arg(name));
    const Result<OutputFile> file = openOutput(name);
    if (!file)
        throw store::StoreException(file.error());
    return *file;
}

Files filesOf(store::Connection &connection, qint64 exportEntry, const record::NoteKey &key)
{
    Files files;
    const record::VerifiedCheckpoint newest = record::verifiedCheckpoint(connection, key);
    if (newest.checkpoint.size <= exportEntry)
        throw store::StoreException(ErrorKind::Secrets,
                                    u"The export could not be signed, and an unsigned bundle proves nothing. "
                                    "No file was written; unlock the keychain and try again."_s);
    const std::vector<Row> rows = readCase(connection, exportEntry, newest.checkpoint.size);
    files.checkpoint = newest.note;
    files.key = record::verifierText(key) + '\n';
    files.lines = headerLine(files.checkpoint, static_cast<qint64>(rows.size())) + '\n';
    for (const Row &row : rows)
        files.lines += rowLine(row) + '\n';
    for (const AnchorRow &anchor : readAnchors(connection, rows.back(), newest.checkpoint.size))
        files.anchors += anchorLine(anchor) + '\n';
    Story story;
    if (tell(rows, story).isGood())
        files.table = caseTable(rows, story);
    return files;
}

BundleReport finish(store::Connection &connection, const Begun &begun, const record::NoteKey &key, Instant now)
{
    const Files files = filesOf(connection, begun.entry, key);
    const Checked checked = check(files);
    if (!checked.verdict.isGood())
        refuse(u"The bundle would be refused: "_s + sentenceOn(checked.verdict));
    std::vector<NamedFile> all{{kTableName, files.table},
                               {kLinesName, files.lines},
                               {kCheckpointName, files.checkpoint},
                               {kKeyName, files.key}};
    if (!files.anchors.isEmpty())
        all.push_back({kAnchorsName, files.anchors});
    for (NamedFile &tool : toolsFor(files))
        all.push_back(std::move(tool));
    const Result<QByteArray> zip = packed(all, now);
    if (!zip)
        throw store::StoreException(zip.error());
    if (begun.file->write(*zip) != zip->size() || !begun.file->commit())
        throw store::StoreException(notWritten(*begun.file));
    return {checked.proven.entries, files.key.trimmed()};
}

} // namespace

BundleService::BundleService(store::Database &database, const Clock &clock, quint32 member,
                             keeper::RecordKeeper *keeper, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_clock(clock)
    , m_member(member)
    , m_keeper(keeper)
{
}

QCoro::Task<Result<BundleReport>> BundleService::write(CaseId id, QString fileName)
{
    const QPointer<BundleService> alive(this);
    QCoro::Task<Result<record::NoteKey>> signing = keeper::signForOthers(m_keeper);
    const Result<record::NoteKey> key = co_await signing;
    if (!alive || !key)
        co_return alive ? failure(key.error()) : ending();
    auto beginning = m_database.write([this, id, fileName](store::Connection &connection) {
        Begun begun{openedFile(fileName), 0};
        begun.entry = appendExport(connection, m_clock, m_member, id);
        return begun;
    });
    const Result<Begun> begun = co_await beginning;
    if (!alive || !begun)
        co_return alive ? failure(begun.error()) : ending();
    QCoro::Task<Result<void>> signingExport = m_keeper->sign();
    co_await signingExport;
    if (!alive)
        co_return ending();
    auto finishing = m_database.scan([begun = *begun, key = *key, now = m_clock.now()](store::Connection &connection) {
        return finish(connection, begun, key, now);
    });
    const Result<BundleReport> report = co_await finishing;
    if (alive)
        Q_EMIT recorded();
    co_return report;
}

} // namespace indelible::bundle
