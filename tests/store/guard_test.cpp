// SPDX-License-Identifier: GPL-3.0-or-later
// Rule R1: nothing is ever silently deleted, tried through SQL.
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

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

TEST_CASE("the guards themselves cannot be taken away by writing to the schema table")
{
    TempInbox inbox;
    (void)refused(inbox, u"PRAGMA writable_schema = ON"_s);
    CHECK(refused(inbox, u"DELETE FROM sqlite_master WHERE type = 'trigger'"_s));
}
