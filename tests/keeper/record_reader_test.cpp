// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/record_reader.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace indelible;
using keeper::RecordReader;
using test::TempInbox;
using test::valueOf;
using test::wait;

namespace {

void fill(TempInbox &inbox, int entries)
{
    inbox.store.write([&](store::Connection &connection) {
        record::Log log(connection, inbox.clock);
        for (int i = 0; i < entries; ++i)
            log.append({record::Kind::Note, record::systemSubject(), 0, false, {}});
    });
}

} // namespace

TEST_CASE("the whole check says how far it is and ends with the root")
{
    TempInbox inbox;
    fill(inbox, 9000);
    RecordReader reader(inbox.store.database());
    QSignalSpy checked(&reader, &RecordReader::checked);
    const record::Verification found = valueOf(wait(reader.verify()));
    CHECK(found.isGood());
    CHECK(found.entries == 9001);
    test::waitUntil([&] { return checked.size() == 2; });
    CHECK(checked.at(0).at(0).toLongLong() == 4096);
    CHECK(checked.at(1).at(0).toLongLong() == 8192);
}

TEST_CASE("a check that is stopped says so and not that all is well")
{
    TempInbox inbox;
    fill(inbox, 9000);
    RecordReader reader(inbox.store.database());
    reader.stop();
    const record::Verification found = valueOf(wait(reader.verify()));
    CHECK_FALSE(found.isGood());
    CHECK(found.entries < 9001);
}

TEST_CASE("a reader can go while its check runs")
{
    TempInbox inbox;
    fill(inbox, 9000);
    auto reader = std::make_unique<RecordReader>(inbox.store.database());
    const auto check = reader->verify();
    reader.reset();
    CHECK_FALSE(valueOf(wait(check)).isGood());
}
