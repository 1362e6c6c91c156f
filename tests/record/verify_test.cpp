// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using test::TempInbox;

namespace {

void fill(TempInbox &inbox, int items)
{
    std::vector<RemoteItem> all;
    for (int i = 0; i < items; ++i)
        all.push_back(
            test::sampleItem(QString::number(i), u"t%1"_s.arg(i % 7), u"words %1"_s.arg(i), inbox.clock.now()));
    inbox.ingest(std::move(all));
}

} // namespace

TEST_CASE("a record that nobody touched is whole")
{
    TempInbox inbox;
    fill(inbox, 600);
    const record::Verification checked = inbox.verify();
    CHECK(checked.isGood());
    CHECK(checked.entries == 601);
    CHECK(checked.root ==
          inbox.store.read([](store::Connection &connection) { return record::readHead(connection).root; }));
}

TEST_CASE("every kind of tampering is found and the first bad entry is named")
{
    struct Attack
    {
        const char *sql;
        std::optional<qint64> bad;
    };
    const Attack attack = GENERATE(
        Attack{"UPDATE record_body SET body = CAST(replace(body, 'words 300', 'other 300') AS BLOB) WHERE idx = 301",
               301},
        Attack{"UPDATE record_body SET salt = zeroblob(32) WHERE idx = 5", 5},
        Attack{"DELETE FROM record_body WHERE idx = 44", 44},
        Attack{"DELETE FROM record_body WHERE idx = 44; DELETE FROM item; DELETE FROM record_entry WHERE idx = 44", 44},
        Attack{"DELETE FROM record_body WHERE idx = 600; DELETE FROM record_entry WHERE idx = 600", std::nullopt},
        Attack{"DELETE FROM record_body WHERE idx = 600; DELETE FROM record_entry WHERE idx = 600; UPDATE record_state "
               "SET n = 600",
               std::nullopt},
        Attack{"UPDATE record_state SET frontier = zeroblob(length(frontier))", std::nullopt},
        Attack{"UPDATE record_node SET h = zeroblob(32)", std::nullopt},
        Attack{"DELETE FROM record_node", std::nullopt},
        Attack{"UPDATE record_subject SET next_seq = next_seq + 1", std::nullopt},
        Attack{"PRAGMA ignore_check_constraints = on; UPDATE record_subject SET subject = x'00' WHERE last_idx = 600",
               std::nullopt},
        Attack{"INSERT INTO record_body SELECT 601, salt, body FROM record_body WHERE idx = 600", std::nullopt},
        Attack{"INSERT INTO record_body SELECT -1, salt, body FROM record_body WHERE idx = 600", std::nullopt},
        Attack{"UPDATE record_entry SET entry = (SELECT entry FROM record_entry WHERE idx = 11) WHERE idx = 10", 10},
        Attack{"INSERT INTO record_entry SELECT 601, entry FROM record_entry WHERE idx = 600", 601});
    INFO(attack.sql);
    TempInbox inbox;
    fill(inbox, 600);
    inbox.tamper(attack.sql);
    const record::Verification checked = inbox.verify();
    CHECK_FALSE(checked.isGood());
    CHECK(checked.badEntry == attack.bad);
    CHECK_FALSE(checked.problem.isEmpty());
}

TEST_CASE("any single changed byte of an entry or a body is found")
{
    TempInbox inbox;
    fill(inbox, 3);
    const qsizetype length = inbox.store.read([](store::Connection &connection) {
        store::Statement row = connection.statement("SELECT length(body) FROM record_body WHERE idx = 2");
        return row.step() ? row.integer(0) : 0;
    });
    // In place, through the same connection rules: copies of the rows are checked by the pure functions that verify
    // uses.
    const auto [entry, salt, body] = inbox.store.read([](store::Connection &connection) {
        store::Statement row = connection.statement(
            "SELECT e.entry, b.salt, b.body FROM record_entry e JOIN record_body b USING (idx) WHERE idx = 2");
        REQUIRE(row.step());
        return std::tuple(row.blob(0), row.blob(1), row.blob(2));
    });
    const QByteArray leaf = record::leafHash(entry);
    const QByteArray commit = record::Entry::fromBytes(entry)->commitment;
    for (qsizetype i = 0; i < entry.size(); ++i) {
        QByteArray changed = entry;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        CHECK(record::leafHash(changed) != leaf);
    }
    for (qsizetype i = 0; i < length; ++i) {
        QByteArray changed = body;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        CHECK(record::commitment(salt, changed) != commit);
    }
}

TEST_CASE("verifying while somebody appends gives no false alarm")
{
    TempInbox inbox;
    fill(inbox, 300);
    std::vector<QFuture<Result<inbox::IngestReport>>> writes;
    std::vector<QFuture<Result<record::Verification>>> checks;
    for (int i = 0; i < 40; ++i) {
        const inbox::Arrival arrival{
            {test::sampleItem(u"live %1"_s.arg(i), u"t"_s, u"x"_s, inbox.clock.now())}, {}, {}};
        writes.push_back(inbox.store.database().write([&inbox, arrival](store::Connection &connection) {
            return inbox::ingest(connection, inbox.clock, inbox.account, arrival);
        }));
        checks.push_back(
            inbox.store.database().scan([](store::Connection &connection) { return record::verify(connection); }));
    }
    for (auto &write : writes)
        CHECK(test::wait(write).has_value());
    for (auto &check : checks)
        CHECK(test::valueOf(test::wait(check)).isGood());
}
