// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/outbox/outbox_service.h"
#include "app/store/account_table.h"
#include "app/sync/sync_engine.h"
#include "tests/support/catch.h"
#include "tests/support/fake_channel.h"
#include "tests/support/temp_inbox.h"
#include "tests/support/wait.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using sync::SyncEngine;
using test::FakeChannel;
using test::TempInbox;

namespace {

/// Some accounts that the engine visits by itself; time passes when the test says so.
struct Rig
{
    explicit Rig(int count)
        : outbox(inbox.store.database(), inbox.clock, inbox.member)
        , engine(inbox.store.database(), outbox, inbox.clock)
    {
        for (int i = 0; i < count; ++i) {
            const Account account = i == 0 ? inbox.account : another(i);
            auto made = std::make_unique<FakeChannel>();
            channels.push_back(made.get());
            accounts.push_back(account);
            engine.addAccount(account, std::move(made));
        }
    }
    ~Rig() { engine.stop(); }

    void start(milliseconds pause)
    {
        engine.start([this, pause](const sync::Situation &situation, double) {
            situations.push_back(situation);
            return pause;
        });
    }
    /// Lets `time` pass as it does while the computer is awake.
    void pass(milliseconds time)
    {
        look();
        while (time > 0ms) {
            const milliseconds step = std::min<milliseconds>(time, 10s);
            inbox.clock.advance(step);
            time -= step;
            look();
        }
    }
    void look()
    {
        engine.visitDue();
        test::waitUntil([&] { return !engine.isBusy(); });
    }
    [[nodiscard]] std::vector<std::size_t> visits() const
    {
        std::vector<std::size_t> counts;
        for (const FakeChannel *channel : channels)
            counts.push_back(channel->cursors.size());
        return counts;
    }

    Account another(int number)
    {
        Account account = inbox.account;
        account.remoteId = account.handle = u"shop%1.example"_s.arg(number);
        inbox.store.write([&](store::Connection &connection) {
            account.id = store::insertAccount(connection, account, randomBytes(16), inbox.clock.now());
        });
        return account;
    }

    TempInbox inbox;
    outbox::OutboxService outbox;
    SyncEngine engine;
    std::vector<Account> accounts;
    std::vector<FakeChannel *> channels;
    std::vector<sync::Situation> situations;
};

using Counts = std::vector<std::size_t>;

/// One account whose network tells by itself; it was visited once, a while ago.
struct TellingRig : Rig
{
    TellingRig()
        : Rig(1)
        , channel(*channels.front())
    {
        channel.tells = true;
        start(1h);
        pass(10s);
        REQUIRE(visits() == Counts{1});
    }
    FakeChannel &channel;
};

} // namespace

TEST_CASE("at the start accounts are visited one shortly after the other")
{
    Rig rig(3);
    rig.start(1h);
    rig.pass(0ms);
    CHECK(rig.visits() == Counts{1, 0, 0});
    rig.pass(2s);
    CHECK(rig.visits() == Counts{1, 1, 0});
    rig.pass(2s);
    CHECK(rig.visits() == Counts{1, 1, 1});
    rig.pass(59min);
    CHECK(rig.visits() == Counts{1, 1, 1});
}

TEST_CASE("an account is visited again when its pause is over, and what happened there is told to the rhythm")
{
    Rig rig(1);
    channels::Batch batch;
    batch.items.push_back(test::sampleItem(u"1"_s, u"t1"_s, u"is anybody there?"_s, rig.inbox.clock.now()));
    batch.cursor = "c1";
    rig.channels.front()->batches.push_back(batch);
    rig.start(40s);
    rig.pass(0ms);
    REQUIRE(rig.visits() == Counts{1});
    CHECK(rig.situations.back().sinceActivity == 0ms);
    rig.pass(40s);
    REQUIRE(rig.visits() == Counts{2});
    CHECK(rig.situations.back().sinceActivity == 40s);
    rig.pass(39s);
    CHECK(rig.visits() == Counts{2});
}

