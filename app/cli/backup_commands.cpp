// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup/backup_service.h"
#include "app/backup/restore.h"
#include "app/cli/context.h"
#include "app/keeper/evidence.h"
#include "app/keeper/record_keeper.h"
#include "app/rebuild/check.h"
#include "app/secrets/secret_store.h"
#include "app/store/database.h"

#include <QFileInfo>
#include <QJsonArray>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

CommandTask backUp(Context context)
{
    const QString out = context.options->value(u"out"_s);
    if (out.isEmpty())
        co_return failUsage(context, u"Say where to: indelible backup --out F.sqlite."_s);
    const QString file = QFileInfo(out).absoluteFilePath();
    QCoro::Task<Result<backup::BackupReport>> copying = context.session->backups().backUpTo(file);
    const Result<backup::BackupReport> report = co_await copying;
    if (!report)
        co_return fail(context, report.error());
    print(context,
          {{u"file"_s, report->file},
           {u"bytes"_s, report->copy.bytes},
           {u"entries"_s, QString::number(report->copy.entries)},
           {u"root"_s, QString::fromLatin1(report->copy.root.toBase64())}},
          {u"%1 holds the whole workspace (%2 entries of the record, %3 KB); every entry was read back and matches."_s
               .arg(report->file)
               .arg(report->copy.entries)
               .arg(report->copy.bytes / 1024)});
    co_return kDone;
}

std::unique_ptr<secrets::SecretStore> secretsFor(const Context &context, bool practice)
{
    if (practice || context.options->isSet(u"session-secrets"_s))
        return std::make_unique<secrets::MemorySecretStore>();
    return std::make_unique<secrets::KeychainSecretStore>();
}

/// The copy takes its place; the lock is free again afterwards.
QCoro::Task<Result<backup::Restored>> putInPlace(Context context, QString file)
{
    const Result<std::unique_ptr<backup::StagedRestore>> staged = backup::StagedRestore::stage(file, context.workspace);
    if (!staged)
        co_return failure(staged.error());
    const backup::CopyReport copy = (*staged)->copy();
    const std::unique_ptr<secrets::SecretStore> secrets = secretsFor(context, copy.practice);
    std::vector<record::Checkpoint> marks;
    if (!copy.practice) {
        QCoro::Task<std::vector<record::Checkpoint>> reading =
            keeper::readMarks(secrets.get(), copy.workspaceId, keeper::defaultMarkFolder(), copy.logId);
        marks = co_await reading;
    }
    // Signing would have nothing lasting to sign with, and the marks would speak against it for ever.
    if (!marks.empty() && context.options->isSet(u"session-secrets"_s))
        co_return failure(
            ErrorKind::Usage,
            u"This record was signed, so that restoring needs its keychain. Nothing was changed; leave out --session-secrets."_s);
    const QString given = context.options->value(u"reason"_s);
    co_return (*staged)->putInPlace(marks, given.isEmpty() ? u"not said"_s : given, *context.clock,
                                    context.options->isSet(u"other-history"_s));
}

/// Signs the RESTORE entry, so that the record stands open again; nothing to do in a practice inbox.
QCoro::Task<Result<record::Standing>> signRestored(Context context)
{
    session::SessionOptions options;
    options.folder = context.workspace;
    options.clock = context.clock.get();
    options.useKeychain = !context.options->isSet(u"session-secrets"_s);
    const Result<std::unique_ptr<session::Session>> session = session::Session::open(std::move(options));
    if (!session)
        co_return failure(session.error());
    keeper::RecordKeeper *keeper = (*session)->keeper();
    if (!keeper)
        co_return record::Standing::Open;
    QCoro::Task<Result<record::Standing>> opening = keeper->open();
    const Result<record::Standing> standing = co_await opening;
    if (!standing)
        co_return failure(standing.error());
    QCoro::Task<Result<void>> going = keeper->continueAfterRestore();
    const Result<void> gone = co_await going;
    // Where no mark speaks against the record it goes on without a signature too, and says so.
    if (!gone && record::isHalted(*standing))
        co_return failure(gone.error());
    co_return keeper->standing();
}

QStringList linesOn(const backup::Restored &restored, record::Standing standing)
{
    QStringList lines{
        u"The backup is in place. Its record had %1 entries; the RESTORE entry that says so is the next one."_s.arg(
            restored.said.backupSize)};
    if (restored.said.lost() > 0)
        lines.append(
            u"%1 entries that the record once had are not in it. What networks still show is fetched again."_s.arg(
                restored.said.lost()));
    if (restored.said.otherHistory)
        lines.append(u"It holds another history than the one that was signed; the RESTORE entry says so for good."_s);
    if (!restored.replaced.isEmpty())
        lines.append(u"What lay there before is kept as %1."_s.arg(restored.replaced));
    if (restored.held > 0)
        lines.append(
            u"%1 answers that were waiting may have gone out since; they are looked up and wait for your word."_s.arg(
                restored.held));
    const QString sentence = record::sentenceOn(standing);
    if (!sentence.isEmpty())
        lines.append(sentence);
    return lines;
}

