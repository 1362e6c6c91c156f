// SPDX-License-Identifier: GPL-3.0-or-later
// What every channel keeps, on a network that works. app/channels/README.md says how another one is added.
#include "tests/channels/contract/rig.h"
#include "tests/support/catch.h"
#include "tests/support/test_authority.h"
#include "tests/support/wait.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::test;
using namespace std::chrono_literals;
using Depth = sync::SyncEngine::Depth;

namespace {

using Ability = bool Network::Abilities::*;

/// On each network in turn, or on each that has the ability.
template<typename Body>
void onEach(Ability needed, Body body, const QSslConfiguration *tls = nullptr)
{
    for (const NetworkType &type : networks()) {
        INFO(type.name);
        const std::unique_ptr<Network> network = type.makeWith(tls);
        if (!needed || network->abilities().*needed)
            body(*network);
    }
}

template<typename Body>
void onEach(Body body)
{
    onEach(nullptr, std::move(body));
}

/// On each network that the account can answer on, with how it does so.
template<typename Body>
void onEachAnswerable(Body body)
{
    onEach([&body](Network &network) {
        if (const std::optional<Audience> audience = network.abilities().usualAudience())
            body(network, *audience);
    });
}

using Items = QMap<QString, QString>;

const Behaviour &named(const char *name)
{
    for (const Behaviour &behaviour : behaviours()) {
        if (qstrcmp(behaviour.name, name) == 0)
            return behaviour;
    }
    throw std::logic_error(name);
}

channels::Outgoing answerTo(Rig &rig, const QString &remoteId, const QString &text)
{
    const ConversationView view = rig.inbox.open(rig.conversationOf(remoteId));
    channels::Outgoing outgoing;
    for (const ItemView &item : view.items) {
        if (item.item.remoteId == remoteId) {
            outgoing.audience = item.item.audience;
            outgoing.threadId = item.item.threadId;
            outgoing.parentId = remoteId;
            outgoing.reply = item.item.reply;
        }
    }
    outgoing.text = text;
    outgoing.createdAt = rig.inbox.clock.now();
    outgoing.key = rig.channel().prepareKey(rig.inbox.clock.now());
    return outgoing;
}

} // namespace

TEST_CASE("everything that is there comes the first time, over several pages, and nothing twice the next time")
{
    onEach([](Network &network) {
        Items all;
        for (int i = 0; i < 2 * network.abilities().pageLength + 2; ++i) {
            const QString text = u"question %1"_s.arg(i);
            all.insert(network.write(text), text);
        }
        if (network.abilities().privateMessages)
            all.insert(network.writePrivately(u"a private question"_s), u"a private question"_s);
        Rig rig(network);
        CHECK(valueOf(rig.round()).newIncoming == all.size());
        CHECK(rig.incoming() == all);
        CHECK(valueOf(rig.round()).newItems == 0);
        CHECK(rig.incoming() == all);
    });
}

TEST_CASE("what is new comes alone, also after a new start and where a page repeats what is known")
{
    onEach([](Network &network) {
        Items all;
        for (int i = 0; i < 5; ++i) {
            const QString text = u"question %1"_s.arg(i);
            all.insert(network.write(text), text);
        }
        Rig rig(network);
        REQUIRE(rig.round());
        rig.restart(20s);
        for (int i = 5; i < 12; ++i) {
            const QString text = u"question %1"_s.arg(i);
            all.insert(network.write(text), text);
        }
        CHECK(valueOf(rig.round()).newItems == 7);
        CHECK(rig.incoming() == all);
        CHECK(rig.inbox.verify().isGood());
    });
}

TEST_CASE("what comes again after the place where we were was lost is known, all of it")
{
    onEach([](Network &network) {
        for (int i = 0; i < network.abilities().pageLength + 2; ++i)
            (void)network.write(u"question %1"_s.arg(i));
        Rig rig(network);
        REQUIRE(rig.round());
        const Items all = rig.incoming();
        REQUIRE_FALSE(all.isEmpty());
        rig.forgetPlace();
        const sync::SyncReport again = valueOf(rig.round());
        CHECK(again.newItems == 0);
        CHECK(again.revisions == 0);
        CHECK(rig.incoming() == all);
    });
}

TEST_CASE("an answer lies in the conversation of what it answers, whichever of them is seen first")
{
    const bool turned = GENERATE(false, true);
    onEach(&Network::Abilities::threads, [turned](Network &network) {
        const QString root = network.write(u"the soup was cold"_s);
        const QString below = network.write(u"and so was the tea"_s, root);
        const QString deeper = network.write(u"and the cake"_s, below);
        if (turned)
            network.turnRound();
        Rig rig(network);
        REQUIRE(rig.round());
        CHECK(rig.conversationOf(root).isValid());
        CHECK(rig.conversationOf(below) == rig.conversationOf(root));
        CHECK(rig.conversationOf(deeper) == rig.conversationOf(root));
    });
}