TEST_CASE("one account that does not answer holds up no other")
{
    Rig rig(2);
    auto held = std::make_shared<QPromise<void>>();
    held->start();
    rig.channels.front()->hold = held->future();
    rig.start(1s);
    rig.inbox.clock.advance(3s);
    rig.engine.visitDue();
    test::waitUntil([&] { return rig.situations.size() == 1; }); // the end of the visit
    rig.inbox.clock.advance(2s);
    rig.engine.visitDue();
    test::waitUntil([&] { return rig.channels.back()->cursors.size() == 2; });
    CHECK(rig.channels.front()->cursors.size() == 1);
    held->finish();
    test::waitUntil([&] { return !rig.engine.isBusy(); });
}

TEST_CASE("an answer that a server is slow to take holds up the answers of no other account")
{
    Rig rig(2);
    auto held = std::make_shared<QPromise<void>>();
    held->start();
    for (FakeChannel *channel : rig.channels) {
        channels::Batch batch;
        batch.items.push_back(test::sampleItem(u"1"_s, u"t1"_s, u"is anybody there?"_s, rig.inbox.clock.now()));
        batch.cursor = "c1";
        channel->batches.push_back(batch);
        channel->holdSend = held->future();
    }
    rig.start(1h);
    rig.pass(10s);
    const auto rows = rig.inbox.list(View::Everything);
    REQUIRE(rows.size() == 2);
    // Both are due at the same moment.
    for (const auto &row : rows)
        test::valueOf(test::wait(rig.outbox.queue(row.id, u"Yes, we are."_s, Audience::Public, {}, 1s)));
    rig.inbox.clock.advance(2s);
    const auto attempts = [&rig] {
        return Counts{std::size_t(rig.channels[0]->attempts), std::size_t(rig.channels[1]->attempts)};
    };
    test::waitUntil([&] { return attempts() == Counts{1, 1}; });
    CHECK(rig.outbox.isDraining());
    held->finish();
    test::waitUntil([&] { return !rig.outbox.isDraining(); });
    CHECK(attempts() == Counts{1, 1});
    CHECK(rig.channels[0]->posts.size() + rig.channels[1]->posts.size() == 2);
}

TEST_CASE("after the computer slept everything is due, one shortly after the other")
{
    Rig rig(3);
    rig.start(10h);
    rig.pass(10s);
    REQUIRE(rig.visits() == Counts{1, 1, 1});
    SECTION("two hours later")
    {
        rig.inbox.clock.advance(2h);
    }
    SECTION("with a clock that was set back")
    {
        rig.inbox.clock.advance(-24h);
    }
    rig.look();
    CHECK(rig.visits() == Counts{2, 1, 1});
    rig.pass(5s);
    CHECK(rig.visits() == Counts{2, 2, 2});
}

TEST_CASE("an account that a server slowed down is left alone until then, and no other is")
{
    Rig rig(2);
    Error slow{ErrorKind::RateLimited, u"slowly"_s, {}, {}, 10min, true};
    rig.channels.front()->batches.push_back(tl::unexpected(slow));
    rig.start(1s);
    rig.pass(3s);
    rig.pass(5min);
    const std::size_t others = rig.visits().back();
    CHECK(rig.visits().front() == 1);
    CHECK(others >= 2);
    rig.pass(5min);
    CHECK(rig.visits().front() == 2);
}

TEST_CASE("where the connection comes back, accounts that were offline are due, and no others")
{
    Rig rig(2);
    rig.channels.front()->batches.push_back(failure(ErrorKind::Offline, u"no connection"_s));
    rig.start(1h);
    rig.pass(3s);
    REQUIRE(rig.visits() == Counts{1, 1});
    rig.engine.connectionCameBack();
    rig.pass(0ms);
    CHECK(rig.visits() == Counts{2, 1});
}

TEST_CASE("a metered connection is told to the rhythm")
{
    Rig rig(1);
    rig.engine.setMetered(true);
    rig.start(1h);
    rig.pass(0ms);
    REQUIRE_FALSE(rig.situations.empty());
    CHECK(rig.situations.back().isMetered);
}

