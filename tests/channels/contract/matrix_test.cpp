// SPDX-License-Identifier: GPL-3.0-or-later
// Every network, every way to misbehave, at every request of a round: nothing is lost, nothing is there twice.
#include "tests/channels/contract/rig.h"
#include "tests/support/catch.h"

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::test;
using namespace std::chrono_literals;

namespace {

constexpr auto kShort = 250ms;
constexpr auto kPatient = 20s;
constexpr int kAfterSending = 5;
struct World
{
    explicit World(const NetworkType &type)
        : network(type.make())
    {
        const QString first = say(u"the soup was cold"_s);
        say(u"is it open on Sunday?"_s);
        if (network->abilities().threads)
            say(u"and the tea was, too"_s, first);
        say(u"thank you for the cake"_s);
        if (network->abilities().privateMessages)
            all.insert(network->writePrivately(u"my number is 555 0100"_s), u"my number is 555 0100"_s);
        for (int i = 0; all.size() <= network->abilities().pageLength; ++i)
            say(u"guest %1 was here"_s.arg(i));
        asked = first;
    }
    [[nodiscard]] QString askedIn(Audience audience) const
    {
        return audience == Audience::Public ? asked : all.key(u"my number is 555 0100"_s);
    }
    QString say(const QString &text, const QString &parent = {})
    {
        const QString id = network->write(text, parent);
        all.insert(id, text);
        return id;
    }
    std::unique_ptr<Network> network;
    QMap<QString, QString> all;
    QString asked;
};

/// All, or the one that INDELIBLE_CONTRACT names.
std::vector<Behaviour> chosen()
{
    const QByteArray name = qgetenv("INDELIBLE_CONTRACT");
    std::vector<Behaviour> some = behaviours();
    std::erase_if(some, [&](const Behaviour &each) { return !name.isEmpty() && name != each.name; });
    REQUIRE_FALSE(some.empty());
    return some;
}

/// All, or the one that INDELIBLE_NETWORK names.
std::vector<NetworkType> chosenNetworks()
{
    const QByteArray name = qgetenv("INDELIBLE_NETWORK");
    std::vector<NetworkType> some = networks();
    std::erase_if(some, [&](const NetworkType &each) { return !name.isEmpty() && name != each.name; });
    REQUIRE_FALSE(some.empty());
    return some;
}

/// A line of the table.
struct Row
{
    int runs = 0; ///< in which the server did misbehave
    int lost = 0;
    int doubled = 0;
    int unsettled = 0;
};

void print(const char *network, const char *what, const Behaviour &behaviour, const Row &row)
{
    std::printf("| %s | %s | %s | %d | %d | %d | %d |\n", network, what, behaviour.name, row.runs, row.lost,
                row.doubled, row.unsettled);
    std::fflush(stdout);
}

/// How the workspace compares with what people said, once the server works again.
void compare(Rig &rig, World &world, Row &row)
{
    world.network->behave();
    const QString later = world.say(u"and one thing more"_s);
    rig.restart(kPatient);
    // The first round ends the one that was broken off, the second one is whole. Nobody waits for longer than a day.
    QString why = rig.settle();
    rig.inbox.clock.advance(24h);
    if (why.isEmpty())
        why = rig.settle();
    INFO(why.toStdString());
    CHECK(why == QString());
    row.unsettled += why.isEmpty() ? 0 : 1;
    const QMap<QString, QString> have = rig.incoming();
    for (auto it = world.all.cbegin(); it != world.all.cend(); ++it)
        row.lost += have.value(it.key()) == it.value() ? 0 : 1;
    row.doubled += static_cast<int>(qMax<qsizetype>(0, have.size() - world.all.size()));
    CHECK(have == world.all);
    CHECK(rig.inbox.verify().isGood());
}

int requestsOfARound(const NetworkType &type)
{
    World world(type);
    Rig rig(*world.network);
    world.network->behave();
    valueOf(rig.round());
    return world.network->requests();
}

/// How many requests it takes to send an answer, and the next few: where it is looked up that had no clear end.
int requestsOfSending(const NetworkType &type, Audience audience)
{
    World world(type);
    Rig rig(*world.network);
    valueOf(rig.round());
    rig.restart(kPatient); // as below
    (void)rig.answer(rig.conversationOf(world.askedIn(audience)), u"we are sorry"_s, audience);
    world.network->behave();
    rig.drain();
    return world.network->requests() + kAfterSending;
}

Row receive(const NetworkType &type, const Behaviour &behaviour, int requests)
{
    Row row;
    for (int at = 1; at <= requests; ++at) {
        for (const bool always : {false, true}) {
            if (always && behaviour.isSlow)
                continue; // the same as once: a deadline ends the round
            INFO("request " << at << (always ? " and all later ones" : ""));
            World world(type);
            Rig rig(*world.network, behaviour.isSlow ? std::chrono::milliseconds(kShort) : kPatient);
            world.network->misbehave(behaviour, at, always);
            (void)rig.round();
            row.runs += world.network->hasMisbehaved() ? 1 : 0;
            compare(rig, world, row);
        }
    }
    return row;
}

/// An answer that is queued, and a server that misbehaves at one of the requests it takes.
Row send(const NetworkType &type, const Behaviour &behaviour, Audience audience)
{
    Row row;
    const QString text = u"we are sorry"_s;
    const int requests = requestsOfSending(type, audience);
    for (int at = 1; at <= requests; ++at) {
        INFO("request " << at);
        World world(type);
        Rig rig(*world.network);
        valueOf(rig.round());
        rig.restart(behaviour.isSlow ? std::chrono::milliseconds(kShort) : kPatient);
        const OutboxId id = rig.answer(rig.conversationOf(world.askedIn(audience)), text, audience);
        world.network->misbehave(behaviour, at, false);
        (void)rig.round();
        row.runs += world.network->hasMisbehaved() ? 1 : 0;
        compare(rig, world, row);
        const qsizetype copies = world.network->answers().count(text);
        const OutboxState state = rig.stateOf(id);
        CHECK(copies <= 1);
        row.doubled += copies > 1 ? 1 : 0;
        // Sent means there; what waits or was refused is not there; only what is unclear may be either.
        const bool isTrue = state == OutboxState::Sent      ? copies == 1
                            : state == OutboxState::Unknown ? true
                            : state == OutboxState::Failed  ? copies == 0
                                                            : false;
        INFO("state " << toString(state).toStdString() << ", copies " << copies);
        CHECK(isTrue);
        row.lost += isTrue ? 0 : 1;
    }
    return row;
}

} // namespace

