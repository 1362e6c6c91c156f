// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/find.h"

#include "app/record/log.h"
#include "app/store/settings_table.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using record::Find;
using record::Kind;
using test::TempInbox;

namespace {

using Numbers = std::vector<qint64>;

/// Entry 0 is the record's beginning; 1 to 3 are what people wrote, one a day; 4 is a note of ours.
struct Fixture
{
    Fixture()
    {
        for (const QString &text : {u"The cake was late"_s, u"Lovely bread"_s, u"Late again, order 4711"_s}) {
            inbox.ingest({test::sampleItem(QString::number(++items), u"thread"_s, text, inbox.clock.now())});
            inbox.clock.advance(std::chrono::hours(24));
        }
        inbox.store.write([&](store::Connection &connection) {
            member = store::insertMember(connection, u"Priya"_s);
            record::Log log(connection, inbox.clock);
            log.append({Kind::Note, record::systemSubject(), member, true, {{u"text"_s, u"Rang them."_s}}});
        });
    }

    Numbers found(const Find &find, qint64 first = 0, qint64 count = 1000)
    {
        return inbox.store.read([&](store::Connection &c) { return record::findEntries(c, find, first, count); });
    }

    TempInbox inbox;
    quint32 member = 0;
    int items = 0;
};

Find words(const QString &text)
{
    Find find;
    find.words = text;
    return find;
}

} // namespace

TEST_CASE("a number is the number of an entry however it is written, and words are none")
{
    CHECK(record::entryNumber(u"18193"_s) == 18193);
    CHECK(record::entryNumber(u"18,193"_s) == 18193);
    CHECK(record::entryNumber(u"№ 18\u202F193"_s) == 18193);
    CHECK(record::entryNumber(u"#18.193"_s) == 18193);
    CHECK(record::entryNumber(u"١٨١٩٣"_s) == 18193);
    CHECK_FALSE(record::entryNumber(u"18193 cakes"_s));
    CHECK_FALSE(record::entryNumber(u"№"_s));
    CHECK_FALSE(record::entryNumber({}));
    CHECK_FALSE(record::entryNumber(QString(40, u'9')));
}

TEST_CASE("the record is searched by words and by the number of an entry")
{
    Fixture fixture;
    CHECK(fixture.found(words(u"late"_s)) == Numbers{1, 3});
    CHECK(fixture.found(words(u"LATE ord"_s)) == Numbers{3});
    CHECK(fixture.found(words(u"never said"_s)).empty());
    CHECK(fixture.found(words(u"4"_s)) == Numbers{3, 4}); // a word that begins so, and the entry itself
    CHECK(fixture.found(words(u"№ 2"_s)) == Numbers{2});
    CHECK(fixture.found(words(u"900"_s)).empty());
    CHECK(fixture.found(words(u"!?"_s)).empty());
}

TEST_CASE("the record is narrowed by whose entries, what happened and since when, together")
{
    Fixture fixture;
    Find find;
    CHECK(find.isEverything());
    CHECK(fixture.found(find) == Numbers{0, 1, 2, 3, 4});
    find.actor = fixture.member;
    CHECK_FALSE(find.isEverything());
    CHECK(fixture.found(find) == Numbers{4});
    find.actor = 0;
    CHECK(fixture.found(find) == Numbers{0, 1, 2, 3});
    find.kinds = {Kind::ItemSeen, Kind::Note};
    CHECK(fixture.found(find) == Numbers{1, 2, 3});
    find.from = fixture.inbox.clock.now() - std::chrono::hours(48);
    CHECK(fixture.found(find) == Numbers{2, 3});
    find.words = u"late"_s;
    CHECK(fixture.found(find) == Numbers{3});
}

TEST_CASE("a part of the record is looked at, and what is no entry any more is left out")
{
    Fixture fixture;
    CHECK(fixture.found({}, 2, 2) == Numbers{2, 3});
    CHECK(fixture.found(words(u"late"_s), 2, 2) == Numbers{3});
    CHECK(fixture.found(words(u"late"_s), 0, 3) == Numbers{1});
    CHECK(fixture.found(words(u"1"_s), 2, 2).empty());
    fixture.inbox.tamper("UPDATE record_entry SET entry = zeroblob(108) WHERE idx = 2");
    CHECK(fixture.found({}) == Numbers{0, 1, 3, 4});
}
