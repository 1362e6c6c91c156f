// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/outbox/outbox_service.h"
#include "tests/support/catch.h"
#include "tests/support/fake_channel.h"
#include "tests/support/temp_inbox.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace std::chrono_literals;
using test::FakeChannel;
using test::sampleItem;
using test::TempInbox;

namespace {

Error errorOf(ErrorKind kind, bool provable = false)
{
    return Error{kind, u"the test said so"_s, {}, {}, {}, provable};
}

/// One question, an outbox and a network.
struct Desk
{
    Desk()
    {
        conversation =
            inbox.ingest({sampleItem(u"q"_s, u"t"_s, u"where is my cake?"_s, inbox.clock.now())}).changed.front();
        inbox.clock.advance(1min);
        makeOutbox();
    }
    void makeOutbox()
    {
        outbox = std::make_unique<outbox::OutboxService>(inbox.store.database(), inbox.clock, inbox.member);
    }

    Result<OutboxId> queue(const QString &text, std::chrono::milliseconds undo = 0ms)
    {
        return test::wait(
            outbox->queue(conversation, text, Audience::Public, channel.capabilities().publicLimit, undo));
    }
    Result<void> drain() { return test::wait(outbox->drain(inbox.account.id, channel)); }
    ConversationView view() { return inbox.open(conversation); }
    OutboxState stateOf(OutboxId id)
    {
        for (const OutboxView &open : view().outbox) {
            if (open.id == id)
                return open.state;
        }
        return OutboxState::Sent;
    }

    TempInbox inbox;
    FakeChannel channel;
    ConversationId conversation;
    std::unique_ptr<outbox::OutboxService> outbox;
};

} // namespace