TEST_CASE("what the network tells of is fetched at once, all of it by one visit")
{
    TellingRig rig;
    FakeChannel &channel = rig.channel;
    REQUIRE(channel.isListening());
    CHECK(rig.situations.back().isTold);
    for (int i = 0; i < 100; ++i)
        channel.tell();
    rig.pass(999ms);
    CHECK(rig.visits() == Counts{1});
    rig.pass(1ms);
    CHECK(rig.visits() == Counts{2});
    rig.pass(59min);
    CHECK(rig.visits() == Counts{2});
}

TEST_CASE("a place where much happens is visited every five seconds, not more often")
{
    Rig rig(1);
    FakeChannel &channel = *rig.channels.front();
    channel.tells = true;
    rig.start(1h);
    rig.pass(0ms);
    for (int i = 0; i < 200; ++i) {
        channel.tell();
        rig.inbox.clock.advance(100ms);
        rig.look();
    }
    CHECK(rig.visits() == Counts{1 + 20 / 5});
}

TEST_CASE("what is told while an account is being visited is fetched by the next visit")
{
    TellingRig rig;
    FakeChannel &channel = rig.channel;
    channel.beforeFetch = [&] { channel.tell(); };
    channel.tell();
    rig.pass(1s);
    REQUIRE(rig.visits() == Counts{2});
    channel.beforeFetch = {};
    rig.pass(5s);
    CHECK(rig.visits() == Counts{3});
    rig.pass(59min);
    CHECK(rig.visits() == Counts{3});
}

TEST_CASE("a server that asked us to wait is not visited for what it tells")
{
    TellingRig rig;
    FakeChannel &channel = rig.channel;
    Error slower;
    slower.kind = ErrorKind::RateLimited;
    slower.retryAfter = 10min;
    channel.batches.push_back(failure(slower));
    channel.tell();
    rig.pass(1s);
    REQUIRE(rig.visits() == Counts{2});
    channel.tell();
    rig.pass(9min);
    CHECK(rig.visits() == Counts{2});
    CHECK_FALSE(rig.engine.checkNow(rig.accounts.front().id));
    rig.pass(2min);
    CHECK(rig.visits() == Counts{3});
}

TEST_CASE("nobody listens before a visit went well, nor when the engine has stopped")
{
    Rig rig(2);
    for (FakeChannel *channel : rig.channels)
        channel->tells = true;
    rig.channels.front()->batches.push_back(failure(ErrorKind::ServerTrouble, u"out of order"_s));
    rig.start(1h);
    rig.pass(10s);
    CHECK_FALSE(rig.channels.front()->isListening());
    CHECK(rig.channels.back()->isListening());
    rig.engine.stop();
    CHECK_FALSE(rig.channels.back()->isListening());
}

TEST_CASE("a network that tells no more is visited as often as one that never did")
{
    Rig rig(1);
    FakeChannel &channel = *rig.channels.front();
    channel.tells = true;
    rig.engine.start([](const sync::Situation &situation, double) { return situation.isTold ? 1h : 2min; });
    rig.pass(10min);
    REQUIRE(rig.visits() == Counts{1});
    channel.tell = {}; // the connection broke
    channel.tells = false;
    rig.pass(1min);
    CHECK(rig.visits() == Counts{2});
    rig.pass(2min);
    CHECK(rig.visits() == Counts{3});
}

TEST_CASE("one account alone is checked when a person asks for it")
{
    Rig rig(2);
    rig.start(10h);
    rig.pass(10s);
    REQUIRE(rig.visits() == Counts{1, 1});
    CHECK(rig.engine.checkNow(rig.accounts.back().id));
    CHECK_FALSE(rig.engine.checkNow(rig.accounts.back().id));
    test::waitUntil([&] { return !rig.engine.isBusy(); });
    CHECK(rig.visits() == Counts{1, 2});
    CHECK_FALSE(rig.engine.checkNow(AccountId(4711)));
}
