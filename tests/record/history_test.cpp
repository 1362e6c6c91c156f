// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/history.h"

#include "app/cases/case_service.h"
#include "app/record/log.h"
#include "app/store/case_table.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

#include <limits>

using namespace Qt::StringLiterals;
using namespace indelible;
using record::EntryView;
using record::Kind;
using test::TempInbox;
using test::valueOf;
using test::wait;

namespace {

std::vector<EntryView> all(TempInbox &inbox)
{
    return inbox.store.read([](store::Connection &connection) { return record::readEntries(connection, 0, 1000); });
}

record::EntryDetail detail(TempInbox &inbox, qint64 idx)
{
    return inbox.store.read([idx](store::Connection &connection) { return record::readEntry(connection, idx); });
}

Error errorOn(TempInbox &inbox, qint64 idx)
{
    const auto answer = wait(inbox.store.database().read(
        [idx](store::Connection &connection) { return record::readEntry(connection, idx); }));
    REQUIRE_FALSE(answer);
    return answer.error();
}

QList<qint64> numbers(TempInbox &inbox, qint64 first, int count)
{
    QList<qint64> all;
    for (const EntryView &view :
         inbox.store.read([=](store::Connection &connection) { return record::readEntries(connection, first, count); }))
        all.append(view.idx);
    return all;
}

Kind kindOf(const EntryView &view)
{
    return static_cast<Kind>(view.entry.kind);
}

RemoteItem said(const TempInbox &inbox, const QString &text, const QString &version)
{
    RemoteItem item = test::sampleItem(u"1"_s, u"thread"_s, text, inbox.clock.now());
    item.version = version;
    return item;
}

} // namespace

TEST_CASE("an entry says who did it and whom it is about")
{
    TempInbox inbox;
    inbox.ingest({said(inbox, u"Where is my cake?"_s, u"v1"_s)});
    const ConversationRow row = inbox.list(View::Everything).at(0);
    valueOf(wait(inbox.service->addNote(row.id, u"Rang her"_s)));
    cases::CaseService cases(inbox.store.database(), inbox.clock, inbox.member);
    const CaseId opened = valueOf(wait(cases.open(row.id, u"Cake late"_s)));
    const std::vector<EntryView> entries = all(inbox);
    REQUIRE(entries.size() == 4);

    CHECK(kindOf(entries[0]) == Kind::Genesis);
    CHECK(entries[0].about == record::About());
    CHECK(entries[1].member.isEmpty());
    CHECK(entries[1].about.conversation == row.id);
    CHECK(entries[1].about.name == row.person.displayName());
    CHECK(entries[1].about.network == row.network);
    CHECK(entries[1].body.value("text"_L1) == u"Where is my cake?"_s);
    // A note is no item: its conversation is that of the item before it.
    CHECK(kindOf(entries[2]) == Kind::Note);
    CHECK(entries[2].member == u"Priya"_s);
    CHECK(entries[2].about.conversation == row.id);
    CHECK(entries[3].about.caseId == opened);
    CHECK(entries[3].about.name == u"Cake late"_s);
}

TEST_CASE("a page of the record is the entries asked for, and no more than there are")
{
    TempInbox inbox;
    std::vector<RemoteItem> items;
    for (int i = 0; i < 20; ++i)
        items.push_back(test::sampleItem(QString::number(i), u"t"_s, u"words"_s, inbox.clock.now()));
    inbox.ingest(std::move(items));
    const auto read = [&](qint64 first, int count) {
        return inbox.store.read(
            [=](store::Connection &connection) { return record::readEntries(connection, first, count); });
    };
    const auto part = read(5, 4);
    REQUIRE(part.size() == 4);
    CHECK(part.front().idx == 5);
    CHECK(part.back().idx == 8);
    CHECK(read(18, 10).size() == 3);
    CHECK(read(21, 10).empty());
}

