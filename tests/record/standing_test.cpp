// SPDX-License-Identifier: GPL-3.0-or-later
// How the record stands at the start: against its own checkpoints and against marks kept elsewhere (A7, A8).
#include "app/record/standing.h"
#include "app/record/stored_tree.h"
#include "app/store/record_table.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::record;
using test::TempInbox;

namespace {

/// A record with something on it, its key, and what was signed of it on the way.
struct Desk
{
    explicit Desk(int items) { add(items); }

    void add(int items)
    {
        std::vector<RemoteItem> all;
        for (int i = 0; i < items; ++i, ++written)
            all.push_back(
                test::sampleItem(QString::number(written), u"t"_s, u"words %1"_s.arg(written), inbox.clock.now()));
        inbox.ingest(std::move(all));
    }

    Checkpoint signedNow()
    {
        return inbox.store.read([](store::Connection &connection) {
            const Head head = readHead(connection);
            return Checkpoint{originOf(head.logId), head.size, head.root};
        });
    }

    /// As if what was signed there had been signed of this record.
    Checkpoint asOfThis(Checkpoint there)
    {
        there.origin = signedNow().origin;
        return there;
    }

    Standing standing(const std::optional<Checkpoint> &last, const std::vector<Checkpoint> &marks, bool hasKey = true)
    {
        return inbox.store.read([&](store::Connection &connection) {
            const Head head = readHead(connection);
            return standingOf({originOf(head.logId), head.size, head.root, last, false, marks, hasKey},
                              storedSubtrees(connection));
        });
    }

    TempInbox inbox;
    int written = 0;
};

} // namespace

TEST_CASE("a record that only grew stands open; without key or marks it says so")
{
    Desk desk(300);
    const Checkpoint early = desk.signedNow();
    desk.add(300);
    const Checkpoint late = desk.signedNow();
    desk.add(17);
    CHECK(desk.standing(late, {early, late}) == Standing::Open);
    CHECK(desk.standing(late, {late}) == Standing::Open);
    CHECK(desk.standing(late, {}) == Standing::Unanchored);
    CHECK(desk.standing({}, {}) == Standing::Unanchored);
    CHECK(desk.standing(late, {late}, false) == Standing::Unsigned);
    CHECK_FALSE(isHalted(Standing::Unsigned));
}

TEST_CASE("A7: a record whose end was cut off, coherently, is rolled back")
{
    // The whole state is rewritten as if the rest had never been: only a mark elsewhere can tell.
    for (const int cut : {1, 7, 100}) {
        Desk desk(20);
        const Checkpoint before = desk.signedNow();
        desk.add(cut);
        const Checkpoint mark = desk.signedNow();
        Desk shorter(0);
        CHECK(desk.standing(before, {mark}) == Standing::Open);
        const Checkpoint same = shorter.asOfThis(mark);
        CHECK(shorter.standing({}, {same}) == Standing::RolledBack);
        // With the workspace's own checkpoint left in its table.
        CHECK(shorter.standing(same, {}) == Standing::RolledBack);
    }
}

TEST_CASE("A8: another history of the same length is forked")
{
    Desk desk(40);
    const Checkpoint mark = desk.signedNow();
    Desk other(40);
    CHECK(other.standing({}, {other.asOfThis(mark)}) == Standing::Forked);
    other.add(10);
    CHECK(other.standing({}, {other.asOfThis(mark)}) == Standing::Forked);
}

TEST_CASE("A8: a record that took the place of another one is forked, whichever of them is longer")
{
    Desk desk(40);
    const Checkpoint mark = desk.signedNow();
    for (const int items : {0, 40, 80}) {
        Desk other(items);
        const Checkpoint own = other.signedNow();
        CHECK(other.standing(own, {mark}) == Standing::Forked);
        CHECK(other.standing(own, {own, mark}) == Standing::Forked);
        CHECK(other.standing(own, {own}) == Standing::Open);
    }
}

TEST_CASE("a record that does not fit its own checkpoint or its own rows is damaged")
{
    Desk desk(600);
    Checkpoint own = desk.signedNow();
    own.root[0] = static_cast<char>(own.root.at(0) ^ 1);
    CHECK(desk.standing(own, {}) == Standing::Damaged);

    const Checkpoint good = desk.signedNow();
    desk.inbox.tamper("UPDATE record_state SET frontier = zeroblob(length(frontier))");
    CHECK(desk.standing(good, {good}) == Standing::Damaged);
}

TEST_CASE("a false checkpoint in the table is damage, whatever the rest says")
{
    Desk desk(5);
    const Checkpoint now = desk.signedNow();
    const Standing standing = desk.inbox.store.read([&](store::Connection &connection) {
        return standingOf({now.origin, now.size, now.root, now, true, {now}, true}, storedSubtrees(connection));
    });
    CHECK(standing == Standing::Damaged);
}

TEST_CASE("a missing row is an error that says what to do")
{
    Desk desk(5);
    const Checkpoint now = desk.signedNow();
    desk.inbox.tamper("PRAGMA foreign_keys = off; DELETE FROM record_entry WHERE idx = 2");
    const Result<Standing> standing = test::wait(desk.inbox.store.database().read([&](store::Connection &connection) {
        return standingOf({now.origin, now.size, now.root, now, false, {now}, true}, storedSubtrees(connection));
    }));
    REQUIRE_FALSE(standing.has_value());
    CHECK(standing.error().kind == ErrorKind::Damaged);
    CHECK(standing.error().detail.contains(u"restore a backup"_s));
}

TEST_CASE("checkpoints and keys of the record are kept in their tables and never changed")
{
    Desk desk(3);
    desk.inbox.store.write([](store::Connection &connection) {
        CHECK_FALSE(store::lastCheckpoint(connection));
        CHECK_FALSE(store::lastRecordKey(connection));
        store::insertCheckpoint(connection, {2, "two"});
        store::insertCheckpoint(connection, {3, "three"});
        store::insertCheckpoint(connection, {3, "other"});
        store::insertRecordKey(connection, 1, QByteArray(32, 'a'));
        store::insertRecordKey(connection, 2, QByteArray(32, 'b'));
        CHECK(store::lastCheckpoint(connection)->note == "three");
        CHECK(store::lastRecordKey(connection) == QByteArray(32, 'b'));
    });
    for (const char *sql : {"DELETE FROM record_checkpoint", "UPDATE record_checkpoint SET note = 'x'",
                            "DELETE FROM record_key", "UPDATE record_key SET public_key = zeroblob(32)"}) {
        const Result<void> refused = test::wait(desk.inbox.store.database().write(
            [sql](store::Connection &connection) { connection.execute(QString::fromLatin1(sql)); }));
        CHECK_FALSE(refused.has_value());
    }
}
