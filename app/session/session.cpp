// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"

#include "app/anchor/anchor_service.h"
#include "app/backup/backup_files.h"
#include "app/backup/backup_service.h"
#include "app/base/spawn.h"
#include "app/base/when_done.h"
#include "app/bundle/bundle_service.h"
#include "app/cases/case_service.h"
#include "app/coverage/coverage_service.h"
#include "app/exchange/export_service.h"
#include "app/inbox/inbox_service.h"
#include "app/keeper/record_keeper.h"
#include "app/keeper/record_reader.h"
#include "app/net/connectivity.h"
#include "app/net/http_client.h"
#include "app/outbox/outbox_service.h"
#include "app/people/people_service.h"
#include "app/seal/seal_service.h"
#include "app/secrets/secret_store.h"
#include "app/session/account_service.h"
#include "app/session/attachment_service.h"
#include "app/session/storage_rule.h"
#include "app/session/workspace.h"
#include "app/store/database.h"
#include "app/store/record_table.h"
#include "app/sync/sync_engine.h"

namespace indelible::session {

class Session::Private
{
public:
    SessionOptions options;
    WorkspaceInfo info;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<net::HttpClient> http;
    std::unique_ptr<secrets::SecretStore> secrets;
    std::unique_ptr<inbox::InboxService> inbox;
    std::unique_ptr<outbox::OutboxService> outbox;
    std::unique_ptr<cases::CaseService> cases;
    std::unique_ptr<coverage::CoverageService> coverage;
    std::unique_ptr<exchange::ExportService> exports;
    std::unique_ptr<sync::SyncEngine> sync;
    std::unique_ptr<net::Connectivity> connectivity; ///< from the start of work
    std::unique_ptr<AccountService> accounts;
    std::unique_ptr<AttachmentService> attachments;
    std::unique_ptr<keeper::RecordKeeper> keeper;
    std::unique_ptr<keeper::RecordReader> recordReader;
    std::unique_ptr<anchor::AnchorService> anchors;
    std::unique_ptr<bundle::BundleService> bundles;
    std::unique_ptr<backup::BackupService> backups;
    std::unique_ptr<seal::SealService> seals;
    std::unique_ptr<people::PeopleService> people;
    std::unique_ptr<seal::SealService> ownSeals; ///< by nobody at the desk
    std::unique_ptr<StorageRule> storageRule;
    qint64 recordSize = 0;
    bool countingRecord = false;
    bool countAgain = false;
};

namespace {

QCoro::Task<Result<void>> backUpFirst(backup::BackupService &backups)
{
    QCoro::Task<Result<backup::BackupReport>> copying = backups.backUpNow();
    const Result<backup::BackupReport> report = co_await copying;
    co_return report ? Result<void>() : Result<void>(failure(report.error()));
}

std::unique_ptr<secrets::SecretStore> makeSecretStore(bool useKeychain)
{
    if (useKeychain)
        return std::make_unique<secrets::KeychainSecretStore>();
    return std::make_unique<secrets::MemorySecretStore>();
}

template<typename T>
Result<T> waitFor(QFuture<Result<T>> future)
{
    // Only while opening and closing, when there is nothing on the screen that could freeze.
    future.waitForFinished();
    return future.result();
}

} // namespace

Session::Session()
    : d(std::make_unique<Private>())
{
}

Session::~Session()
{
    d->sync->stop();
    d->storageRule->stop();
    d->backups->stop();
    d->http->shutDown();
    d->recordReader->stop();
    // What was handed over to the database still runs there and answers to the services: it ends while all of them
    // live.
    d->database.reset();
}

Result<std::unique_ptr<Session>> Session::open(SessionOptions options)
{
    const Clock &clock = *options.clock;
    const auto beforeMigration = [&clock, folder = options.folder](store::Connection &connection, int schema) {
        backup::backUpBeforeMigration(connection, schema, folder, clock.now());
    };
    Result<std::unique_ptr<store::Database>> database =
        store::Database::open({options.folder, options.readOnly, beforeMigration});
    if (!database)
        return failure(database.error());
    const Result<WorkspaceInfo> info =
        options.readOnly
            ? waitFor((*database)->read(&readWorkspace))
            : waitFor((*database)->write([&clock, practice = options.practice](store::Connection &connection) {
                  return prepareWorkspace(connection, clock, practice);
              }));
    if (!info)
        return failure(info.error());
    std::unique_ptr<Session> session(new Session);
    session->d->options = std::move(options);
    session->d->info = *info;
    session->d->database = std::move(*database);
    session->build();
    if (Result<void> loaded = session->d->accounts->load(); !loaded)
        return failure(loaded.error());
    if (!session->d->options.readOnly) {
        if (Result<void> recovered = waitFor(session->d->outbox->recoverInterrupted()); !recovered)
            return failure(recovered.error());
    }
    return session;
}

void Session::build()
{
    store::Database &database = *d->database;
    const Clock &clock = *d->options.clock;
    const quint32 member = d->info.member;
    d->http = std::make_unique<net::HttpClient>(clock);
    d->secrets = makeSecretStore(d->options.useKeychain && !d->info.practice);
    d->inbox = std::make_unique<inbox::InboxService>(database, clock, member);
    d->outbox = std::make_unique<outbox::OutboxService>(database, clock, member);
    d->cases = std::make_unique<cases::CaseService>(database, clock, member);
    d->coverage = std::make_unique<coverage::CoverageService>(database, clock, member);
    d->exports = std::make_unique<exchange::ExportService>(database, clock, member);
    d->sync = std::make_unique<sync::SyncEngine>(database, *d->outbox, clock);
    AccountService::Parts parts{&database,         &clock,     d->http.get(), d->secrets.get(), d->sync.get(),
                                d->options.folder, d->info.id, member};
    d->accounts = std::make_unique<AccountService>(std::move(parts));

    d->attachments = std::make_unique<AttachmentService>(database, *d->sync);
    d->recordReader = std::make_unique<keeper::RecordReader>(database);
    d->backups = std::make_unique<backup::BackupService>(database, clock, d->options.folder);
    const QString backups = backup::backupFolder(d->options.folder);
    const auto backUp =
        d->info.practice ? seal::SealService::BackUp() : [service = d->backups.get()] { return backUpFirst(*service); };
    d->seals = std::make_unique<seal::SealService>(database, clock, member, backups, backUp);
    d->ownSeals = std::make_unique<seal::SealService>(database, clock, 0, backups, backUp);
    d->storageRule = std::make_unique<StorageRule>(*d->accounts, *d->ownSeals);
    d->people = std::make_unique<people::PeopleService>(database, clock, member);
    connect(d->backups.get(), &backup::BackupService::failed, this, &Session::backupFailed);
    if (!d->info.practice)
        d->keeper = std::make_unique<keeper::RecordKeeper>(keeper::RecordKeeper::Parts{
            &database, d->secrets.get(), &clock, d->info.id,
            d->options.markFolder.isEmpty() ? keeper::defaultMarkFolder() : d->options.markFolder});

    d->anchors = std::make_unique<anchor::AnchorService>(anchor::AnchorService::Parts{
        &database, &clock, d->http.get(), d->keeper.get(), member, d->info.isNamed ? d->info.businessName : QString()});
    d->bundles = std::make_unique<bundle::BundleService>(database, clock, member, d->keeper.get());

    // Every change of a conversation, whoever made it, is announced in one place.
    connect(d->outbox.get(), &outbox::OutboxService::changed, d->inbox.get(), &inbox::InboxService::announce);
    connect(d->outbox.get(), &outbox::OutboxService::changed, d->accounts.get(), &AccountService::refresh);
    connect(d->cases.get(), &cases::CaseService::changed, d->inbox.get(), &inbox::InboxService::announce);
    connect(d->sync.get(), &sync::SyncEngine::changed, d->inbox.get(), &inbox::InboxService::announce);
    for (const seal::SealService *seals : {d->seals.get(), d->ownSeals.get()}) {
        connect(seals, &seal::SealService::changed, d->inbox.get(), &inbox::InboxService::announce);
        connect(seals, &seal::SealService::recorded, this, &Session::countRecord);
    }
    connect(d->inbox.get(), &inbox::InboxService::changed, this, &Session::countRecord);
    // What is no change of a conversation and goes on the record all the same.
    connect(d->coverage.get(), &coverage::CoverageService::changed, this, &Session::countRecord);
    connect(d->anchors.get(), &anchor::AnchorService::recorded, this, &Session::countRecord);
    connect(d->bundles.get(), &bundle::BundleService::recorded, this, &Session::countRecord);
    countRecord();
}

void Session::countRecord()
{
    // What grew after a count had begun would never be told of otherwise.
    d->countAgain = d->countingRecord;
    if (std::exchange(d->countingRecord, true))
        return;
    whenDone(this, d->database->read(&store::readRecordState),
             [this](const Result<std::optional<store::RecordState>> &state) {
                 d->countingRecord = false;
                 if (state && *state)
                     noteRecordSize((*state)->size);
                 if (std::exchange(d->countAgain, false))
                     countRecord();
             });
}

void Session::noteRecordSize(qint64 size)
{
    if (size == d->recordSize)
        return;
    d->recordSize = size;
    if (d->keeper)
        d->keeper->recordGrown();
    Q_EMIT recordGrown(d->recordSize);
}

const Clock &Session::clock() const
{
    return *d->options.clock;
}

QString Session::folder() const
{
    return d->options.folder;
}

bool Session::isPractice() const
{
    return d->info.practice;
}

bool Session::isReadOnly() const
{
    return d->options.readOnly;
}

QString Session::businessName() const
{
    return d->info.businessName;
}

QString Session::memberName() const
{
    return d->info.memberName;
}

bool Session::secretsLast() const
{
    return d->secrets->isLasting();
}

inbox::InboxService &Session::inbox() const
{
    return *d->inbox;
}

outbox::OutboxService &Session::outbox() const
{
    return *d->outbox;
}

cases::CaseService &Session::cases() const
{
    return *d->cases;
}

coverage::CoverageService &Session::coverage() const
{
    return *d->coverage;
}

exchange::ExportService &Session::exports() const
{
    return *d->exports;
}

seal::SealService &Session::seals() const
{
    return *d->seals;
}

StorageRule &Session::storageRule() const
{
    return *d->storageRule;
}

people::PeopleService &Session::people() const
{
    return *d->people;
}

anchor::AnchorService &Session::anchors() const
{
    return *d->anchors;
}

bundle::BundleService &Session::bundles() const
{
    return *d->bundles;
}

AccountService &Session::accounts() const
{
    return *d->accounts;
}

AttachmentService &Session::attachments() const
{
    return *d->attachments;
}

sync::SyncEngine &Session::sync() const
{
    return *d->sync;
}

void Session::startWork()
{
    // A seal that was broken off, before anything new is written.
    spawn(d->seals->finish().then(
              [](const Result<bool> &done) { return done ? Result<void>() : Result<void>(failure(done.error())); }),
          "removing the traces of a seal");
    if (!d->keeper) {
        d->sync->start();
        return;
    }
    followConnection();
    spawn(d->keeper->open().then([this, alive = QPointer<Session>(this)](const Result<record::Standing> &standing) {
        if (alive && standing && !record::isHalted(*standing)) {
            d->sync->start();
            d->backups->start();
            d->storageRule->start();
            spawn(d->keeper->sign(), "signing the record");
        }
        return standing ? Result<void>() : Result<void>(failure(standing.error()));
    }),
          "comparing the record with its marks");
}

void Session::followConnection()
{
    d->connectivity = std::make_unique<net::Connectivity>();
    d->sync->setMetered(d->connectivity->isMetered());
    connect(d->connectivity.get(), &net::Connectivity::meteredChanged, d->sync.get(), &sync::SyncEngine::setMetered);
    connect(d->connectivity.get(), &net::Connectivity::cameBack, d->sync.get(), &sync::SyncEngine::connectionCameBack);
}

QCoro::Task<Result<void>> Session::finishWork()
{
    d->sync->stop();
    d->storageRule->stop();
    d->backups->stop();
    if (!d->keeper)
        co_return Result<void>();
    QCoro::Task<Result<void>> signing = d->keeper->sign();
    const Result<void> done = co_await signing;
    co_return done;
}

keeper::RecordReader &Session::recordReader() const
{
    return *d->recordReader;
}

keeper::RecordKeeper *Session::keeper() const
{
    return d->keeper.get();
}

store::Database &Session::database() const
{
    return *d->database;
}

secrets::SecretStore &Session::secrets() const
{
    return *d->secrets;
}

backup::BackupService &Session::backups() const
{
    return *d->backups;
}

qint64 Session::recordSize() const
{
    return d->recordSize;
}

} // namespace indelible::session
