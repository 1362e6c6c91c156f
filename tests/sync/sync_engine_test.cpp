// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/outbox/outbox_service.h"
#include "app/sync/sync_engine.h"
#include "tests/support/catch.h"
#include "tests/support/fake_channel.h"
#include "tests/support/temp_inbox.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace std::chrono_literals;
using sync::SyncEngine;
using test::FakeChannel;
using test::sampleItem;
using test::TempInbox;

namespace {

struct Rig
{
    Rig()
        : outbox(inbox.store.database(), inbox.clock, inbox.member)
        , engine(inbox.store.database(), outbox, inbox.clock)
    {
        auto made = std::make_unique<FakeChannel>();
        channel = made.get();
        engine.addAccount(inbox.account, std::move(made));
    }
    void page(const QStringList &ids, const QByteArray &cursor, bool more)
    {
        channels::Batch batch;
        for (const QString &id : ids)
            batch.items.push_back(sampleItem(id, u"t"_s + id, u"words of "_s + id, inbox.clock.now()));
        batch.cursor = cursor;
        batch.more = more;
        channel->batches.push_back(batch);
    }
    Result<sync::SyncReport> run(SyncEngine::Depth depth = SyncEngine::Depth::Usual)
    {
        return test::wait(engine.syncAccount(inbox.account.id, depth));
    }
    QByteArray cursor()
    {
        return inbox.store.read(
            [this](store::Connection &connection) { return store::readCursor(connection, inbox.account.id); });
    }
    Account account()
    {
        return *inbox.store.read(
            [this](store::Connection &connection) { return store::readAccount(connection, inbox.account.id); });
    }

    TempInbox inbox;
    outbox::OutboxService outbox;
    SyncEngine engine;
    FakeChannel *channel;
};

} // namespace

TEST_CASE("a disk that is nearly full stops fetching in one sentence, and answers still go out")
{
    Rig rig;
    rig.page({u"1"_s}, "c1", false);
    test::valueOf(rig.run());
    rig.page({u"2"_s}, "c2", false);
    const ConversationId conversation = rig.inbox.list(View::Everything).front().id;
    test::valueOf(test::wait(rig.outbox.queue(conversation, u"On its way"_s, Audience::Public, {}, 0ms)));
    qint64 free = 100LL * 1024 * 1024 - 1;
    rig.engine.setFreeBytes([&free] { return std::optional(free); });
    QSignalSpy failed(&rig.engine, &SyncEngine::failed);
    const Result<sync::SyncReport> stopped = rig.run();
    REQUIRE_FALSE(stopped.has_value());
    CHECK(stopped.error().kind == ErrorKind::DiskFull);
    CHECK(stopped.error().detail.contains(u"99 MB free"_s));
    CHECK(failed.size() == 1);
    CHECK(rig.channel->posts.size() == 1);
    CHECK(rig.cursor() == "c1");
    CHECK(rig.account().state == AccountState::Live);

    free += 1;
    CHECK(test::valueOf(rig.run()).newItems == 1);
    rig.engine.setFreeBytes([] { return std::optional<qint64>(); });
    CHECK(rig.run().has_value());
}

TEST_CASE("pages are fetched to the end, each stored with the cursor behind it")
{
    Rig rig;
    rig.page({u"1"_s, u"2"_s}, "c1", true);
    rig.page({u"2"_s, u"3"_s}, "c2", true);
    rig.page({}, "c3", false);
    const Result<sync::SyncReport> report = rig.run();
    REQUIRE(report.has_value());
    CHECK(report->newItems == 3);
    CHECK(rig.channel->cursors == std::vector<QByteArray>{"", "c1", "c2"});
    CHECK(rig.cursor() == "c3");
    CHECK(rig.account().state == AccountState::Live);
    CHECK(rig.account().lastGoodFetch.has_value());
}