TEST_CASE("the matrix has a test for every network")
{
    QStringList names;
    for (const NetworkType &type : networks())
        names.append(QString::fromLatin1(type.name));
    CHECK(names == QStringLiteral(INDELIBLE_NETWORKS).split(u' '));
}

TEST_CASE("ways to misbehave, by name", "[names]")
{
    for (const Behaviour &behaviour : behaviours())
        std::printf("behaviour: %s\n", behaviour.name);
}

// matrix.py runs these row by row, each in a process of its own.
TEST_CASE("whatever a server does at any request of a round, nothing is lost and nothing comes twice", "[matrix]")
{
    for (const NetworkType &type : chosenNetworks()) {
        const int requests = requestsOfARound(type);
        REQUIRE(requests > 0);
        for (const Behaviour &behaviour : chosen()) {
            INFO(type.name << ", " << behaviour.name);
            print(type.name, "receive", behaviour, receive(type, behaviour, requests));
        }
    }
}

TEST_CASE("whatever a server does while an answer is sent, at most one copy is there and its state is true", "[matrix]")
{
    for (const NetworkType &type : chosenNetworks()) {
        for (const Behaviour &behaviour : chosen()) {
            INFO(type.name << ", " << behaviour.name);
            const Network::Abilities abilities = type.make()->abilities();
            if (abilities.publicAnswers)
                print(type.name, "answer in public", behaviour, send(type, behaviour, Audience::Public));
            if (abilities.privateMessages)
                print(type.name, "answer in private", behaviour, send(type, behaviour, Audience::Private));
        }
    }
}
