// SPDX-License-Identifier: GPL-3.0-or-later
// What is destroyed by law, and what stands in its way. That no byte is left: tests/rebuild (A9).
#include "app/seal/seal.h"

#include "app/cases/case_service.h"
#include "app/record/history.h"
#include "app/seal/erasure_list.h"
#include "app/seal/seal_service.h"
#include "app/store/guards.h"
#include "tests/seal/desk.h"
#include "tests/support/catch.h"

#include <QFile>

#include <numeric>

using namespace Qt::StringLiterals;
using namespace indelible;
using test::Desk;
using test::kAna;
using test::valueOf;
using test::wait;

TEST_CASE("a sealed item says when it was erased, and the record who did it and why")
{
    Desk desk;
    desk.bring(u"1"_s, u"another secret"_s, u"v2"_s);
    const auto report = valueOf(desk.seal(ItemId(1)));
    CHECK(report.sealed == 2);
    CHECK(report.traceless);
    const ConversationView view = desk.inbox.open(ConversationId(1));
    REQUIRE(view.items.size() == 1);
    CHECK(view.items.front().item.text.isEmpty());
    CHECK(view.items.front().sealedAt.has_value());
    CHECK(view.row.person.displayName().isEmpty());
    std::vector<qint64> numbers(100);
    std::iota(numbers.begin(), numbers.end(), 0);
    const auto lines = desk.inbox.store.read(
        [&numbers](store::Connection &connection) { return record::readEntries(connection, numbers); });
    int sealed = 0;
    for (const record::EntryView &line : lines) {
        if (line.hasBody)
            continue;
        ++sealed;
        REQUIRE(line.sealedBy.has_value());
        CHECK(line.sealedBy->by == report.entry);
        CHECK(line.sealedBy->reason == u"objection"_s);
        CHECK(line.sealedBy->member == u"Priya"_s);
    }
    CHECK(sealed == 2);
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("what was sealed is not fetched again, neither its edits nor its deletion")
{
    Desk desk;
    valueOf(desk.seal(kAna));
    const qint64 entries = desk.inbox.entries();
    CHECK(desk.bring(u"1"_s, u"the secret"_s).newItems == 0);
    CHECK(desk.bring(u"1"_s, u"the secret, edited"_s, u"v2"_s).revisions == 0);
    CHECK(desk.inbox.ingest({}, {{u"1"_s, RemoteGone::Reason::DeletedByAuthor}}).gone == 0);
    CHECK(desk.inbox.ingest({test::sampleItem(u"sealed:1"_s, u"t"_s, u"words"_s, desk.inbox.clock.now())}).newItems ==
          0);
    CHECK(desk.inbox.entries() == entries);
    CHECK(desk.bring(u"2"_s, u"something new"_s).newItems == 1);
}

TEST_CASE("A3: words that are missing without an entry that says so are damage, and so are words that are left")
{
    Desk desk;
    SECTION("missing")
    {
        desk.inbox.tamper("DELETE FROM record_body WHERE idx = 1");
        const record::Verification verified = desk.inbox.verify();
        CHECK_FALSE(verified.isGood());
        CHECK(verified.badEntry == 1);
    }
    SECTION("left")
    {
        desk.inbox.store.write([](store::Connection &connection) {
            const test::FakeClock clock;
            record::Log(connection, clock)
                .append(
                    {record::Kind::Erase, record::systemSubject(), 1, true, record::eraseBody({1}, u"objection"_s)});
        });
        CHECK_FALSE(desk.inbox.verify().isGood());
    }
    SECTION("named by tables only")
    {
        valueOf(desk.seal(ItemId(1)));
        REQUIRE(desk.inbox.verify().isGood());
        desk.inbox.tamper("DELETE FROM record_erase");
        CHECK_FALSE(desk.inbox.verify().isGood());
    }
}

TEST_CASE("no body goes without a permit, and none without an entry that says so")
{
    Desk desk;
    const auto attempt = [&desk](bool permit, const QString &sql) {
        return wait(desk.inbox.store.database().write([&](store::Connection &connection) {
            std::optional<store::SealPermit> sealing;
            if (permit)
                sealing.emplace(connection);
            connection.execute(sql);
        }));
    };
    CHECK_FALSE(attempt(false, u"DELETE FROM record_body WHERE idx = 1"_s).has_value());
    CHECK_FALSE(attempt(true, u"DELETE FROM record_body WHERE idx = 1"_s).has_value());
    CHECK_FALSE(attempt(true, u"INSERT INTO record_erase (idx, by_idx) VALUES (0, 1)"_s).has_value());
    CHECK_FALSE(attempt(true, u"DELETE FROM record_entry WHERE idx = 1"_s).has_value());
    valueOf(desk.seal(ItemId(1)));
    CHECK_FALSE(attempt(false, u"DELETE FROM record_body WHERE idx = 0"_s).has_value());
    CHECK_FALSE(attempt(true, u"DELETE FROM record_erase"_s).has_value());
    CHECK_FALSE(attempt(true, u"UPDATE record_erase SET by_idx = by_idx + 1"_s).has_value());
    CHECK_FALSE(
        attempt(true, u"INSERT INTO record_body (idx, salt, body) VALUES (1, zeroblob(32), x'7b7d')"_s).has_value());
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("a hold stands in the way, with its reason and day, until it is released")
{
    Desk desk;
    seal::SealService service = desk.seals();
    const QDate day = toDateTime(desk.inbox.clock.now()).date().addDays(90);
    CHECK_FALSE(wait(service.hold(ConversationId(1), u" "_s, day)).has_value());
    CHECK_FALSE(wait(service.hold(ConversationId(1), u"lawsuit"_s, day.addDays(-90))).has_value());
    const bool byCase = GENERATE(false, true);
    seal::HoldTarget target = ConversationId(1);
    if (byCase) {
        cases::CaseService cases(desk.inbox.store.database(), desk.inbox.clock, desk.inbox.member);
        target = valueOf(wait(cases.open(ConversationId(1), u"Parcel"_s)));
    }
    const qint64 hold = valueOf(wait(service.hold(target, u"lawsuit 7"_s, day)));
    const auto refused = desk.seal(kAna);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().detail.contains(u"lawsuit 7"_s));
    CHECK(refused.error().detail.contains(day.toString(Qt::ISODate)));
    CHECK(desk.texts() == QStringList{u"the secret"_s});
    CHECK(valueOf(wait(service.holds())).size() == 1);
    valueOf(wait(service.release(hold)));
    CHECK_FALSE(wait(service.release(hold)).has_value());
    CHECK(valueOf(wait(service.holds())).empty());
    CHECK(desk.seal(kAna).has_value());
}

TEST_CASE("by an account's rule goes what is old, or what its author deleted, and of others only")
{
    Desk desk;
    using namespace std::chrono_literals;
    desk.inbox.clock.advance(48h);
    const Instant between = desk.inbox.clock.now();
    desk.bring(u"2"_s, u"the news"_s);
    desk.inbox.ingest({test::ownItem(u"3"_s, u"t"_s, u"our answer"_s, desk.inbox.clock.now())});
    desk.inbox.ingest({},
                      {{u"2"_s, RemoteGone::Reason::DeletedByAuthor}, {u"1"_s, RemoteGone::Reason::HiddenByNetwork}});
    const AccountId account = desk.inbox.account.id;
    SECTION("older")
    {
        CHECK(desk.plan(seal::AccountRule{account, between - 48h}).entries.isEmpty());
        const seal::Plan plan = desk.plan(seal::AccountRule{account, between});
        CHECK(plan.items == 1);
        CHECK(plan.staying == 1);
        valueOf(desk.seal(plan.target));
        CHECK(desk.texts() == QStringList{QString(), u"the news"_s, u"our answer"_s});
        CHECK(desk.bring(u"1"_s, u"the secret"_s).newItems == 0);
    }
    SECTION("gone")
    {
        const seal::Plan plan = desk.plan(seal::AccountRule{account, std::nullopt});
        CHECK(plan.items == 1);
        CHECK(plan.entries.size() == 2); // and the entry that says which one is gone
        valueOf(desk.seal(plan.target));
        CHECK(desk.texts() == QStringList{u"the secret"_s, QString(), u"our answer"_s});
    }
    SECTION("what is on hold is left out, and said")
    {
        seal::SealService service = desk.seals();
        (void)valueOf(wait(service.hold(ConversationId(1), u"lawsuit 7"_s, toDateTime(between).date().addDays(9))));
        RemoteItem other = test::sampleItem(u"9"_s, u"other"_s, u"elsewhere"_s, desk.inbox.clock.now());
        desk.inbox.ingest({other});
        const seal::Plan plan = desk.plan(seal::AccountRule{account, desk.inbox.clock.now() + 1h});
        CHECK(plan.items == 1);
        CHECK(plan.obstacles.isEmpty());
        REQUIRE(plan.spared.size() == 1);
        CHECK(plan.spared.front().contains(u"lawsuit 7"_s));
        CHECK(desk.seal(plan.target).has_value());
        CHECK(desk.texts() == QStringList{u"the secret"_s, u"the news"_s, u"our answer"_s});
    }
    seal::SealService service = desk.seals();
    CHECK(wait(service.plan(seal::AccountRule{AccountId(77), std::nullopt})).error().kind == ErrorKind::NotFound);
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("what arrived since a plan was shown is not sealed unseen")
{
    Desk desk;
    desk.bring(u"2"_s, u"the news"_s);
    const seal::Plan shown = desk.plan(kAna);
    valueOf(desk.seal(ItemId(2)));
    desk.bring(u"3"_s, u"other news"_s);
    seal::SealService service = desk.seals();
    CHECK(wait(service.seal(shown, u"objection"_s, shown.entries.size())).error().kind == ErrorKind::Conflict);
    CHECK(desk.texts() == QStringList{u"the secret"_s, QString(), u"other news"_s});
}

TEST_CASE("another number than the one shown seals nothing")
{
    Desk desk;
    seal::SealService service = desk.seals();
    const seal::Plan plan = desk.plan(kAna);
    CHECK(wait(service.seal(plan, u"objection"_s, 2)).error().kind == ErrorKind::Conflict);
    CHECK(wait(service.seal(plan, u"because"_s, 1)).error().kind == ErrorKind::Rejected);
    CHECK(wait(service.plan(seal::Person{u"bluesky"_s, u"nobody"_s})).error().kind == ErrorKind::NotFound);
    CHECK(desk.texts() == QStringList{u"the secret"_s});
    CHECK_FALSE(QFile::exists(desk.inbox.store.folder() + u"/backups/erasures.list"_s));
}

TEST_CASE("a backup from before a seal is sealed again before it opens")
{
    Desk desk;
    const QString before = desk.backUp();
    desk.bring(u"2"_s, u"after the backup"_s);
    REQUIRE(desk.isIn(before, "the secret"));
    valueOf(desk.seal(kAna));
    const Result<backup::Restored> restored = desk.restore(before);
    REQUIRE(restored.has_value());
    CHECK(restored->sealed == 1);
    CHECK_FALSE(desk.isIn(desk.inbox.store.file(), "the secret"));
    CHECK_FALSE(desk.isIn(desk.inbox.store.file(), "ana.example"));
    desk.inbox.reopen();
    CHECK(desk.inbox.verify().isGood());
    CHECK(desk.texts() == QStringList{QString()});
    // The second was never in the backup, and still does not come back.
    CHECK(desk.bring(u"1"_s, u"the secret"_s).newItems == 0);
    CHECK(desk.bring(u"2"_s, u"after the backup"_s).newItems == 0);
}

TEST_CASE("a list of seals that cannot be understood is no empty list")
{
    Desk desk;
    const QString before = desk.backUp();
    valueOf(desk.seal(kAna));
    QFile list(desk.inbox.store.folder() + u"/backups/erasures.list"_s);
    REQUIRE(list.open(QIODevice::ReadWrite));
    const QByteArray whole = list.readAll();
    CHECK_FALSE(whole.contains("ana"));
    SECTION("a line that was broken off is passed over")
    {
        list.write("seal 00");
        list.close();
        const auto read = valueOf(seal::readErasureList(list.fileName()));
        REQUIRE(read.has_value());
        CHECK(read->leaves.size() == 1);
        CHECK(read->marks.size() == 1);
    }
    SECTION("damage is said, and nothing is restored")
    {
        list.seek(30);
        list.write("zz");
        list.close();
        CHECK(desk.restore(before).error().kind == ErrorKind::Damaged);
    }
}

TEST_CASE("before more than one item is sealed a backup is made, and without it nothing is")
{
    Desk desk;
    desk.bring(u"2"_s, u"another secret"_s);
    int copies = 0;
    bool fails = true;
    seal::SealService service(desk.inbox.store.database(), desk.inbox.clock, desk.inbox.member,
                              desk.inbox.store.folder() + u"/backups"_s, [&]() -> QCoro::Task<Result<void>> {
                                  ++copies;
                                  co_return fails ? Result<void>(failure(ErrorKind::DiskFull, u"No room."_s))
                                                  : Result<void>();
                              });
    const seal::Plan one = valueOf(wait(service.plan(ItemId(2))));
    CHECK(wait(service.seal(one, u"objection"_s, one.entries.size())));
    CHECK(copies == 0);
    const seal::Plan all = valueOf(wait(service.plan(kAna)));
    const auto refused = wait(service.seal(all, u"objection"_s, all.entries.size()));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::DiskFull);
    CHECK(copies == 1);
    CHECK(desk.texts().contains(u"the secret"_s));
    fails = false;
    CHECK(wait(service.seal(all, u"objection"_s, all.entries.size())));
    CHECK(copies == 2);
    CHECK_FALSE(desk.texts().contains(u"the secret"_s));
}