TEST_CASE("a page that cannot be read keeps what came before it and the cursor where it was")
{
    Rig rig;
    rig.page({u"1"_s}, "c1", true);
    rig.channel->batches.push_back(failure(ErrorKind::InvalidReply, u"truncated"_s));
    QSignalSpy arrived(&rig.engine, &SyncEngine::arrived);
    CHECK(rig.run().error().kind == ErrorKind::InvalidReply);
    REQUIRE(arrived.size() == 1); // people hear of what came
    CHECK(arrived.front().front() == 1);
    CHECK(rig.cursor() == "c1");
    CHECK(rig.inbox.list(View::Everything).size() == 1);
    CHECK(rig.account().state == AccountState::ServerTrouble);
    rig.page({u"2"_s}, "c2", false);
    CHECK(rig.run().has_value());
    CHECK(rig.channel->cursors.back() == "c1");
    CHECK(rig.account().state == AccountState::Live);
}

TEST_CASE(
    "an account says how often it was tried in vain and since when, also after a new start, until a round is good")
{
    Rig rig;
    const Instant first = rig.inbox.clock.now();
    for (int i = 0; i < 3; ++i) {
        rig.channel->batches.push_back(failure(ErrorKind::ServerTrouble, u"502"_s));
        REQUIRE_FALSE(rig.run().has_value());
        rig.inbox.clock.advance(5min);
    }
    CHECK(rig.account().failed == FailedRounds{3, first});
    CHECK(rig.account().retryAt == first + 10min + 4min);

    SyncEngine next(rig.inbox.store.database(), rig.outbox, rig.inbox.clock);
    auto channel = std::make_unique<FakeChannel>();
    channel->batches.push_back(failure(ErrorKind::Cancelled, u"the program ends"_s));
    channel->batches.push_back(failure(ErrorKind::ServerTrouble, u"502"_s));
    next.addAccount(rig.account(), std::move(channel));
    for (int i = 0; i < 2; ++i)
        REQUIRE_FALSE(test::wait(next.syncAccount(rig.inbox.account.id, SyncEngine::Depth::Usual)).has_value());
    CHECK(rig.account().failed == FailedRounds{4, first});
    test::valueOf(test::wait(next.syncAccount(rig.inbox.account.id, SyncEngine::Depth::Usual)));
    CHECK(rig.account().failed == FailedRounds{});
}

TEST_CASE("trouble of another kind is counted anew, and never since a time that is still to come")
{
    Rig rig;
    rig.channel->batches.push_back(failure(ErrorKind::Offline, u"offline"_s));
    rig.channel->batches.push_back(failure(ErrorKind::Offline, u"offline"_s));
    for (int i = 0; i < 2; ++i) {
        REQUIRE_FALSE(rig.run().has_value());
        rig.inbox.clock.advance(1h);
    }
    CHECK(rig.account().failed.count == 2);
    const Instant monday = rig.inbox.clock.now();
    rig.channel->batches.push_back(failure(ErrorKind::ServerTrouble, u"502"_s));
    REQUIRE_FALSE(rig.run().has_value());
    CHECK(rig.account().failed == FailedRounds{1, monday});
    rig.inbox.clock.advance(-2h); // somebody sets it right
    rig.channel->batches.push_back(failure(ErrorKind::ServerTrouble, u"502"_s));
    REQUIRE_FALSE(rig.run().has_value());
    CHECK(rig.account().failed == FailedRounds{2, monday - 2h});
}

TEST_CASE("an account says how many answers wait for it")
{
    Rig rig;
    rig.page({u"1"_s}, "c1", false);
    test::valueOf(rig.run());
    const ConversationId conversation = rig.inbox.list(View::Everything).front().id;
    for (const QString &text : {u"On its way"_s, u"It is there"_s})
        test::valueOf(test::wait(rig.outbox.queue(conversation, text, Audience::Public, {}, 1h)));
    CHECK(rig.account().waitingAnswers == 2);
    rig.inbox.clock.advance(2h);
    test::valueOf(rig.run());
    CHECK(rig.channel->posts.size() == 2);
    CHECK(rig.account().waitingAnswers == 0);
}

TEST_CASE("a server that stands still is left, not asked for ever")
{
    Rig rig;
    rig.page({u"1"_s}, "c1", true);
    rig.page({u"1"_s}, "c1", true);
    CHECK(rig.run().error().kind == ErrorKind::InvalidReply);
    CHECK(rig.channel->cursors.size() == 2);
}

