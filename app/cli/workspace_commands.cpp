// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup/backup_files.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/practice_folder.h"
#include "app/inbox/inbox_service.h"
#include "app/keeper/record_keeper.h"
#include "app/record/verify.h"
#include "app/secrets/secret_store.h"
#include "app/session/account_service.h"
#include "app/store/database.h"
#include "app/store/place.h"
#include "app/sync/sync_engine.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

constexpr auto kOldBackup = std::chrono::days(7);

/// Makes the practice inbox and fetches it, without a window.
CommandTask practice(Context context)
{
    if (context.options->isSet(u"reset"_s)) {
        if (const Result<void> removed = removePracticeWorkspace(context.workspace); !removed)
            co_return fail(context, removed.error());
    }
    session::SessionOptions options;
    options.folder = context.workspace;
    options.practice = true;
    options.clock = context.clock.get();
    Result<std::unique_ptr<session::Session>> session = session::Session::open(std::move(options));
    if (!session)
        co_return fail(context, session.error());
    context.session = std::move(*session);
    const std::vector<Account> accounts = context.session->accounts().accounts();
    for (const Account &account : accounts) {
        const AccountId id = account.id;
        const Result<sync::SyncReport> report =
            co_await context.session->sync().syncAccount(id, sync::SyncEngine::Depth::Usual);
        if (!report)
            co_return fail(context, report.error());
    }
    const Result<InboxCounts> counts = co_await context.session->inbox().counts();
    if (!counts)
        co_return fail(context, counts.error());
    print(context, {{u"workspace"_s, context.workspace}, {u"needs_reply"_s, counts->needsReply}},
          {u"The practice inbox is in %1; %2 conversations need a reply."_s.arg(context.workspace)
               .arg(counts->needsReply)});
    co_return kDone;
}

struct Finding
{
    QString what;
    bool good = true;
    QString say; ///< what is the case, and what to do where it is not good
};

Finding checkDisk(const Context &context)
{
    const std::optional<qint64> measured = store::freeBytes(context.workspace);
    if (!measured)
        return {u"disk"_s, false, u"How much room there is cannot be told; check that the disk is there."_s};
    const qint64 free = *measured;
    const bool good = free >= store::kLowRoom;
    return {
        u"disk"_s, good,
        u"%1 MB are free.%2"_s.arg(free / (1024 * 1024))
            .arg(good ? QString() : u" Make room: below 100 MB nothing more is fetched; nothing stored is lost."_s)};
}

Finding checkPlace(const Context &context)
{
    const QString folder = QDir(context.workspace).absolutePath();
    if (const Result<void> writable = store::requireWritablePlace(folder); !writable)
        return {u"place"_s, false, writable.error().detail};
    const QString service = store::syncServiceOf(folder, [](const QString &path) { return QFileInfo::exists(path); });
    if (service.isEmpty())
        return {u"place"_s, true, context.workspace};
    return {
        u"place"_s, false,
        u"%1 keeps the folder %2 alike on several computers, which can damage an open database. Close Indelible, move the workspace out of it, and put backups there instead."_s
            .arg(service, context.workspace)};
}

Finding checkClock(const Context &context)
{
    // Nothing stored can be younger than now unless the clock went back.
    const bool good = context.clock->now() > fromMs(1'700'000'000'000);
    return {
        u"clock"_s, good,
        toRfc3339(context.clock->now()) +
            (good
                 ? QString()
                 : u" is before this program was made. Set the computer's clock: the record and replies depend on it."_s)};
}

Finding checkBackups(const Context &context)
{
    if (context.session->isPractice())
        return {u"backup"_s, true, u"Practice is not backed up."_s};
    const QString folder = backup::backupFolder(context.workspace);
    const std::optional<Instant> newest = backup::newestDaily(QDir(folder).entryList(QDir::Files));
    if (!newest)
        return {
            u"backup"_s, false,
            u"There is none yet. The window and 'indelible sync' make one a day in %1; open the window for a while, or run 'indelible sync' now."_s
                .arg(folder)};
    const bool good = context.clock->now() - *newest < kOldBackup;
    return {u"backup"_s, good,
            u"The newest is of %1.%2"_s.arg(
                toRfc3339(*newest),
                good ? QString() : u" Run 'indelible sync' to make one, or open the window for a while."_s)};
}

