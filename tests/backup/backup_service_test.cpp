// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup/backup_files.h"
#include "app/backup/backup_service.h"
#include "app/record/checkpoint.h"
#include "app/store/copy.h"
#include "app/store/migrations/migrations.h"
#include "app/store/record_table.h"
#include "app/store/settings_table.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"
#include "tests/support/test_environment.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::backup;
using namespace std::chrono_literals;
using test::TempInbox;
using test::valueOf;
using test::wait;

namespace {

struct Rig
{
    Rig()
    {
        inbox.store.write(
            [](store::Connection &connection) { store::writeSetting(connection, u"workspace_id"_s, u"w"_s); });
        say(30);
        make();
    }
    void make()
    {
        service = std::make_unique<BackupService>(inbox.store.database(), inbox.clock, inbox.store.folder());
    }
    void tamper(const QByteArray &sql)
    {
        service.reset();
        inbox.tamper(sql);
        make();
    }
    void say(int items)
    {
        std::vector<RemoteItem> all;
        for (int i = 0; i < items; ++i, ++written)
            all.push_back(test::sampleItem(QString::number(written), u"t"_s, u"words"_s, inbox.clock.now()));
        inbox.ingest(std::move(all));
    }
    QString path(const QString &name) const { return inbox.store.folder() + u'/' + name; }
    QStringList backups() const { return QDir(backupFolder(inbox.store.folder())).entryList(QDir::Files); }

    TempInbox inbox;
    std::unique_ptr<BackupService> service;
    int written = 0;
};

} // namespace

TEST_CASE("a backup holds everything in one file and is not wider open than the workspace")
{
    Rig rig;
    const BackupReport made = valueOf(wait(rig.service->backUpTo(rig.path(u"b.sqlite"_s))));
    CHECK(made.copy.entries == rig.inbox.entries());
    CHECK(made.copy.workspaceId == u"w"_s);
    CHECK(QDir(rig.inbox.store.folder()).entryList({u"b.sqlite*"_s}, QDir::Files) == QStringList{u"b.sqlite"_s});
    const CopyReport read = valueOf(checkCopy(rig.path(u"b.sqlite"_s)));
    CHECK(read.root ==
          rig.inbox.store.read([](store::Connection &connection) { return record::readHead(connection).root; }));
    CHECK(read.bytes == QFileInfo(rig.path(u"b.sqlite"_s)).size());
    store::Connection copy(rig.path(u"b.sqlite"_s), store::Connection::Mode::ReadOnly);
    store::Statement mode = copy.statement("PRAGMA journal_mode");
    REQUIRE(mode.step());
    CHECK(mode.text(0) == u"delete"_s);
}

TEST_CASE("writing goes on while a backup is made, and the backup is of one moment")
{
    Rig rig;
    rig.say(2000);
    std::vector<QFuture<Result<inbox::IngestReport>>> writes;
    auto copying = rig.service->backUpTo(rig.path(u"b.sqlite"_s));
    for (int i = 0; i < 50; ++i) {
        const inbox::Arrival arrival{
            {test::sampleItem(u"live %1"_s.arg(i), u"t"_s, u"x"_s, rig.inbox.clock.now())}, {}, {}};
        writes.push_back(rig.inbox.store.database().write([&rig, arrival](store::Connection &connection) {
            return inbox::ingest(connection, rig.inbox.clock, rig.inbox.account, arrival);
        }));
    }
    const BackupReport made = valueOf(wait(std::move(copying)));
    for (auto &write : writes)
        CHECK(wait(write).has_value());
    CHECK(valueOf(checkCopy(made.file)).entries == made.copy.entries);
    CHECK(made.copy.entries <= rig.inbox.entries());
}

TEST_CASE("a backup never replaces a file, the workspace's own least of all")
{
    Rig rig;
    for (const QString &name : {u"indelible.sqlite"_s, u"other.txt"_s}) {
        QFile file(rig.path(name));
        REQUIRE(file.open(QIODevice::ReadWrite));
        const qint64 size = file.size();
        const Result<BackupReport> refused = wait(rig.service->backUpTo(rig.path(name)));
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().kind == ErrorKind::Conflict);
        CHECK(file.size() == size);
    }
}

TEST_CASE("a workspace whose record does not match gives no backup, and nothing is left behind")
{
    Rig rig;
    valueOf(wait(rig.service->backUpDaily()));
    const QStringList before = rig.backups();
    rig.inbox.clock.advance(24h * 40);
    SECTION("a changed word")
    {
        rig.tamper("UPDATE record_body SET body = CAST(replace(body, 'words', 'other') AS BLOB) WHERE idx = 7");
    }
    SECTION("a checkpoint that is not of this record")
    {
        const record::SigningKey key = record::SigningKey::generate();
        rig.inbox.store.write([&key](store::Connection &connection) {
            const record::Head head = record::readHead(connection);
            store::insertRecordKey(connection, 1, key.publicKey());
            store::insertCheckpoint(
                connection, {head.size, record::signCheckpoint(
                                            {record::originOf(head.logId), head.size, QByteArray(32, 'x')}, key)});
        });
    }
    const auto refused = wait(rig.service->backUpDaily());
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Damaged);
    CHECK(refused.error().detail.contains(u"thrown away"_s));
    CHECK(rig.backups() == before);
}