TEST_CASE("what the account wrote elsewhere is ours, in its conversation")
{
    onEach(&Network::Abilities::ownElsewhere, [](Network &network) {
        const QString root = network.write(u"the soup was cold"_s);
        const QString ours = network.writeOurselves(u"we are sorry"_s, root);
        Rig rig(network);
        REQUIRE(rig.round());
        CHECK(rig.outgoing().value(ours) == u"we are sorry"_s);
        CHECK(rig.conversationOf(ours) == rig.conversationOf(root));
        CHECK_FALSE(rig.incoming().contains(ours));
    });
}

TEST_CASE("what was changed is a new version, and the old one stays")
{
    onEach(&Network::Abilities::edits, [](Network &network) {
        const QString id = network.write(u"the soup was cold"_s);
        Rig rig(network);
        REQUIRE(rig.round());
        network.edit(id, u"the soup was lukewarm"_s);
        CHECK(valueOf(rig.round(Depth::Thorough)).revisions == 1);
        CHECK(rig.incoming().value(id) == u"the soup was lukewarm"_s);
        CHECK(valueOf(rig.round(Depth::Thorough)).revisions == 0);
    });
}

TEST_CASE("words between two edits are kept, whether or not the first ones had been seen, whichever request fails")
{
    const bool seen = GENERATE(true, false);
    const char *how = GENERATE("500", "200 with the page of a hotel's network");
    for (const NetworkType &type : networks()) {
        bool failed = type.make()->abilities().everyVersion;
        for (int at = 1; failed; ++at) {
            INFO(type.name << ", request " << at);
            const std::unique_ptr<Network> network = type.make();
            const QString id = network->write(u"the soup was cold"_s);
            Rig rig(*network);
            if (seen)
                REQUIRE(rig.round());
            network->edit(id, u"the soup was lukewarm"_s);
            network->edit(id, u"the soup was fine"_s);
            network->misbehave(named(how), at, false);
            // A thread that could not be read again is no failure of its round.
            for (int i = 0; i < 3; ++i)
                (void)rig.round(Depth::Thorough);
            failed = network->hasMisbehaved();
            network->behave();
            CHECK(rig.versionsOf(id) ==
                  QStringList{u"the soup was cold"_s, u"the soup was lukewarm"_s, u"the soup was fine"_s});
            CHECK(valueOf(rig.round(Depth::Thorough)).revisions == 0);
        }
    }
}

TEST_CASE("what was taken away is marked, and its words stay")
{
    onEach(&Network::Abilities::deletions, [](Network &network) {
        const QString stays = network.write(u"the tea was fine"_s);
        const QString goes = network.write(u"the soup was cold"_s);
        Rig rig(network);
        REQUIRE(rig.round());
        network.remove(goes);
        REQUIRE(rig.round(Depth::Thorough));
        CHECK(rig.gone() == QStringList{goes});
        CHECK(rig.incoming().value(goes) == u"the soup was cold"_s);
        CHECK(rig.incoming().contains(stays));
    });
}

TEST_CASE("an answer goes out once, is known again when it comes back, and can be found")
{
    onEachAnswerable([](Network &network, Audience audience) {
        const QString id = network.write(u"the soup was cold"_s);
        Rig rig(network);
        REQUIRE(rig.round());
        const OutboxId sent = rig.answer(rig.conversationOf(id), u"we are sorry"_s, audience);
        REQUIRE(rig.round());
        CHECK(rig.stateOf(sent) == OutboxState::Sent);
        CHECK(network.answers() == QStringList{u"we are sorry"_s});
        REQUIRE(rig.round(Depth::Thorough));
        CHECK(rig.outgoing().size() == 1);

        const channels::Outgoing other = answerTo(rig, id, u"once more: sorry"_s);
        if (rig.channel().capabilities().findsSent)
            CHECK_FALSE(valueOf(wait(rig.channel().find(other))).has_value());
        const channels::Receipt receipt = valueOf(wait(rig.channel().send(other)));
        const Result<std::optional<channels::Receipt>> found = wait(rig.channel().find(other));
        if (network.abilities().showsSent) {
            REQUIRE(valueOf(found));
            CHECK(found->value().remoteId == receipt.remoteId);
        } else {
            REQUIRE_FALSE(found);
            CHECK(found.error().kind == ErrorKind::Forbidden);
        }
    });
}

TEST_CASE("a private answer goes to the private conversation")
{
    onEach(&Network::Abilities::privateMessages, [](Network &network) {
        const QString id = network.writePrivately(u"my number is 555 0100"_s);
        Rig rig(network);
        REQUIRE(rig.round());
        const OutboxId sent = rig.answer(rig.conversationOf(id), u"we call you"_s, Audience::Private);
        REQUIRE(rig.round());
        CHECK(rig.stateOf(sent) == OutboxState::Sent);
        CHECK(network.answers() == QStringList{u"we call you"_s});
    });
}