TEST_CASE("a signed-out account says so and is not asked again by itself")
{
    Rig rig;
    rig.channel->batches.push_back(failure(ErrorKind::Unauthorised, u"sign in again"_s));
    CHECK_FALSE(rig.run().has_value());
    CHECK(rig.account().state == AccountState::SignedOut);
    CHECK(rig.account().stateDetail == u"sign in again"_s);
    rig.engine.checkNow();
    CHECK_FALSE(rig.engine.isBusy());
}

TEST_CASE("a limited account works and says what is missing")
{
    Rig rig;
    channels::Batch batch;
    batch.cursor = "c";
    batch.limited = u"no messages"_s;
    rig.channel->batches.push_back(batch);
    CHECK(rig.run().has_value());
    CHECK(rig.account().state == AccountState::Limited);
    CHECK(rig.account().stateDetail == u"no messages"_s);
}

TEST_CASE("threads are looked at again for replies to others and for deletions")
{
    Rig rig;
    rig.page({u"1"_s}, "c1", false);
    channels::Batch thread;
    thread.items.push_back(sampleItem(u"deep"_s, u"t1"_s, u"same here"_s, rig.inbox.clock.now()));
    thread.gone.push_back({u"1"_s, RemoteGone::Reason::DeletedByAuthor});
    rig.channel->contexts.insert(u"t1"_s, thread);
    const Result<sync::SyncReport> report = rig.run();
    REQUIRE(report.has_value());
    CHECK(report->newItems == 2);
    CHECK(report->gone == 1);
    // The cursor is the fetch's alone.
    CHECK(rig.cursor() == "c1");
}

TEST_CASE("a thread just looked at is left alone for a while, but not by a thorough round")
{
    Rig rig;
    rig.page({u"1"_s}, "c1", false);
    CHECK(rig.run()->requests == 2);
    CHECK(rig.run()->requests == 1);
    CHECK(rig.run(SyncEngine::Depth::Thorough)->requests == 2);
    rig.inbox.clock.advance(11min);
    CHECK(rig.run()->requests == 2);
}

TEST_CASE("what is queued goes out before fetching")
{
    Rig rig;
    rig.page({u"1"_s}, "c1", false);
    CHECK(rig.run().has_value());
    const ConversationId id = rig.inbox.list(View::NeedsReply).front().id;
    CHECK(test::wait(rig.outbox.queue(id, u"answer"_s, Audience::Public, {}, 0ms)).has_value());
    CHECK(rig.run().has_value());
    CHECK(rig.channel->posts.size() == 1);
    CHECK(rig.inbox.list(View::NeedsReply).empty());
}

TEST_CASE("two rounds of one account do not run at the same time")
{
    Rig rig;
    auto first = rig.engine.syncAccount(rig.inbox.account.id, SyncEngine::Depth::Usual);
    auto second = rig.engine.syncAccount(rig.inbox.account.id, SyncEngine::Depth::Usual);
    CHECK(test::wait(std::move(second)).error().kind == ErrorKind::Conflict);
    CHECK(test::wait(std::move(first)).has_value());
}

TEST_CASE("an answer that cannot go out now does not keep what people say from arriving")
{
    Rig rig;
    rig.page({u"1"_s}, "c1", false);
    REQUIRE(rig.run().has_value());
    const ConversationId conversation = rig.inbox.list(View::Everything).front().id;
    REQUIRE(test::wait(rig.outbox.queue(conversation, u"sorry"_s, Audience::Public,
                                        rig.channel->capabilities().publicLimit, 0ms))
                .has_value());
    rig.channel->outcomes.push_back({false, Error{ErrorKind::ServerTrouble, u"502"_s, {}, {}, {}, false}});
    rig.channel->lookUpError = Error{ErrorKind::ServerTrouble, u"502"_s, {}, {}, {}, false};
    rig.page({u"2"_s}, "c2", false);
    REQUIRE(rig.run().has_value());
    CHECK(rig.cursor() == "c2");
    CHECK(rig.account().state == AccountState::Live);
    rig.inbox.clock.advance(1min);
    rig.page({u"3"_s}, "c3", false);
    REQUIRE(rig.run().has_value());
    CHECK(rig.cursor() == "c3");
}

