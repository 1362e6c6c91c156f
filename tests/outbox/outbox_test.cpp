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

TEST_CASE("what they wrote before our answer, and came after it, still needs a reply")
{
    Desk desk;
    const Instant before = desk.inbox.clock.now() - 10s;
    REQUIRE(desk.queue(u"We are bringing it."_s).has_value());
    REQUIRE(desk.drain().has_value());
    CHECK(desk.view().row.turn == Turn::Waiting);
    desk.inbox.clock.advance(1min);
    desk.inbox.ingest({sampleItem(u"late"_s, u"t"_s, u"and the candles?"_s, before)});
    CHECK(desk.view().row.turn == Turn::NeedsReply);
}

TEST_CASE("undoing keeps the words that were written meanwhile")
{
    Desk desk;
    const Result<OutboxId> id = desk.queue(u"too quick"_s, 10s);
    REQUIRE(id.has_value());
    test::valueOf(test::wait(
        desk.inbox.service->saveDraft(desk.conversation, Draft{u"second thoughts"_s, Audience::Public, false})));
    REQUIRE(test::wait(desk.outbox->undo(*id)).has_value());
    CHECK(desk.view().draft.text == u"too quick\n\nsecond thoughts"_s);
}

TEST_CASE("an answer that cannot be looked up holds up no other answer")
{
    Desk desk;
    const Result<OutboxId> unclear = desk.queue(u"unclear"_s);
    desk.channel.outcomes.push_back({true, errorOf(ErrorKind::Timeout)});
    CHECK_FALSE(desk.drain().has_value());
    CHECK(desk.stateOf(*unclear) == OutboxState::Unknown);
    desk.inbox.clock.advance(1min);
    desk.channel.lookUpError = errorOf(ErrorKind::ServerTrouble);
    const Result<OutboxId> next = desk.queue(u"clear"_s);
    CHECK(desk.drain().has_value());
    CHECK(desk.stateOf(*unclear) == OutboxState::Unknown);
    CHECK(desk.stateOf(*next) == OutboxState::Sent);
    desk.channel.lookUpError.reset();
    desk.inbox.clock.advance(1min);
    CHECK(desk.drain().has_value());
    CHECK(desk.stateOf(*unclear) == OutboxState::Sent);
    CHECK(desk.channel.posts.size() == 2);
}

TEST_CASE("a lookup is told which answers with the same words are others")
{
    Desk desk;
    REQUIRE(desk.queue(u"Thank you!"_s).has_value());
    REQUIRE(desk.drain().has_value());
    const QString first = desk.view().items.back().item.remoteId;
    REQUIRE(desk.queue(u"Thank you!"_s).has_value());
    desk.channel.outcomes.push_back({false, errorOf(ErrorKind::Timeout)});
    CHECK_FALSE(desk.drain().has_value());
    desk.inbox.clock.advance(1min);
    REQUIRE(desk.drain().has_value());
    CHECK(desk.channel.lookedFor.others == QStringList{first});
}

TEST_CASE("an account that is paused, left or signed out has nothing due, and one told to wait only then")
{
    Desk desk;
    REQUIRE(desk.queue(u"later"_s).has_value());
    const auto nextDue = [&desk] { return test::valueOf(test::wait(desk.outbox->nextDue())); };
    const Instant now = desk.inbox.clock.now();
    const auto setState = [&](AccountState state, std::optional<Instant> retryAt = {}) {
        desk.inbox.store.write([&](store::Connection &connection) {
            store::updateAccountState(connection, desk.inbox.account.id, state, QString(), retryAt);
        });
    };
    CHECK(nextDue() == now);
    for (const AccountState state : {AccountState::Paused, AccountState::SignedOut, AccountState::Disconnected}) {
        setState(state);
        CHECK_FALSE(nextDue().has_value());
    }
    setState(AccountState::SlowedDown, now + 5min);
    CHECK(nextDue() == now + 5min);
}

TEST_CASE("nothing is queued for an account that was left")
{
    Desk desk;
    desk.inbox.store.write([&](store::Connection &connection) {
        store::updateAccountState(connection, desk.inbox.account.id, AccountState::Disconnected, QString(), {});
    });
    const Result<OutboxId> refused = desk.queue(u"hello"_s);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().detail.contains(u"disconnected"_s));
}
