// SPDX-License-Identifier: GPL-3.0-or-later
// Rule R1: nothing is ever silently deleted, tried through SQL.
#include "app/store/migrations/migrations.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

#include <sqlite3.h>

using namespace Qt::StringLiterals;
using namespace indelible;
using test::TempInbox;

namespace {

bool refused(TempInbox &inbox, const QString &sql)
{
    return !test::wait(inbox.store.database().write([&sql](store::Connection &connection) {
                connection.execute(sql);
            })).has_value();
}

QByteArray schemaOf(TempInbox &inbox)
{
    return inbox.store.read([](store::Connection &connection) {
        QByteArray all;
        store::Statement row =
            connection.statement("SELECT type || name || coalesce(sql, '') FROM sqlite_master ORDER BY 1");
        while (row.step())
            all += row.text(0).toUtf8() + '\n';
        return all;
    });
}

} // namespace

TEST_CASE("no row of what was said or done can be deleted through SQL")
{
    TempInbox inbox;
    const Instant now = inbox.clock.now();
    RemoteItem item = test::sampleItem(u"1"_s, u"t"_s, u"first"_s, now);
    inbox.ingest({item});
    item.text = u"second"_s;
    item.version = u"v2"_s;
    const ConversationId id = inbox.ingest({item}).changed.front();
    (void)test::valueOf(test::wait(inbox.service->addNote(id, u"a note"_s)));
    for (const QString &table : {u"account"_s, u"handle"_s, u"conversation"_s, u"item"_s, u"revision"_s, u"event"_s,
                                 u"record_state"_s, u"record_entry"_s, u"record_body"_s, u"record_subject"_s}) {
        INFO(table.toStdString());
        CHECK(refused(inbox, u"DELETE FROM "_s + table));
    }
    CHECK(inbox.verify().isGood());
}

TEST_CASE("the record cannot be changed, shortened or replaced through SQL")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"first"_s, inbox.clock.now())});
    for (
        const QString &sql :
        {u"UPDATE record_entry SET entry = zeroblob(108) WHERE idx = 1"_s,
         u"UPDATE record_body SET body = 'x' WHERE idx = 1"_s,
         u"INSERT OR REPLACE INTO record_entry (idx, entry) VALUES (1, zeroblob(108))"_s,
         u"REPLACE INTO record_body (idx, salt, body) VALUES (1, zeroblob(32), x'00')"_s,
         u"INSERT INTO record_entry (idx, entry) VALUES (99, zeroblob(108))"_s, u"UPDATE record_state SET n = 0"_s,
         u"UPDATE record_state SET n = n - 1"_s,
         u"INSERT OR REPLACE INTO record_state (one, log_id, n, frontier, last_time_ms) VALUES (1, zeroblob(16), 0, x'', 0)"_s,
         u"UPDATE event SET at_ms = 0"_s}) {
        INFO(sql.toStdString());
        const bool wasRefused = refused(inbox, sql);
        // There is no event yet to be changed; everything else must be refused outright.
        CHECK((wasRefused || sql.startsWith(u"UPDATE event"_s)));
    }
    CHECK(inbox.verify().isGood());
}

// The rows of the table "what the guards stop": each is tried on the program's own writing connection.
TEST_CASE("the guards themselves cannot be taken away")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"first"_s, inbox.clock.now())});
    const QByteArray schema = schemaOf(inbox);
    for (const QString &sql :
         {u"DROP TRIGGER record_entry_is_kept"_s,
          u"DROP TABLE record_body"_s,
          u"DROP INDEX item_of_entry"_s,
          u"DROP TABLE item_text"_s,
          u"ALTER TABLE record_entry RENAME TO elsewhere"_s,
          u"ALTER TABLE record_entry ADD COLUMN more TEXT"_s,
          u"ALTER TABLE record_body DROP COLUMN salt"_s,
          u"CREATE TRIGGER more AFTER INSERT ON item BEGIN SELECT 1; END"_s,
          u"CREATE TEMP TRIGGER more AFTER INSERT ON item BEGIN SELECT 1; END"_s,
          u"CREATE TABLE more (x)"_s,
          u"CREATE TEMP TABLE record_entry (x)"_s,
          u"DELETE FROM sqlite_master WHERE type = 'trigger'"_s,
          u"UPDATE sqlite_master SET sql = ''"_s,
          u"INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', 'm', 'm', 2, '')"_s,
          u"ATTACH ':memory:' AS other"_s,
          u"PRAGMA writable_schema = ON"_s,
          u"PRAGMA writable_schema(1)"_s,
          u"PRAGMA recursive_triggers = OFF"_s,
          u"PRAGMA trusted_schema = ON"_s,
          u"PRAGMA foreign_keys = OFF"_s,
          u"PRAGMA ignore_check_constraints = ON"_s,
          u"PRAGMA journal_mode = DELETE"_s,
          u"PRAGMA synchronous = OFF"_s,
          u"PRAGMA user_version = 1"_s,
          u"PRAGMA application_id = 0"_s}) {
        INFO(sql.toStdString());
        CHECK(refused(inbox, sql));
    }
    CHECK(schemaOf(inbox) == schema);
    CHECK(inbox.verify().isGood());
}

