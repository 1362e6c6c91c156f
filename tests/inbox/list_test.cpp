// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace std::chrono_literals;
using test::ownItem;
using test::sampleItem;
using test::TempInbox;

namespace {

/// 130 conversations in every state, some of the same age so that pages have to break ties.
void fill(TempInbox &inbox)
{
    std::vector<RemoteItem> items;
    for (int i = 0; i < 130; ++i) {
        const Instant at = inbox.clock.now() - std::chrono::minutes(i / 4);
        RemoteItem item = sampleItem(u"in %1"_s.arg(i), u"t%1"_s.arg(i), u"word %1"_s.arg(i), at);
        item.kind = i % 3 == 0 ? ItemKind::Review : ItemKind::Mention;
        if (i % 5 == 0)
            item.audience = Audience::Private;
        items.push_back(item);
        if (i % 4 == 0)
            items.push_back(ownItem(u"out %1"_s.arg(i), u"t%1"_s.arg(i), u"answer"_s, at + 1s));
    }
    inbox.ingest(items);
}

std::vector<ConversationRow> readAll(TempInbox &inbox, InboxQuery query)
{
    std::vector<ConversationRow> rows;
    do {
        const InboxPage page = test::valueOf(test::wait(inbox.service->page(query)));
        rows.insert(rows.end(), page.rows.begin(), page.rows.end());
        query.after = page.next;
    } while (query.after);
    return rows;
}

} // namespace

TEST_CASE("pages of every view and order hold each conversation once, in ascending order of their keys")
{
    TempInbox inbox;
    fill(inbox);
    for (const View view : {View::NeedsReply, View::DueSoon, View::Mine, View::NotYetOwned, View::Waiting, View::Done,
                            View::Everything}) {
        for (const Order order : {Order::MostUrgent, Order::Newest, Order::Oldest}) {
            InboxQuery query;
            query.view = view;
            query.order = order;
            query.limit = 1000;
            const std::vector<ConversationRow> whole = readAll(inbox, query);
            query.limit = 7;
            const std::vector<ConversationRow> paged = readAll(inbox, query);
            REQUIRE(whole.size() == paged.size());
            for (size_t i = 0; i < whole.size(); ++i)
                CHECK(whole[i].id == paged[i].id);
            CHECK(std::is_sorted(paged.begin(), paged.end(),
                                 [](const ConversationRow &a, const ConversationRow &b) { return a.key < b.key; }));
        }
    }
}

TEST_CASE("views hold what they say")
{
    TempInbox inbox;
    fill(inbox);
    InboxQuery query;
    query.limit = 1000;
    const auto count = [&](View view) {
        query.view = view;
        return inbox.list(query).size();
    };
    CHECK(count(View::Everything) == 130);
    CHECK(count(View::Waiting) == 33);
    CHECK(count(View::NeedsReply) == 97);
    CHECK(count(View::NotYetOwned) == 130);
    CHECK(count(View::Mine) == 0);
    query.filter = KindFilter::Private;
    CHECK(count(View::Everything) == 26);
    query.filter = KindFilter::Reviews;
    CHECK(count(View::Everything) == 44);
    const InboxCounts counts = test::valueOf(test::wait(inbox.service->counts()));
    CHECK(counts.needsReply == 97);
    CHECK(counts.waiting == 33);
}

TEST_CASE("a row asked for by its number is listed only where the view lists it")
{
    TempInbox inbox;
    fill(inbox);
    InboxQuery query;
    const std::vector<ConversationRow> rows = inbox.list(query);
    const ConversationId first = rows.front().id;
    std::vector<ConversationRow> again = test::valueOf(test::wait(inbox.service->rows(query, {first})));
    REQUIRE(again.size() == 1);
    CHECK(again.front().key == rows.front().key);
    test::valueOf(test::wait(inbox.service->markDone(first, true)));
    CHECK(test::valueOf(test::wait(inbox.service->rows(query, {first}))).empty());
}

TEST_CASE("done is on the record once, and something new of theirs opens the conversation again")
{
    TempInbox inbox;
    const ConversationId id = inbox.ingest({sampleItem(u"1"_s, u"t"_s, u"a"_s, inbox.clock.now())}).changed.front();
    test::valueOf(test::wait(inbox.service->markDone(id, true)));
    const qint64 entries = inbox.entries();
    test::valueOf(test::wait(inbox.service->markDone(id, true)));
    CHECK(inbox.entries() == entries);
    CHECK(inbox.open(id).row.turn == Turn::Done);
    inbox.ingest({sampleItem(u"2"_s, u"t"_s, u"still waiting"_s, inbox.clock.now() + 1s)});
    CHECK(inbox.open(id).row.turn == Turn::NeedsReply);
}

TEST_CASE("notes, owners and drafts are kept, and only what was done is on the record")
{
    TempInbox inbox;
    const ConversationId id = inbox.ingest({sampleItem(u"1"_s, u"t"_s, u"a"_s, inbox.clock.now())}).changed.front();
    const qint64 before = inbox.entries();
    test::valueOf(test::wait(inbox.service->saveDraft(id, Draft{u"half a sen"_s, Audience::Public, false})));
    test::valueOf(test::wait(inbox.service->markSeen(id, true)));
    CHECK(inbox.entries() == before);
    CHECK(test::valueOf(test::wait(inbox.service->addNote(id, u"strap was loose"_s))) == before);
    test::valueOf(test::wait(inbox.service->assign(id, u"Priya"_s)));
    const ConversationView view = inbox.open(id);
    CHECK(view.draft.text == u"half a sen"_s);
    CHECK(view.row.snippetIsDraft);
    CHECK_FALSE(view.row.unread);
    CHECK(view.row.owner == u"Priya"_s);
    REQUIRE(view.events.size() == 2);
    CHECK(view.events.front().text == u"strap was loose"_s);
    CHECK(inbox.list(View::Mine).size() == 1);
    const Result<qint64> empty = test::wait(inbox.service->addNote(id, u"  \n"_s));
    REQUIRE_FALSE(empty.has_value());
    CHECK(empty.error().kind == ErrorKind::Rejected);
}

TEST_CASE("asking for a conversation that is not there says so")
{
    TempInbox inbox;
    const Result<ConversationView> missing = test::wait(inbox.service->open(ConversationId(77)));
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().kind == ErrorKind::NotFound);
}