TEST_CASE("an edit shows what was said before, each edit its own")
{
    TempInbox inbox;
    inbox.ingest({said(inbox, u"first"_s, u"v1"_s)});
    inbox.ingest({said(inbox, u"second"_s, u"v2"_s)});
    inbox.ingest({said(inbox, u"third"_s, u"v3"_s)});
    CHECK(detail(inbox, 2).textBefore == u"first"_s);
    CHECK(detail(inbox, 3).textBefore == u"second"_s);
    CHECK_FALSE(detail(inbox, 1).textBefore);
    CHECK(all(inbox)[2].about.conversation == all(inbox)[3].about.conversation);
}

TEST_CASE("an entry is checked against its body and against the root")
{
    TempInbox inbox;
    inbox.ingest({said(inbox, u"as it was"_s, u"v1"_s)});
    const record::EntryDetail good = detail(inbox, 1);
    CHECK(good.isGood());
    CHECK(good.size == 2);
    CHECK(good.view.seal.size() == 32);
    inbox.tamper("UPDATE record_body SET body = cast(replace(body, 'as it was', 'as it is.') AS BLOB) WHERE idx = 1");
    CHECK_FALSE(detail(inbox, 1).bodyMatches);
    CHECK(detail(inbox, 1).inTree);
    CHECK(detail(inbox, 0).isGood());
}

TEST_CASE("an entry that was changed no longer leads to the root, nor do the others beside it")
{
    TempInbox inbox;
    inbox.ingest({said(inbox, u"as it was"_s, u"v1"_s)});
    // The actor: somebody else is to have done it.
    inbox.tamper("UPDATE record_entry SET entry = cast(substr(entry, 1, 67) || x'07' || substr(entry, 69) AS BLOB) "
                 "WHERE idx = 1");
    CHECK_FALSE(detail(inbox, 1).inTree);
    CHECK_FALSE(detail(inbox, 0).inTree);
}

TEST_CASE("an entry whose body is gone says so, and one that is not there is not found")
{
    TempInbox inbox;
    inbox.ingest({said(inbox, u"x"_s, u"v1"_s)});
    inbox.tamper("DELETE FROM record_body WHERE idx = 1");
    const record::EntryDetail empty = detail(inbox, 1);
    CHECK_FALSE(empty.view.hasBody);
    CHECK_FALSE(empty.isGood());
    CHECK(empty.inTree);
    CHECK(errorOn(inbox, 2).kind == ErrorKind::NotFound);
}

TEST_CASE("an entry that is missing is not found, and the others keep their numbers")
{
    TempInbox inbox;
    std::vector<RemoteItem> items;
    for (int i = 0; i < 20; ++i)
        items.push_back(test::sampleItem(QString::number(i), u"t"_s, u"words"_s, inbox.clock.now()));
    inbox.ingest(std::move(items));
    inbox.tamper("DELETE FROM record_entry WHERE idx = 6");
    CHECK(numbers(inbox, 5, 4) == QList<qint64>{5, 7, 8});
    CHECK(numbers(inbox, 6, 1).isEmpty());
    CHECK(errorOn(inbox, 6).kind == ErrorKind::NotFound);
    CHECK(errorOn(inbox, 6).detail.contains("no entry 6"_L1));
}

TEST_CASE("an entry that is none is left out, and the others can be read")
{
    TempInbox inbox;
    inbox.ingest({said(inbox, u"x"_s, u"v1"_s)});
    inbox.ingest({said(inbox, u"y"_s, u"v2"_s)});
    inbox.tamper("UPDATE record_entry SET entry = cast(x'00' || substr(entry, 2) AS BLOB) WHERE idx = 1");
    CHECK(numbers(inbox, 0, 128) == QList<qint64>{0, 2});
    CHECK(errorOn(inbox, 1).kind == ErrorKind::Damaged);
}

TEST_CASE("numbers that no entry of the record has are not found, even where a row was put there")
{
    TempInbox inbox;
    inbox.tamper("INSERT INTO record_entry (idx, entry) SELECT -1, entry FROM record_entry WHERE idx = 0;"
                 "INSERT INTO record_entry (idx, entry) SELECT 7, entry FROM record_entry WHERE idx = 0");
    for (const qint64 idx :
         {std::numeric_limits<qint64>::min(), qint64(-1), qint64(7), std::numeric_limits<qint64>::max()})
        CHECK(errorOn(inbox, idx).kind == ErrorKind::NotFound);
}