TEST_CASE("a thread that cannot be read again holds up neither the others nor the account")
{
    for (const ErrorKind kind : {ErrorKind::Forbidden, ErrorKind::NotFound, ErrorKind::ServerTrouble,
                                 ErrorKind::InvalidReply, ErrorKind::Timeout}) {
        Rig rig;
        rig.page({u"1"_s, u"2"_s, u"3"_s}, "c1", false);
        rig.channel->contextErrors.insert(u"t2"_s, Error{kind, u"not this one"_s, {}, {}, {}, false});
        REQUIRE(rig.run(SyncEngine::Depth::Thorough).has_value());
        CHECK(rig.channel->contextsAsked.size() == 2);
        CHECK(rig.account().state == AccountState::Live);
    }
}

TEST_CASE("an account that is left while it is fetched ends the round and nothing else")
{
    Rig rig;
    rig.page({u"1"_s}, "c1", true);
    rig.channel->beforeFetch = [&] { rig.engine.removeAccount(rig.inbox.account.id); };
    CHECK(rig.run().error().kind == ErrorKind::Cancelled);
    CHECK(rig.account().state == AccountState::Live);
    CHECK(rig.cursor().isEmpty());
}

TEST_CASE("a round that ends after the account was paused or signed in anew does not speak for it")
{
    Rig rig;
    rig.channel->batches.push_back(failure(ErrorKind::Unauthorised, u"the old session"_s));
    rig.channel->beforeFetch = [&] {
        rig.channel->beforeFetch = {};
        rig.engine.removeAccount(rig.inbox.account.id);
        rig.engine.addAccount(rig.inbox.account, std::make_unique<FakeChannel>());
    };
    CHECK(rig.run().error().kind == ErrorKind::Unauthorised);
    CHECK(rig.account().state == AccountState::Live);
}

TEST_CASE("a keychain that is locked for now is asked again by itself")
{
    Rig rig;
    rig.channel->batches.push_back(failure(ErrorKind::Secrets, u"locked"_s));
    CHECK_FALSE(rig.run().has_value());
    CHECK(rig.account().state == AccountState::SignedOut);
    CHECK(rig.account().retryAt.has_value());
    rig.page({u"1"_s}, "c1", false);
    rig.engine.checkNow();
    CHECK(rig.engine.isBusy());
    test::waitUntil([&] { return !rig.engine.isBusy(); });
    CHECK(rig.account().state == AccountState::Live);
    CHECK_FALSE(rig.account().retryAt.has_value());
}

TEST_CASE("what this computer cannot store is said")
{
    Rig rig;
    QSignalSpy failed(&rig.engine, &SyncEngine::failed);
    rig.channel->batches.push_back(failure(ErrorKind::DiskFull, u"The disk is full."_s));
    CHECK(rig.run().error().kind == ErrorKind::DiskFull);
    CHECK(failed.size() == 1);
    CHECK(rig.account().state == AccountState::Live);
}

TEST_CASE("a network that wants time between visits is left alone until then, unless a person asks")
{
    Rig rig;
    rig.page({u"1"_s}, "c1", false);
    rig.channel->batches.back()->notBefore = rig.inbox.clock.now() + 1h;
    test::valueOf(rig.run());
    CHECK(rig.account().state == AccountState::Live);
    CHECK(rig.account().retryAt == rig.inbox.clock.now() + 1h);
    const auto rounds = [&rig] { return rig.channel->cursors.size(); };
    const auto before = rounds();
    rig.inbox.clock.advance(59min);
    rig.engine.start();
    test::waitUntil([&] { return !rig.engine.isBusy(); });
    CHECK(rounds() == before);
    rig.engine.checkNow();
    test::waitUntil([&] { return !rig.engine.isBusy(); });
    CHECK(rounds() == before + 1);
    // The next round said nothing of the kind.
    CHECK_FALSE(rig.account().retryAt.has_value());
    rig.engine.stop();
}