TEST_CASE("an answer is on the record before it is sent, and an item of the conversation afterwards")
{
    Desk desk;
    const qint64 before = desk.inbox.entries();
    REQUIRE(desk.queue(u"We are bringing it."_s).has_value());
    CHECK(desk.inbox.entries() == before + 1);
    qint64 atSending = 0;
    desk.channel.beforeSend = [&] { atSending = before + 2; };
    REQUIRE(desk.drain().has_value());
    CHECK(atSending == before + 2);
    CHECK(desk.channel.posts.size() == 1);
    const ConversationView view = desk.view();
    REQUIRE(view.items.size() == 2);
    CHECK(view.items.back().item.text == u"We are bringing it."_s);
    CHECK(view.items.back().item.direction == Direction::Outgoing);
    CHECK(view.items.back().sentBy == u"Priya"_s);
    CHECK(view.row.turn == Turn::Waiting);
    CHECK(view.outbox.empty());
    CHECK(desk.inbox.entries() == before + 3);
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("draining twice, or at the same time, sends once")
{
    Desk desk;
    REQUIRE(desk.queue(u"once"_s).has_value());
    auto first = desk.outbox->drain(desk.inbox.account.id, desk.channel);
    auto second = desk.outbox->drain(desk.inbox.account.id, desk.channel);
    CHECK(test::wait(std::move(first)).has_value());
    CHECK(test::wait(std::move(second)).has_value());
    CHECK(desk.drain().has_value());
    CHECK(desk.channel.attempts == 1);
}

TEST_CASE("our own answer coming back by a fetch is no second bubble")
{
    Desk desk;
    REQUIRE(desk.queue(u"once"_s).has_value());
    REQUIRE(desk.drain().has_value());
    const QString remoteId = desk.view().items.back().item.remoteId;
    RemoteItem own = test::ownItem(remoteId, u"t"_s, u"once"_s, desk.inbox.clock.now());
    own.version = u"from the network"_s;
    desk.inbox.ingest({own});
    CHECK(desk.view().items.size() == 2);
    CHECK(desk.view().items.back().revisions.size() == 1);
}

TEST_CASE("nothing leaves before the undo window is over, and undoing gives the draft back")
{
    Desk desk;
    const Result<OutboxId> id = desk.queue(u"too quick"_s, 10s);
    REQUIRE(id.has_value());
    CHECK(desk.drain().has_value());
    CHECK(desk.channel.attempts == 0);
    CHECK(test::wait(desk.outbox->undo(*id)).has_value());
    desk.inbox.clock.advance(1min);
    CHECK(desk.drain().has_value());
    CHECK(desk.channel.attempts == 0);
    CHECK(desk.view().draft.text == u"too quick"_s);
    CHECK(desk.view().outbox.empty());
}

TEST_CASE("send now ends the undo window, and what has left cannot be undone")
{
    Desk desk;
    const Result<OutboxId> id = desk.queue(u"go"_s, 10s);
    CHECK(test::wait(desk.outbox->sendNow(*id)).has_value());
    CHECK(desk.drain().has_value());
    CHECK(desk.channel.posts.size() == 1);
    const Result<void> late = test::wait(desk.outbox->undo(*id));
    REQUIRE_FALSE(late.has_value());
    CHECK(late.error().kind == ErrorKind::Conflict);
}

TEST_CASE("empty, too long and doubled answers are refused and nothing is queued")
{
    Desk desk;
    CHECK(desk.queue(u"  "_s).error().kind == ErrorKind::Rejected);
    CHECK(desk.queue(QString(301, u'a')).error().kind == ErrorKind::Rejected);
    REQUIRE(desk.queue(u"same words"_s, 10s).has_value());
    CHECK(desk.queue(u"same words"_s).error().kind == ErrorKind::Conflict);
    CHECK(desk.view().outbox.size() == 1);
}

TEST_CASE("an unclear end is looked up under its key and never posted twice")
{
    // {stored?} x {found by key}: the network ends with exactly one copy.
    for (const bool stored : {true, false}) {
        for (const ErrorKind kind :
             {ErrorKind::Timeout, ErrorKind::ServerTrouble, ErrorKind::InvalidReply, ErrorKind::Offline}) {
            Desk desk;
            desk.channel.outcomes.push_back({stored, errorOf(kind)});
            const Result<OutboxId> id = desk.queue(u"careful"_s);
            (void)desk.drain();
            CHECK(desk.stateOf(*id) == OutboxState::Unknown);
            desk.inbox.clock.advance(1min);
            CHECK(desk.drain().has_value());
            desk.inbox.clock.advance(1min);
            CHECK(desk.drain().has_value());
            CHECK(desk.stateOf(*id) == OutboxState::Sent);
            CHECK(desk.channel.posts.size() == 1);
            CHECK(desk.view().items.size() == 2);
        }
    }
}

TEST_CASE("where the network cannot tell, an unclear answer waits for a person")
{
    Desk desk;
    desk.channel.findsSent = false;
    desk.channel.givesKeys = false;
    desk.channel.outcomes.push_back({false, errorOf(ErrorKind::Timeout)});
    const Result<OutboxId> id = desk.queue(u"did it arrive?"_s);
    (void)desk.drain();
    for (int i = 0; i < 5; ++i) {
        desk.inbox.clock.advance(10min);
        CHECK(desk.drain().has_value());
    }
    CHECK(desk.stateOf(*id) == OutboxState::Unknown);
    CHECK(desk.channel.attempts == 1);
    CHECK(test::wait(desk.outbox->sendAgain(*id)).has_value());
    CHECK(desk.drain().has_value());
    CHECK(desk.stateOf(*id) == OutboxState::Sent);
    CHECK(desk.channel.posts.size() == 1);
}

TEST_CASE("a failed answer keeps its words and waits for a person")
{
    Desk desk;
    desk.channel.outcomes.push_back({false, errorOf(ErrorKind::Rejected)});
    const Result<OutboxId> id = desk.queue(u"no way"_s);
    CHECK(desk.drain().has_value());
    CHECK(desk.stateOf(*id) == OutboxState::Failed);
    desk.inbox.clock.advance(1h);
    CHECK(desk.drain().has_value());
    CHECK(desk.channel.attempts == 1);
    CHECK(desk.view().outbox.front().text == u"no way"_s);
    CHECK(test::wait(desk.outbox->giveUp(*id)).has_value());
    CHECK(desk.view().outbox.empty());
    CHECK_FALSE(test::wait(desk.outbox->sendAgain(*id)).has_value());
}

TEST_CASE("without a connection an answer waits its pause and then goes out")
{
    Desk desk;
    desk.channel.outcomes.push_back({false, errorOf(ErrorKind::Offline, true)});
    const Result<OutboxId> id = desk.queue(u"patience"_s);
    CHECK(desk.drain().error().kind == ErrorKind::Offline);
    CHECK(desk.drain().has_value());
    CHECK(desk.channel.attempts == 1);
    desk.inbox.clock.advance(6s);
    CHECK(desk.drain().has_value());
    CHECK(desk.stateOf(*id) == OutboxState::Sent);
    CHECK(desk.channel.posts.size() == 1);
}

TEST_CASE("what was under way when the program ended is unclear, never queued")
{
    Desk desk;
    const Result<OutboxId> id = desk.queue(u"crash"_s);
    // The state as a crash leaves it: the attempt is committed, its end is not.
    desk.inbox.store.write([&](store::Connection &connection) {
        connection.statement("UPDATE outbox SET state = 2, attempts = 1, key = ? WHERE id = ?")
            .bind(QByteArray("key1"), *id)
            .run();
    });
    desk.inbox.reopen();
    desk.makeOutbox();
    CHECK(test::wait(desk.outbox->recoverInterrupted()).has_value());
    CHECK(desk.stateOf(*id) == OutboxState::Unknown);
    CHECK(test::wait(desk.outbox->recoverInterrupted()).has_value());
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("an answer to a conversation in which they have nothing left is refused")
{
    Desk desk;
    desk.inbox.ingest({}, {{u"q"_s, RemoteGone::Reason::DeletedByAuthor}});
    const Result<OutboxId> refused = desk.queue(u"hello?"_s);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Rejected);
}