QCoro::Task<Finding> checkKeychain(Context context)
{
    secrets::SecretStore &secrets = context.session->secrets();
    if (!secrets.isLasting())
        co_return Finding{u"keychain"_s, true, u"Not used by this workspace."_s};
    QCoro::Task<Result<void>> probing = secrets.probe();
    const Result<void> probed = co_await probing;
    co_return probed ? Finding{u"keychain"_s, true, u"It keeps passwords."_s}
                     : Finding{u"keychain"_s, false, probed.error().detail};
}

QCoro::Task<Finding> checkDatabase(Context context)
{
    const Result<QString> checked = co_await context.session->database().scan(&store::integrityCheck);
    if (!checked)
        co_return Finding{u"database"_s, false, checked.error().detail};
    const bool good = *checked == "ok"_L1;
    co_return Finding{u"database"_s, good,
                      good ? u"The file is sound."_s : u"The file is damaged (%1). Restore a backup."_s.arg(*checked)};
}

QCoro::Task<Finding> checkRecord(Context context)
{
    const Result<record::Verification> checked = co_await context.session->database().scan(
        [](store::Connection &connection) { return record::verify(connection); });
    if (!checked)
        co_return Finding{u"record"_s, false, checked.error().detail};
    co_return Finding{u"record"_s, checked->isGood(),
                      checked->isGood() ? u"%1 entries match."_s.arg(checked->entries)
                                        : checked->problem + u" Keep the file and restore a backup."_s};
}

QCoro::Task<Finding> checkSignature(Context context)
{
    keeper::RecordKeeper *keeper = context.session->keeper();
    if (!keeper)
        co_return Finding{u"signature"_s, true, u"A practice record is not signed."_s};
    QCoro::Task<Result<record::Standing>> opening = keeper->open();
    const Result<record::Standing> standing = co_await opening;
    if (!standing)
        co_return Finding{u"signature"_s, false, standing.error().detail};
    const QString sentence = record::sentenceOn(*standing);
    co_return Finding{u"signature"_s, !record::isHalted(*standing),
                      sentence.isEmpty() ? u"The record is signed and fits its marks."_s : sentence};
}

CommandTask doctor(Context context)
{
    std::vector<Finding> findings{checkDisk(context), checkPlace(context), checkClock(context), checkBackups(context)};
    findings.push_back(co_await checkKeychain(context));
    findings.push_back(co_await checkDatabase(context));
    findings.push_back(co_await checkRecord(context));
    findings.push_back(co_await checkSignature(context));
    for (const Account &account : context.session->accounts().accounts()) {
        const bool good = account.state == AccountState::Live || account.state == AccountState::Paused ||
                          account.state == AccountState::Disconnected;
        findings.push_back({u"account "_s + account.handle, good,
                            account.stateDetail.isEmpty() ? toString(account.state) : account.stateDetail});
    }
    QJsonArray array;
    QStringList lines;
    bool allGood = true;
    for (const Finding &finding : findings) {
        array.append(QJsonObject{{u"what"_s, finding.what}, {u"good"_s, finding.good}, {u"say"_s, finding.say}});
        lines.append(u"%1 %2: %3"_s.arg(finding.good ? u"good"_s : u"LOOK"_s, finding.what, finding.say));
        allGood = allGood && finding.good;
    }
    print(context, {{u"findings"_s, array}}, lines);
    co_return allGood ? kDone : kFailed;
}

void practiceOptions(QCommandLineParser &parser)
{
    parser.addOption({u"reset"_s, u"Begin the practice anew."_s});
    parser.addOption({u"no-window"_s, u"Make and fetch it without opening the window."_s});
}

} // namespace

std::vector<Command> workspaceCommands()
{
    return {
        {u"practice"_s, u"[--reset] [--no-window]"_s,
         u"The practice inbox: invented people, nothing leaves the computer."_s, Access::None, &practiceOptions,
         &practice},
        {u"doctor"_s,
         {},
         u"Checks keychain, database, disk, clock, accounts and record, and says what to do."_s,
         Access::Read,
         nullptr,
         &doctor},
    };
}

} // namespace indelible::cli
