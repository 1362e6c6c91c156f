// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/coverage/coverage_service.h"
#include "app/rebuild/check.h"
#include "app/store/coverage_table.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace std::chrono_literals;
using test::TempInbox;
using test::valueOf;
using test::wait;

namespace {

struct Desk
{
    TempInbox inbox;
    coverage::CoverageService coverage{inbox.store.database(), inbox.clock, inbox.member};

    std::vector<Place> places() { return valueOf(wait(coverage.places())); }
    void describe(const Place &place) { valueOf(wait(coverage.describe(place))); }
    QString refused(const Place &place)
    {
        const Result<void> done = wait(coverage.describe(place));
        return done ? QString() : done.error().detail;
    }
};

Place byHand(const QString &name, int days, const QString &address = {})
{
    return {{}, name, address, Care::ByHand, days, {}, {}};
}

Place nobody(const QString &name, const QString &reason)
{
    return {{}, name, {}, Care::Nobody, 7, {}, reason};
}

} // namespace

TEST_CASE("a place is written down once, whatever the case of its letters, and each change is on the record")
{
    Desk desk;
    const qint64 before = desk.inbox.entries();
    desk.describe(byHand(u"  Yelp "_s, 3, u"yelp.example/shop"_s));
    desk.describe(nobody(u"YELP"_s, u"we have no page there"_s));
    desk.describe(nobody(u"yelp"_s, u"we have no page there"_s));
    const std::vector<Place> places = desk.places();
    REQUIRE(places.size() == 1);
    CHECK(places.front().name == u"Yelp"_s);
    CHECK(places.front().care == Care::Nobody);
    CHECK(places.front().reason == u"we have no page there"_s);
    CHECK(desk.inbox.entries() == before + 2);
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("a look is kept with its time, also when the place is described anew")
{
    Desk desk;
    desk.describe(byHand(u"Yelp"_s, 3, u"yelp.example"_s));
    const Instant looked = desk.inbox.clock.now();
    valueOf(wait(desk.coverage.looked(u"yelp"_s)));
    desk.inbox.clock.advance(24h);
    desk.describe(byHand(u"Yelp"_s, 5));
    const Place place = desk.places().front();
    CHECK(place.lookedAt == looked);
    CHECK(place.everyDays == 5);
    CHECK(place.address.isEmpty());
    desk.inbox.clock.advance(24h);
    valueOf(wait(desk.coverage.looked(u"Yelp"_s)));
    CHECK(desk.places().front().lookedAt == looked + 48h);
}

TEST_CASE("a look at a place that nobody watched makes it one that is looked at by hand")
{
    Desk desk;
    desk.describe(nobody(u"Market notice board"_s, u"too far"_s));
    valueOf(wait(desk.coverage.looked(u"Market notice board"_s)));
    valueOf(wait(desk.coverage.looked(u"Village paper"_s)));
    for (const Place &place : desk.places()) {
        CHECK(place.care == Care::ByHand);
        CHECK(place.reason.isEmpty());
        CHECK(place.everyDays == 7);
    }
    CHECK(desk.places().size() == 2);
}

TEST_CASE("what is no place is refused in a sentence and nothing is written")
{
    Desk desk;
    const qint64 before = desk.inbox.entries();
    CHECK(desk.refused(byHand(u" \n"_s, 7)).contains(u"needs a name"_s));
    CHECK(desk.refused(byHand(QString(101, u'x'), 7)).contains(u"at most 100"_s));
    CHECK(desk.refused(byHand(u"Yelp"_s, 0)).contains(u"1 to 90 days"_s));
    CHECK(desk.refused(byHand(u"Yelp"_s, 91)).contains(u"1 to 90 days"_s));
    CHECK(desk.refused(nobody(u"Yelp"_s, QString(2001, u'x'))).contains(u"2000 letters"_s));
    for (const QString &address : {u"javascript:alert(1)"_s, u"file:///etc/passwd"_s, u"http://a.example"_s,
                                   u"https://me:secret@a.example"_s, u"nothing"_s, u"https://"_s})
        CHECK(desk.refused(byHand(u"Yelp"_s, 7, address)).contains(u"no address"_s));
    CHECK(desk.places().empty());
    CHECK(desk.inbox.entries() == before);
}

TEST_CASE("R4: the places follow from the record, and a row that was changed is found")
{
    Desk desk;
    desk.describe(byHand(u"Yelp"_s, 3, u"https://yelp.example/shop?a=b"_s));
    valueOf(wait(desk.coverage.looked(u"Yelp"_s)));
    desk.describe(nobody(u"Reddit"_s, u"nobody writes there"_s));
    desk.describe(byHand(u"Reddit"_s, 90));
    const auto check = [&desk] {
        return valueOf(
            wait(desk.inbox.store.database().scan([folder = desk.inbox.store.folder()](store::Connection &connection) {
                return rebuild::checkProjections(connection, folder);
            })));
    };
    CHECK(check().isGood());
    desk.inbox.tamper("UPDATE coverage_place SET looked_at_ms = looked_at_ms + 86400000 WHERE name = 'Yelp'");
    const rebuild::CheckReport report = check();
    CHECK_FALSE(report.isGood());
}

TEST_CASE("a workspace of an older schema that is only read has no places yet")
{
    TempInbox inbox;
    inbox.service.reset();
    inbox.store.close();
    test::tamperWithFile(inbox.store.file(), "DROP TABLE coverage_place; DROP INDEX conversation_to_refresh; DROP "
                                             "TABLE account_trouble; PRAGMA user_version = 3");
    const auto database = valueOf(store::Database::open({inbox.store.folder(), true, {}}));
    CHECK(valueOf(wait(database->read(&store::readPlaces))).empty());
}
