// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/record_table.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using test::TempInbox;

TEST_CASE("a new record begins with its genesis entry and no second one is made")
{
    TempInbox inbox;
    CHECK(inbox.entries() == 1);
    inbox.store.write([&inbox](store::Connection &connection) { record::createLog(connection, inbox.clock, {}); });
    CHECK(inbox.entries() == 1);
}

TEST_CASE("an entry and what it is about are stored together or not at all")
{
    TempInbox inbox;
    const Result<void> failed = test::wait(inbox.store.database().write([&inbox](store::Connection &connection) {
        record::Log log(connection, inbox.clock);
        log.append({record::Kind::Note, QByteArray(16, 's'), 1, true, QJsonObject{{u"text"_s, u"x"_s}}});
        throw store::StoreException(ErrorKind::Rejected, u"no"_s);
    }));
    CHECK_FALSE(failed.has_value());
    CHECK(inbox.entries() == 1);
    CHECK(inbox.verify().isGood());
}

TEST_CASE("entries of one subject are chained and those of others are not")
{
    TempInbox inbox;
    const QByteArray a(16, 'a');
    const QByteArray b(16, 'b');
    inbox.store.write([&](store::Connection &connection) {
        record::Log log(connection, inbox.clock);
        for (const QByteArray &subject : {a, b, a, a})
            log.append({record::Kind::Note, subject, 1, true, QJsonObject{}});
    });
    inbox.store.read([&](store::Connection &connection) {
        const auto entry = [&connection](qint64 idx) {
            return *record::Entry::fromBytes(*store::readRecordEntry(connection, idx));
        };
        CHECK(entry(1).previous == record::kNoPrevious);
        CHECK(entry(3).subjectSeq == 1);
        CHECK(entry(3).previous == 1);
        CHECK(entry(4).previous == 3);
        CHECK(entry(2).previous == record::kNoPrevious);
        CHECK(entry(4).flags == record::kFlagHuman);
        CHECK(entry(4).actor == 1);
    });
}

TEST_CASE("a clock that goes back is on the record")
{
    TempInbox inbox;
    inbox.clock.advance(std::chrono::hours(-5));
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"x"_s, inbox.clock.now())});
    const std::optional<record::Entry> entry = inbox.store.read(
        [](store::Connection &connection) { return record::Entry::fromBytes(*store::readRecordEntry(connection, 1)); });
    REQUIRE(entry.has_value());
    CHECK((entry->flags & record::kFlagClockBackwards) != 0);
}

TEST_CASE("a body that is not canonical is refused and nothing is stored")
{
    TempInbox inbox;
    const Result<void> failed = test::wait(inbox.store.database().write([&inbox](store::Connection &connection) {
        record::Log log(connection, inbox.clock);
        log.append({record::Kind::Note, record::systemSubject(), 1, true, QJsonObject{{u"n"_s, 0.5}}});
    }));
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().kind == ErrorKind::Rejected);
    CHECK(inbox.entries() == 1);
}