TEST_CASE("what is longer than the network takes is refused before a request is made")
{
    onEachAnswerable([](Network &network, Audience audience) {
        const QString id = network.write(u"the soup was cold"_s);
        Rig rig(network);
        REQUIRE(rig.round());
        const TextLimit limit = rig.channel().capabilities().limit(audience);
        if (limit.maximum == 0) {
            const QString letter(100'000, u'x');
            valueOf(wait(rig.channel().send(answerTo(rig, id, letter))));
            CHECK(network.answers() == QStringList{letter});
            return;
        }
        const QString salutation = network.abilities().salutation;
        const QString words(limit.maximum - lengthIn(limit, salutation), u'x');
        const QString whole = salutation + words;
        CHECK(fits(limit, whole));
        const int before = network.requests();
        const Result<channels::Receipt> refused = wait(rig.channel().send(answerTo(rig, id, whole + u'x')));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::Rejected);
        CHECK(network.requests() == before);
        valueOf(wait(rig.channel().send(answerTo(rig, id, whole))));
        CHECK(network.answers() == QStringList{words});
    });
}

TEST_CASE("what a server refuses or cannot do is said in one kind of error")
{
    struct Case
    {
        const char *behaviour;
        ErrorKind kind;
    };
    for (const Case &expected :
         {Case{"429, wait three million years", ErrorKind::RateLimited}, Case{"401", ErrorKind::Unauthorised},
          Case{"403", ErrorKind::Forbidden}, Case{"500", ErrorKind::ServerTrouble},
          Case{"502 with a page of a proxy", ErrorKind::ServerTrouble},
          Case{"200 with the page of a hotel's network", ErrorKind::InvalidReply},
          Case{"JSON of another shape", ErrorKind::InvalidReply}, Case{"a body of 1 GB", ErrorKind::InvalidReply},
          Case{"a redirect into the local network", ErrorKind::Rejected}}) {
        onEach([&expected](Network &network) {
            INFO(expected.behaviour);
            (void)network.write(u"the soup was cold"_s);
            Rig rig(network);
            network.misbehave(named(expected.behaviour), 1, true);
            const Result<channels::Batch> batch = wait(rig.channel().fetch({}));
            REQUIRE_FALSE(batch);
            // Where nobody signs in (feeds), nobody can do so again.
            const bool refused = expected.kind == ErrorKind::Unauthorised && batch.error().kind == ErrorKind::Forbidden;
            CHECK((refused || batch.error().kind == expected.kind));
            CHECK_FALSE(batch.error().detail.isEmpty());
            CHECK_FALSE(batch.error().detail.contains(u'\n'));
        });
    }
}

TEST_CASE("a server that cannot prove who it is learns nothing, and nothing that it says is believed")
{
    const TestAuthority authority;
    const TestAuthority stranger;
    const Trust trust(authority);
    const QDateTime yesterday = QDateTime::currentDateTimeUtc().addDays(-1);
    const std::vector<std::pair<const char *, QSslConfiguration>> servers{
        {"expired", authority.serverFor(u"localhost"_s, yesterday)},
        {"of another host", authority.serverFor(u"other.example"_s)},
        {"of an unknown authority", stranger.serverFor(u"localhost"_s)},
    };
    const auto refuses = [](Network &network) {
        (void)network.write(u"the soup was cold"_s);
        Rig rig(network);
        const Result<sync::SyncReport> refused = rig.round();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == u"CertificateRefused"_s);
        CHECK(network.requests() == 0);
        CHECK(rig.incoming().isEmpty());
    };
    for (const auto &[why, server] : servers) {
        INFO(why);
        onEach(nullptr, refuses, &server);
    }
}

TEST_CASE("over a connection that is encrypted and proven everything comes")
{
    const TestAuthority authority;
    const Trust trust(authority);
    const QSslConfiguration server = authority.serverFor(u"localhost"_s);
    const auto comes = [](Network &network) {
        const QString id = network.write(u"the soup was cold"_s);
        Rig rig(network);
        REQUIRE(rig.round());
        CHECK(rig.incoming().contains(id));
    };
    onEach(nullptr, comes, &server);
}

TEST_CASE("a server that is silent or gone, and a program that ends, are said as what they are")
{
    onEach([](Network &network) {
        (void)network.write(u"the soup was cold"_s);
        {
            Rig rig(network, 200ms);
            network.misbehave(named("silence"), 1, true);
            const Result<channels::Batch> batch = wait(rig.channel().fetch({}));
            REQUIRE_FALSE(batch);
            CHECK(batch.error().kind == ErrorKind::Timeout);
        }
        Rig rig(network);
        auto fetching = rig.channel().fetch({});
        rig.http().shutDown();
        const Result<channels::Batch> cancelled = wait(std::move(fetching));
        REQUIRE_FALSE(cancelled);
        CHECK(cancelled.error().kind == ErrorKind::Cancelled);

        network.close();
        Rig later(network);
        const Result<channels::Batch> gone = wait(later.channel().fetch({}));
        REQUIRE_FALSE(gone);
        CHECK(gone.error().kind == ErrorKind::Offline);
    });
}