TEST_CASE("a damaged page of the copy is found before it counts as a backup")
{
    Rig rig;
    rig.say(500);
    const BackupReport made = valueOf(wait(rig.service->backUpTo(rig.path(u"b.sqlite"_s))));
    QFile file(made.file);
    REQUIRE(file.open(QIODevice::ReadWrite));
    for (qint64 page = 1; page * 4096 < file.size(); page += 7) {
        REQUIRE(file.seek(page * 4096));
        const QByteArray good = file.read(4096);
        REQUIRE(file.seek(page * 4096));
        file.write(QByteArray(4096, '\0'));
        file.flush();
        INFO(page);
        CHECK_FALSE(checkCopy(made.file).has_value());
        REQUIRE(file.seek(page * 4096));
        file.write(good);
        file.flush();
    }
    CHECK(checkCopy(made.file).has_value());
}

TEST_CASE("one backup a day is made by itself, and old ones go by the rule")
{
    Rig rig;
    CHECK(valueOf(wait(rig.service->backUpDaily())).has_value());
    CHECK_FALSE(valueOf(wait(rig.service->backUpDaily())).has_value());
    CHECK(rig.backups().size() == 1);
    QFile mine(backupFolder(rig.inbox.store.folder()) + u"/mine.sqlite"_s);
    REQUIRE(mine.open(QIODevice::WriteOnly));
    QStringList expected = rig.backups();
    for (int day = 0; day < 20; ++day) {
        rig.inbox.clock.advance(24h);
        const auto made = valueOf(wait(rig.service->backUpDaily()));
        REQUIRE(made);
        expected.append(QFileInfo(made->file).fileName());
        for (const QString &name : dailyToRemove(expected, rig.inbox.clock.now()))
            expected.removeAll(name);
    }
    expected.sort();
    CHECK(rig.backups() == expected);
    CHECK(rig.backups().contains(u"mine.sqlite"_s));
    CHECK(rig.backups().size() <= 1 + kDaysKept + kWeeksKept);
}

TEST_CASE("a daily backup that cannot be made is said")
{
    Rig rig;
    QFile inTheWay(backupFolder(rig.inbox.store.folder()));
    REQUIRE(inTheWay.open(QIODevice::WriteOnly));
    QSignalSpy failed(rig.service.get(), &BackupService::failed);
    const test::ExpectWarning expected(u"the daily backup"_s);
    rig.service->start();
    test::waitUntil([&] { return !failed.isEmpty(); });
    CHECK_FALSE(failed.at(0).at(0).value<Error>().detail.isEmpty());
}

TEST_CASE("a backup that is under way is given up when the program ends, and leaves nothing")
{
    Rig rig;
    rig.service->stop();
    const Result<BackupReport> stopped = wait(rig.service->backUpTo(rig.path(u"b.sqlite"_s)));
    REQUIRE_FALSE(stopped.has_value());
    CHECK(stopped.error().kind == ErrorKind::Cancelled);
    CHECK(QDir(rig.inbox.store.folder()).entryList({u"b.sqlite*"_s}, QDir::Files).isEmpty());
}

namespace {

/// A workspace as the first version of the schema left it.
void makeOld(const QString &folder, const Clock &clock)
{
    store::Connection connection(folder + u"/indelible.sqlite"_s, store::Connection::Mode::ReadWrite);
    store::Transaction transaction(connection);
    store::m0001Initial(connection);
    connection.execute(u"PRAGMA user_version = 1"_s);
    connection.execute(u"PRAGMA application_id = %1"_s.arg(store::kApplicationId));
    record::createLog(connection, clock, {});
    store::writeSetting(connection, u"workspace_id"_s, u"w"_s);
    transaction.commit();
}

} // namespace

TEST_CASE("before a newer schema is written the old one is backed up, and without that copy nothing is migrated")
{
    QTemporaryDir folder;
    const test::FakeClock clock;
    makeOld(folder.path(), clock);
    const auto open = [&](const store::BeforeMigration &before) {
        return store::Database::open({folder.path(), false, before}).has_value();
    };
    const auto schema = [&](const QString &file) {
        store::Connection connection(file, store::Connection::Mode::ReadOnly);
        return store::requireKnownSchema(connection);
    };
    const QString file = folder.filePath(u"indelible.sqlite"_s);
    CHECK_FALSE(open([](store::Connection &, int) { throw store::StoreException(ErrorKind::DiskFull, u"no room"_s); }));
    CHECK(schema(file) == 1);
    CHECK(open([&](store::Connection &connection, int old) {
        backUpBeforeMigration(connection, old, folder.path(), clock.now());
    }));
    CHECK(schema(file) == store::newestSchema());
    const QString copy = backupFolder(folder.path()) + u'/' + beforeMigrationName(1, clock.now());
    CHECK(schema(copy) == 1);
    CHECK(valueOf(checkCopy(copy)).entries == 1);
    // Once it is new there is nothing to be done before.
    CHECK(open([](store::Connection &, int) { throw store::StoreException(ErrorKind::Internal, u"asked"_s); }));
}