CommandTask restore(Context context)
{
    const QString file = context.arguments.value(0);
    if (file.isEmpty())
        co_return failUsage(context, u"Say which backup: indelible restore F.sqlite."_s);
    QCoro::Task<Result<backup::Restored>> placing = putInPlace(context, QFileInfo(file).absoluteFilePath());
    const Result<backup::Restored> restored = co_await placing;
    if (!restored)
        co_return fail(context, restored.error());
    QCoro::Task<Result<record::Standing>> signing = signRestored(context);
    const Result<record::Standing> standing = co_await signing;
    if (!standing)
        co_return fail(
            context, standing.error().kind,
            u"The backup is in place, but its record could not be signed, so that nothing is fetched or sent yet: %1 Then restore the same backup again."_s
                .arg(standing.error().detail));
    QJsonObject document{{u"workspace"_s, context.workspace},
                         {u"backup_entries"_s, QString::number(restored->said.backupSize)},
                         {u"lost"_s, QString::number(restored->said.lost())},
                         {u"held"_s, restored->held},
                         {u"other_history"_s, restored->said.otherHistory},
                         {u"standing"_s, record::toString(*standing)}};
    if (!restored->replaced.isEmpty())
        document.insert("replaced"_L1, restored->replaced);
    print(context, document, linesOn(*restored, *standing));
    co_return kDone;
}

CommandTask rebuildCheck(Context context)
{
    if (!context.options->isSet(u"check"_s))
        co_return failUsage(
            context, u"Say what to do with it: indelible record rebuild --check compares and changes nothing."_s);
    auto checking = context.session->database().scan([folder = context.workspace](store::Connection &connection) {
        return rebuild::checkProjections(connection, folder);
    });
    const Result<rebuild::CheckReport> report = co_await checking;
    if (!report)
        co_return fail(context, report.error());
    QJsonArray tables;
    QStringList lines{
        u"%1 entries of the record were read, and what follows from them compared:"_s.arg(report->entries)};
    for (const store::TableComparison &table : report->tables) {
        tables.append(QJsonObject{{u"table"_s, table.table},
                                  {u"rows"_s, table.rows},
                                  {u"different"_s, table.different},
                                  {u"examples"_s, QJsonArray::fromStringList(table.examples)}});
        lines.append(u"%1 %2: %3 rows, %4 differ"_s.arg(table.different ? u"LOOK"_s : u"good"_s, table.table)
                         .arg(table.rows)
                         .arg(table.different));
        lines.append(table.examples);
    }
    lines.append(u"Not on the record, so not compared:"_s);
    lines.append(store::notOnRecord());
    print(context,
          {{u"good"_s, report->isGood()},
           {u"entries"_s, QString::number(report->entries)},
           {u"tables"_s, tables},
           {u"not_compared"_s, QJsonArray::fromStringList(store::notOnRecord())}},
          lines);
    if (report->isGood())
        co_return kDone;
    co_return fail(
        Context{}, ErrorKind::Damaged,
        u"Some tables are not what the record says. Nothing was changed; keep this file, run 'indelible record verify', and restore a backup."_s);
}

} // namespace

std::vector<Command> backupCommands()
{
    return {
        {u"backup"_s, u"--out F.sqlite"_s,
         u"Copies the whole workspace into one file and reads the copy back; the window may be open meanwhile."_s,
         Access::Read,
         [](QCommandLineParser &parser) {
             parser.addOption({u"out"_s, u"File to be made."_s, u"file"_s});
         },
         &backUp},
        {u"restore"_s, u"F.sqlite [--reason WHY] [--other-history]"_s,
         u"Puts a backup in place, keeps what lay there beside it, and says so on the record."_s, Access::None,
         [](QCommandLineParser &parser) {
             parser.addOption({u"reason"_s, u"Why; it goes on the record."_s, u"words"_s});
             parser.addOption(
                 {u"other-history"_s, u"Even if it contradicts what was signed; it goes on the record."_s});
         },
         &restore},
        {u"record rebuild"_s, u"--check"_s,
         u"Makes the tables anew from the record, compares them with those that are there, and changes nothing."_s,
         Access::Read,
         [](QCommandLineParser &parser) {
             parser.addOption({u"check"_s, u"Compare only."_s});
         },
         &rebuildCheck},
    };
}

} // namespace indelible::cli
