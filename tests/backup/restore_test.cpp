// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup/backup_service.h"
#include "app/backup/restore.h"
#include "app/outbox/outbox_service.h"
#include "app/store/migrations/migrations.h"
#include "app/store/outbox_table.h"
#include "app/store/settings_table.h"
#include "tests/support/catch.h"
#include "tests/support/tamper.h"
#include "tests/support/temp_inbox.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::backup;
using namespace std::chrono_literals;
using test::TempInbox;
using test::valueOf;
using test::wait;

namespace {

struct Desk
{
    Desk()
    {
        inbox.store.write(
            [](store::Connection &connection) { store::writeSetting(connection, u"workspace_id"_s, u"w"_s); });
        say(5);
    }
    void say(int items)
    {
        std::vector<RemoteItem> all;
        for (int i = 0; i < items; ++i, ++written)
            all.push_back(test::sampleItem(QString::number(written), u"t"_s, u"words"_s, inbox.clock.now()));
        inbox.ingest(std::move(all));
    }
    QString backUp()
    {
        const QString file = outside.filePath(u"b%1.sqlite"_s.arg(++backups));
        BackupService service(inbox.store.database(), inbox.clock, inbox.store.folder());
        return valueOf(wait(service.backUpTo(file))).file;
    }
    void close()
    {
        inbox.service.reset();
        inbox.store.close();
    }
    Result<Restored> restore(const QString &file, const std::vector<record::Checkpoint> &marks = {})
    {
        return restoreInto(file, inbox.store.folder(), marks);
    }
    Result<Restored> restoreInto(const QString &file, const QString &folder,
                                 const std::vector<record::Checkpoint> &marks = {})
    {
        const auto staged = StagedRestore::stage(file, folder);
        if (!staged)
            return failure(staged.error());
        return (*staged)->putInPlace(marks, u"disk lost"_s, inbox.clock);
    }
    QByteArray bytes()
    {
        QFile file(inbox.store.file());
        REQUIRE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }
    /// Refused, and neither the workspace nor its folder is changed by it.
    Error refused(const QString &file)
    {
        close();
        const QByteArray before = bytes();
        const Result<Restored> result = restore(file);
        REQUIRE_FALSE(result.has_value());
        CHECK(bytes() == before);
        // The last two are SQLite's own, which reading makes; there is nothing in them.
        CHECK(QDir(inbox.store.folder())
                  .entryList(QDir::Files)
                  .filter(QRegularExpression(u"^(?!indelible\\.)"_s))
                  .isEmpty());
        CHECK(QFileInfo(inbox.store.file() + u"-wal"_s).size() == 0);
        CHECK_FALSE(result.error().detail.contains(u'\n'));
        return result.error();
    }

    TempInbox inbox;
    QTemporaryDir outside;
    int written = 0;
    int backups = 0;
};

} // namespace

TEST_CASE("a backup takes its place, says so on its record, and what lay there is kept whole")
{
    Desk desk;
    const QString file = desk.backUp();
    const qint64 then = desk.inbox.entries();
    desk.say(7);
    const record::Checkpoint mark = desk.inbox.store.read([](store::Connection &connection) {
        const record::Head head = record::readHead(connection);
        return record::Checkpoint{record::originOf(head.logId), head.size, head.root};
    });
    desk.close();
    const Restored restored = valueOf(desk.restore(file, {mark}));
    CHECK(restored.said.lost() == 7);
    desk.inbox.reopen();
    CHECK(desk.inbox.entries() == then + 1);
    CHECK(desk.inbox.verify().isGood());
    const auto restores = desk.inbox.store.read(&record::readRestores);
    REQUIRE(restores.size() == 1);
    CHECK(restores.front().restore.backupSize == then);
    CHECK(restores.front().restore.marks == std::vector{mark});
    CHECK(restores.front().restore.replaced == then + 7);
    CHECK(restores.front().restore.reason == u"disk lost"_s);
    CHECK(valueOf(checkCopy(restored.replaced)).entries == then + 7);
    CHECK(valueOf(checkCopy(file)).entries == then);
}

