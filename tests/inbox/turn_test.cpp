// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/goal.h"
#include "app/inbox/summary.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace std::chrono_literals;
using test::ownItem;
using test::sampleItem;
using test::TempInbox;

TEST_CASE("whose turn it is follows from who spoke last")
{
    store::ConversationFacts facts;
    facts.items = 1;
    CHECK(inbox::turnOf(facts) == Turn::Quiet);
    facts.incoming = 1;
    facts.newestIncomingId = 5;
    facts.firstUnansweredAt = fromMs(1);
    CHECK(inbox::turnOf(facts) == Turn::NeedsReply);
    facts.firstUnansweredAt.reset();
    CHECK(inbox::turnOf(facts) == Turn::Waiting);
    facts.doneItemId = 5;
    CHECK(inbox::turnOf(facts) == Turn::Done);
    facts.newestIncomingId = 6;
    facts.firstUnansweredAt = fromMs(2);
    CHECK(inbox::turnOf(facts) == Turn::NeedsReply);
}

TEST_CASE("the clock runs from the first item that has no answer, not from the last")
{
    TempInbox inbox;
    const Instant start = inbox.clock.now();
    inbox.clock.advance(1h);
    const ConversationId id =
        inbox
            .ingest({sampleItem(u"1"_s, u"t"_s, u"a"_s, start), ownItem(u"2"_s, u"t"_s, u"b"_s, start + 1min),
                     sampleItem(u"3"_s, u"t"_s, u"c"_s, start + 5min),
                     sampleItem(u"4"_s, u"t"_s, u"hello?"_s, start + 50min)})
            .changed.front();
    CHECK(inbox.open(id).row.dueAt == start + 5min + kReplyGoal);
}

TEST_CASE("items that come out of order are put in the order in which they were written")
{
    TempInbox inbox;
    const Instant start = inbox.clock.now() - 1h;
    inbox.ingest({ownItem(u"2"_s, u"t"_s, u"answer"_s, start + 2min)});
    const ConversationId id = inbox.ingest({sampleItem(u"1"_s, u"t"_s, u"question"_s, start)}).changed.front();
    const ConversationView view = inbox.open(id);
    REQUIRE(view.items.size() == 2);
    CHECK(view.items.front().item.text == u"question"_s);
    CHECK(view.row.turn == Turn::Waiting);
}

TEST_CASE("order and clocks are the same for public and private, whoever writes")
{
    // R7: the rows have no place for audience size at all; what could differ is public or private.
    std::vector<QString> orders;
    for (const bool swapped : {false, true}) {
        TempInbox inbox;
        std::vector<RemoteItem> items;
        for (int i = 0; i < 20; ++i) {
            RemoteItem item = sampleItem(QString::number(i), u"t%1"_s.arg(i), u"x"_s,
                                         inbox.clock.now() - std::chrono::minutes(i * 7 % 20));
            item.audience = (i % 2 == 0) == swapped ? Audience::Private : Audience::Public;
            items.push_back(item);
        }
        inbox.ingest(items);
        QString order;
        for (const ConversationRow &row : inbox.list(View::NeedsReply))
            order += row.threadId + u' ' + toRfc3339(*row.dueAt) + u'\n';
        orders.push_back(order);
    }
    CHECK(orders.at(0) == orders.at(1));
    CHECK(orders.at(0).count(u'\n') == 20);
}

TEST_CASE("after done the clock begins with what is new, not with what was done")
{
    TempInbox inbox;
    const Instant start = inbox.clock.now();
    const ConversationId id = inbox.ingest({sampleItem(u"1"_s, u"t"_s, u"a"_s, start)}).changed.front();
    test::valueOf(test::wait(inbox.service->markDone(id, true)));
    inbox.clock.advance(24h);
    inbox.ingest({sampleItem(u"2"_s, u"t"_s, u"again"_s, inbox.clock.now())});
    CHECK(inbox.open(id).row.turn == Turn::NeedsReply);
    CHECK(inbox.open(id).row.dueAt == inbox.clock.now() + kReplyGoal);
}

TEST_CASE("a date from before any network was made decides nothing")
{
    TempInbox inbox;
    const ConversationId id = inbox.ingest({sampleItem(u"1"_s, u"t"_s, u"from 1970"_s, fromMs(0))}).changed.front();
    CHECK(inbox.open(id).row.dueAt == inbox.clock.now() + kReplyGoal);
    CHECK(toMs(inbox.open(id).items.front().item.createdAt) == 0);
}