TEST_CASE("what passes triggers alone does not pass: DROP TRIGGER and then DELETE, in one go and one after the other")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"first"_s, inbox.clock.now())});
    const Result<void> both = test::wait(inbox.store.database().write([](store::Connection &connection) {
        connection.execute(u"DROP TRIGGER record_body_is_kept"_s);
        connection.execute(u"DELETE FROM record_body"_s);
    }));
    REQUIRE_FALSE(both.has_value());
    CHECK(both.error().detail.contains(u"not authorized"_s));
    CHECK(refused(inbox, u"DELETE FROM record_body"_s));
    CHECK(inbox.verify().isGood());
}

TEST_CASE("without the triggers the authorizer still refuses to delete or rewrite the record")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"first"_s, inbox.clock.now())});
    inbox.tamper({});
    for (const QString &table :
         {u"account"_s, u"handle"_s, u"conversation"_s, u"item"_s, u"revision"_s, u"event"_s, u"outbox"_s,
          u"case_file"_s, u"coverage_place"_s, u"member"_s, u"record_state"_s, u"record_entry"_s, u"record_body"_s,
          u"record_node"_s, u"record_subject"_s, u"record_checkpoint"_s, u"record_key"_s}) {
        INFO(table.toStdString());
        CHECK(refused(inbox, u"DELETE FROM "_s + table + u" WHERE 0"_s));
    }
    for (const QString &change :
         {u"record_entry SET entry = zeroblob(108)"_s, u"record_body SET body = x'00'"_s,
          u"record_node SET h = zeroblob(32)"_s, u"record_state SET log_id = zeroblob(16)"_s,
          u"record_checkpoint SET note = x'00'"_s, u"record_key SET public_key = zeroblob(32)"_s,
          u"revision SET seen_at_ms = 0"_s, u"event SET at_ms = 0"_s}) {
        INFO(change.toStdString());
        CHECK(refused(inbox, u"UPDATE "_s + change));
    }
    CHECK(inbox.verify().isGood());
}

TEST_CASE("the record's one row of state is replaced neither by REPLACE nor by an upsert, and never shrinks")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"first"_s, inbox.clock.now())});
    const qint64 entries = inbox.entries();
    for (
        const QString &sql :
        {u"REPLACE INTO record_state (one, log_id, n, frontier, last_time_ms) SELECT one, log_id, 0, x'', 0 FROM record_state"_s,
         u"INSERT INTO record_state (one, log_id, n, frontier, last_time_ms) SELECT one, log_id, 0, x'', 0 FROM record_state WHERE 1 ON CONFLICT (one) DO UPDATE SET n = 0"_s,
         u"UPDATE OR REPLACE record_state SET n = n - 1"_s}) {
        INFO(sql.toStdString());
        CHECK(refused(inbox, sql));
    }
    CHECK(inbox.entries() == entries);
    CHECK(inbox.verify().isGood());
}

TEST_CASE("what the program does itself passes its guards, also after it was opened anew")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"first"_s, inbox.clock.now())});
    inbox.reopen();
    RemoteItem item = test::sampleItem(u"1"_s, u"t"_s, u"second"_s, inbox.clock.now());
    item.version = u"v2"_s;
    const ConversationId id = inbox.ingest({item}, {}, QByteArray("cursor")).changed.front();
    test::valueOf(test::wait(inbox.service->markDone(id, true)));
    test::valueOf(test::wait(inbox.service->saveDraft(id, {u"words"_s, Audience::Public, false})));
    test::valueOf(test::wait(inbox.service->saveDraft(id, {})));
    InboxQuery query;
    query.search = u"second"_s;
    CHECK(inbox.list(query).size() == 1);
    CHECK(inbox.verify().isGood());
}

TEST_CASE("another program can do all of it, and verifying the record finds it")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"first"_s, inbox.clock.now()),
                  test::sampleItem(u"2"_s, u"t"_s, u"second"_s, inbox.clock.now())});
    REQUIRE(inbox.verify().isGood());
    const QByteArray attack = GENERATE(
        "DELETE FROM record_body WHERE idx = 1",
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE type = 'trigger'; PRAGMA writable_schema = "
        "RESET; "
        "UPDATE record_body SET body = CAST(replace(body, 'first', 'other') AS BLOB) WHERE idx = 1",
        "INSERT OR REPLACE INTO record_state (one, log_id, n, frontier, last_time_ms) "
        "SELECT one, log_id, 1, substr(frontier, 1, 32), 0 FROM record_state");
    INFO(attack.toStdString());
    inbox.tamper(attack);
    CHECK_FALSE(inbox.verify().isGood());
}

TEST_CASE("the file says whose it is, and every connection has the settings that make it safe")
{
    TempInbox inbox;
    const auto check = [](store::Connection &connection) {
        const auto value = [&connection](const QString &pragma) {
            store::Statement row = connection.statementFor(u"PRAGMA "_s + pragma);
            return row.step() ? row.text(0) : QString();
        };
        CHECK(value(u"application_id"_s) == QString::number(store::kApplicationId));
        CHECK(value(u"recursive_triggers"_s) == u"1"_s);
        CHECK(value(u"trusted_schema"_s) == u"0"_s);
        CHECK(value(u"cell_size_check"_s) == u"1"_s);
        CHECK(value(u"mmap_size"_s) == u"0"_s);
        int defensive = 0;
        CHECK(sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive) == SQLITE_OK);
        CHECK(defensive == 1);
    };
    inbox.store.write(check);
    inbox.store.read(check);
    test::valueOf(test::wait(inbox.store.database().scan(check)));
}