TEST_CASE("what lay there keeps its write-ahead log, and that is not played into the backup")
{
    Desk desk;
    const QString file = desk.backUp();
    const qint64 then = desk.inbox.entries();
    desk.say(3);
    // As after a crash: the log holds what the file does not.
    const QString database = desk.inbox.store.file();
    QFile::copy(database, desk.outside.filePath(u"c"_s));
    QFile::copy(database + u"-wal"_s, desk.outside.filePath(u"c-wal"_s));
    desk.close();
    QFile::remove(database);
    QFile::copy(desk.outside.filePath(u"c"_s), database);
    QFile::copy(desk.outside.filePath(u"c-wal"_s), database + u"-wal"_s);
    const Restored restored = valueOf(desk.restore(file));
    CHECK(QFileInfo(restored.replaced + u"-wal"_s).size() > 0);
    CHECK(valueOf(checkCopy(restored.replaced)).entries == then + 3);
    desk.inbox.reopen();
    CHECK(desk.inbox.entries() == then + 1);
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("an empty folder, and one with a database that cannot be read, take a backup")
{
    Desk desk;
    const QString file = desk.backUp();
    QTemporaryDir empty;
    const Restored first = valueOf(desk.restoreInto(file, empty.filePath(u"new"_s)));
    CHECK(first.replaced.isEmpty());
    CHECK(first.said.lost() == 0);
    CHECK_FALSE(first.said.replaced);
    CHECK(valueOf(checkCopy(empty.filePath(u"new/indelible.sqlite"_s))).entries == desk.inbox.entries() + 1);

    QFile broken(empty.filePath(u"indelible.sqlite"_s));
    REQUIRE(broken.open(QIODevice::WriteOnly));
    broken.write(QByteArray(9000, 'x'));
    broken.close();
    const Restored second = valueOf(desk.restoreInto(file, empty.path()));
    CHECK(QFileInfo(second.replaced).size() == 9000);
    // Twice in one second: the name is not taken twice.
    const Restored third = valueOf(desk.restoreInto(file, empty.path()));
    CHECK(third.replaced != second.replaced);
    CHECK(QFileInfo(second.replaced).size() == 9000);
}

TEST_CASE("what is no good backup is refused in one sentence and nothing is changed")
{
    Desk desk;
    const QString file = desk.backUp();
    CHECK(desk.refused(desk.outside.filePath(u"nowhere"_s)).kind == ErrorKind::NotFound);
    CHECK(desk.refused(desk.outside.path()).kind == ErrorKind::NotFound);
    CHECK(desk.refused(desk.inbox.store.file()).kind == ErrorKind::Rejected);

    QFile text(desk.outside.filePath(u"letter.txt"_s));
    REQUIRE(text.open(QIODevice::WriteOnly));
    text.write(QByteArray(5000, 'x'));
    text.close();
    CHECK(desk.refused(text.fileName()).kind == ErrorKind::Damaged);

    const auto changed = [&](const QString &name, const QByteArray &sql) {
        const QString copy = desk.outside.filePath(name);
        REQUIRE(QFile::copy(file, copy));
        test::tamperWithFile(copy, sql);
        return desk.refused(copy);
    };
    CHECK(changed(u"foreign"_s, "PRAGMA application_id = 77").kind == ErrorKind::Damaged);
    CHECK(changed(u"newer"_s, "PRAGMA user_version = 99").kind == ErrorKind::NewerSchema);
    CHECK(changed(u"no workspace"_s, "DELETE FROM setting").kind == ErrorKind::Damaged);
    CHECK(changed(u"word"_s, "UPDATE record_body SET salt = zeroblob(32) WHERE idx = 2").detail.contains(u"entry 2"_s));
    CHECK(changed(u"short"_s, "UPDATE record_state SET n = n - 1").kind == ErrorKind::Damaged);
    const QString cut = desk.outside.filePath(u"cut"_s);
    REQUIRE(QFile::copy(file, cut));
    REQUIRE(QFile::resize(cut, QFileInfo(cut).size() / 2));
    CHECK(desk.refused(cut).kind == ErrorKind::Damaged);

    Desk other;
    CHECK(desk.refused(other.backUp()).kind == ErrorKind::Conflict);
    desk.inbox.reopen();
    const Result<Restored> busy = desk.restore(file);
    REQUIRE_FALSE(busy.has_value());
    CHECK(busy.error().kind == ErrorKind::InUse);
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("answers that waited when the backup was made do not go out by themselves after it was restored")
{
    Desk desk;
    const ConversationId conversation = desk.inbox.list(View::Everything).front().id;
    {
        outbox::OutboxService outbox(desk.inbox.store.database(), desk.inbox.clock, desk.inbox.member);
        valueOf(wait(outbox.queue(conversation, u"Sorry!"_s, Audience::Public, {}, 10s)));
    }
    const QString file = desk.backUp();
    desk.close();
    CHECK(valueOf(desk.restore(file)).held == 1);
    desk.inbox.reopen();
    desk.inbox.clock.advance(1min);
    const std::vector<store::OutboxRow> open = desk.inbox.store.read([&](store::Connection &connection) {
        CHECK_FALSE(store::nextOutboxDue(connection));
        return store::openOutbox(connection, conversation);
    });
    REQUIRE(open.size() == 1);
    CHECK(open.front().state == OutboxState::Unknown);
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("a copy that went on by itself elsewhere takes no place in silence")
{
    Desk desk;
    const QString file = desk.backUp();
    desk.say(4);
    const record::Checkpoint mark = desk.inbox.store.read([](store::Connection &connection) {
        const record::Head head = record::readHead(connection);
        return record::Checkpoint{record::originOf(head.logId), head.size, head.root};
    });
    desk.close();
    // The backup goes on in another folder, longer than the true record.
    QTemporaryDir elsewhere;
    valueOf(desk.restoreInto(file, elsewhere.path()));
    {
        const auto database = valueOf(store::Database::open({elsewhere.path(), false}));
        for (int i = 0; i < 9; ++i)
            valueOf(wait(database->write([&desk](store::Connection &connection) {
                record::Log log(connection, desk.inbox.clock);
                log.append({record::Kind::Note, record::systemSubject(), 0, false, {}});
            })));
    }
    const QString other = elsewhere.path() + u"/indelible.sqlite"_s;
    const QByteArray before = desk.bytes();
    const Result<Restored> refused = desk.restore(other, {mark});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Conflict);
    CHECK(refused.error().detail.contains(u"another history"_s));
    // Without a mark the database in place speaks.
    CHECK(desk.restore(other).error().kind == ErrorKind::Conflict);
    CHECK(desk.bytes() == before);
    {
        const auto staged = valueOf(StagedRestore::stage(other, desk.inbox.store.folder()));
        CHECK(valueOf(staged->putInPlace({mark}, u"I know"_s, desk.inbox.clock, true)).said.otherHistory);
    }
    desk.inbox.reopen();
    CHECK(desk.inbox.store.read(&record::readRestores).front().restore.otherHistory);
}

TEST_CASE("a log that was left behind without its database is kept and not played into the backup")
{
    Desk desk;
    const QString file = desk.backUp();
    const qint64 then = desk.inbox.entries();
    desk.close();
    QFile log(desk.inbox.store.file() + u"-wal"_s);
    REQUIRE(QFile::rename(desk.inbox.store.file(), desk.outside.filePath(u"bad"_s)));
    REQUIRE(log.open(QIODevice::WriteOnly));
    REQUIRE(log.write("not of this file") > 0);
    log.close();
    const Restored restored = valueOf(desk.restore(file));
    CHECK(QFile::exists(restored.replaced + u"-wal"_s));
    desk.inbox.reopen();
    CHECK(desk.inbox.entries() == then + 1);
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("a restore that dies between its steps is gone on with, and no new workspace is begun meanwhile")
{
    Desk desk;
    const QString file = desk.backUp();
    desk.say(3);
    const qint64 then = desk.inbox.entries();
    desk.close();
    const QString folder = desk.inbox.store.folder();
    const QString kept = folder + u"/replaced-2026-01-01T00-00-00Z.sqlite"_s;
    SECTION("the log was moved, the database not yet")
    {
        QFile log(kept + u"-wal"_s);
        REQUIRE(log.open(QIODevice::WriteOnly));
        log.close();
        CHECK(valueOf(desk.restore(file)).replaced == kept);
        CHECK(QFile::exists(log.fileName()));
        CHECK(valueOf(checkCopy(kept)).entries == then);
    }
    SECTION("the database was moved, the backup not yet in its place")
    {
        REQUIRE(QFile::rename(desk.inbox.store.file(), kept));
        const auto opened = store::Database::open({folder, false});
        REQUIRE_FALSE(opened.has_value());
        CHECK(opened.error().detail.contains(u"restore was broken off"_s));
        CHECK_FALSE(QFile::exists(desk.inbox.store.file()));
        valueOf(desk.restore(file));
        CHECK(valueOf(checkCopy(kept)).entries == then);
        desk.inbox.reopen();
        CHECK(desk.inbox.verify().isGood());
    }
}

TEST_CASE("what a restore that was broken off has left is no backup")
{
    Desk desk;
    const QString file = desk.backUp();
    desk.close();
    const QString left = desk.inbox.store.folder() + u"/restoring.sqlite"_s;
    REQUIRE(QFile::copy(file, left));
    CHECK(desk.restore(left).error().kind == ErrorKind::Rejected);
    CHECK(QFile::exists(left));
}
