// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/practice_support.h"
#include "tests/support/fake_clock.h"

#include <QSet>

#include <algorithm>
#include <random>

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::practice;
using namespace indelible::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// The network at a moment, without a file.
struct Server
{
    FakeClock clock;
    State state{clock.now(), {}, {}};

    Server() { advance(carriedWorld(), state, clock.now()); }

    void pass(std::chrono::milliseconds time)
    {
        clock.advance(time);
        advance(carriedWorld(), state, clock.now());
    }

    Batch all(const QString &network) const { return page(carriedWorld(), state, network, {}, 100000); }

    Result<Receipt> say(const QString &itemId, const QByteArray &key, const QString &text)
    {
        const RemoteItem item = carriedItem(itemId);
        return answer(carriedWorld(), state, item.threadId.isEmpty() ? QString() : networkOf(item),
                      answerTo(item, key, text), clock.now());
    }

    static QString networkOf(const RemoteItem &item) { return carriedWorld().conversation(item.threadId)->network; }

    bool shows(const QString &network, const QString &text) const
    {
        const Batch batch = all(network);
        return std::any_of(batch.items.begin(), batch.items.end(),
                           [&text](const RemoteItem &item) { return item.text == text; });
    }
};

const std::vector<QString> kNetworks{u"google-reviews"_s, u"mastodon"_s, u"bluesky"_s, u"instagram"_s,
                                     u"facebook"_s,       u"telegram"_s, u"email"_s};

} // namespace

TEST_CASE("The practice network's times are relative to its start, whatever the date")
{
    for (const qint64 start : {qint64(0), qint64(1'795'338'000'000), qint64(4'102'444'800'000)}) {
        State state{fromMs(start), {}, {}};
        advance(carriedWorld(), state, fromMs(start));
        const Batch batch = page(carriedWorld(), state, u"bluesky"_s, {}, 1000);
        const auto jonas = std::find_if(batch.items.begin(), batch.items.end(), [](const RemoteItem &item) {
            return item.remoteId == "jonas-closed-door-1"_L1;
        });
        REQUIRE(jonas != batch.items.end());
        CHECK(jonas->createdAt == fromMs(start) - 132min);
    }
}

TEST_CASE("The practice network delivers each account's events once, in their order, at any size of page")
{
    std::mt19937 random(20261122);
    for (const QString &network : kNetworks) {
        for (int round = 0; round < 20; ++round) {
            Server server;
            Collected collected;
            Cursor cursor;
            for (int step = 0; step < 60; ++step) {
                const int limit = std::uniform_int_distribution(1, 9)(random);
                const Batch batch = page(carriedWorld(), server.state, network, cursor, limit);
                CHECK(static_cast<int>(batch.items.size() + batch.gone.size()) <= limit);
                CHECK((batch.more ? static_cast<int>(batch.items.size() + batch.gone.size()) == limit : true));
                collected.add(batch);
                cursor = batch.cursor;
                if (!batch.more)
                    server.pass(std::chrono::seconds(std::uniform_int_distribution(1, 120)(random)));
            }
            server.pass(1h);
            while (true) {
                const Batch batch = page(carriedWorld(), server.state, network, cursor, 3);
                collected.add(batch);
                cursor = batch.cursor;
                if (!batch.more)
                    break;
            }
            Collected whole;
            whole.add(server.all(network));
            CHECK(collected == whole);
            CHECK(QSet<QString>(whole.versions.begin(), whole.versions.end()).size() == whole.versions.size());
        }
    }
}

TEST_CASE("The first fetch of the practice network brings items in the order in which they were made")
{
    const Server server;
    for (const QString &network : kNetworks) {
        const Batch batch = server.all(network);
        std::vector<Instant> firsts;
        for (const RemoteItem &item : batch.items) {
            if (item.version == "1"_L1)
                firsts.push_back(item.createdAt);
        }
        CHECK_FALSE(firsts.empty());
        CHECK(std::is_sorted(firsts.begin(), firsts.end()));
    }
}

TEST_CASE("An edited review comes as its first version and then as its second, a deleted post as an item that goes")
{
    const Server server;
    const Batch batch = server.all(u"google-reviews"_s);
    std::vector<RemoteItem> versions;
    std::copy_if(batch.items.begin(), batch.items.end(), std::back_inserter(versions),
                 [](const RemoteItem &item) { return item.remoteId == "rosalind-wedding-cake-1"_L1; });
    REQUIRE(versions.size() == 2);
    CHECK(versions[0].text.endsWith(u"Worst bakery in town."_s));
    CHECK(versions[1].text.endsWith(u"Forty guests saw it."_s));
    CHECK(versions[0].version != versions[1].version);
    CHECK(versions[0].createdAt == versions[1].createdAt);

    const bool delivered = std::any_of(batch.items.begin(), batch.items.end(),
                                       [](const RemoteItem &item) { return item.author.name == "Geoff Marlowe"_L1; });
    CHECK(delivered);
    CHECK(std::count(batch.gone.begin(), batch.gone.end(),
                     RemoteGone{u"rosalind-wedding-cake-2"_s, RemoteGone::Reason::DeletedByAuthor}) == 1);
}

TEST_CASE("What is planned for later appears when its moment has come and not before")
{
    Server server;
    const auto shows = [&server](const QString &network, const QString &id) {
        const Batch batch = server.all(network);
        return std::any_of(batch.items.begin(), batch.items.end(),
                           [&id](const RemoteItem &item) { return item.remoteId == id; });
    };
    CHECK_FALSE(shows(u"telegram"_s, u"beatriz-order-1"_s));
    server.pass(1min - 1ms);
    CHECK_FALSE(shows(u"telegram"_s, u"beatriz-order-1"_s));
    server.pass(1ms);
    CHECK(shows(u"telegram"_s, u"beatriz-order-1"_s));
    CHECK_FALSE(shows(u"google-reviews"_s, u"fenwick-ines-1"_s));
    server.pass(3min);
    CHECK(shows(u"google-reviews"_s, u"fenwick-ines-1"_s));
    CHECK_FALSE(shows(u"email"_s, u"school-buns-1"_s));
    server.pass(5min);
    CHECK(shows(u"email"_s, u"school-buns-1"_s));
    CHECK(server.all(u"mastodon"_s).gone.empty());
    server.pass(4min);
    CHECK(server.all(u"mastodon"_s).gone.size() == 1);
}

TEST_CASE("People answer back after their time: the first answer gets the first reaction, the second one the second")
{
    Server server;
    const auto &reactions = carriedWorld().conversation(u"jonas-closed-door"_s)->reactions;
    REQUIRE(reactions.size() == 2);
    REQUIRE(server.say(u"jonas-closed-door-1"_s, "k1", u"Es tut mir leid, Herr Kettler."_s).has_value());
    CHECK(server.shows(u"bluesky"_s, u"Es tut mir leid, Herr Kettler."_s));
    server.pass(reactions[0].after - 1ms);
    CHECK_FALSE(server.shows(u"bluesky"_s, reactions[0].text));
    server.pass(1ms);
    CHECK(server.shows(u"bluesky"_s, reactions[0].text));
    server.pass(1h);
    CHECK_FALSE(server.shows(u"bluesky"_s, reactions[1].text));

    REQUIRE(server.say(u"jonas-closed-door-1"_s, "k2", u"Am Samstag liegen zwei bereit."_s).has_value());
    server.pass(reactions[1].after);
    CHECK(server.shows(u"bluesky"_s, reactions[1].text));
    const qsizetype before = server.state.journal.size();
    REQUIRE(server.say(u"jonas-closed-door-1"_s, "k3", u"Bis dann!"_s).has_value());
    server.pass(24h);
    CHECK(server.state.journal.size() == before + 1); // nobody has anything left to say
}

TEST_CASE("A reaction of the practice network may change a review: same item, new version, new stars")
{
    Server server;
    REQUIRE(server.say(u"youssef-cold-coffee-1"_s, "k", u"نعتذر يا يوسف."_s).has_value());
    server.pass(65s);
    const auto batch =
        thread(carriedWorld(), server.state, u"google-reviews"_s, {u"youssef-cold-coffee"_s, Audience::Public, {}});
    REQUIRE(batch.has_value());
    REQUIRE(batch->items.size() == 2);
    CHECK(batch->items[0].remoteId == u"youssef-cold-coffee-1"_s);
    CHECK(batch->items[0].stars == 4);
    CHECK(batch->items[0].version != u"1"_s);
    CHECK(batch->items[0].createdAt == server.state.epoch - 12min);
}

TEST_CASE("The practice network takes one answer for a key: the same again is the same receipt, another one a conflict")
{
    Server server;
    const auto first = server.say(u"wren-sesame-1"_s, "key", u"Only on it, Wren."_s);
    REQUIRE(first.has_value());
    const State once = server.state;
    const auto again = server.say(u"wren-sesame-1"_s, "key", u"Only on it, Wren."_s);
    REQUIRE(again.has_value());
    CHECK(again->remoteId == first->remoteId);
    CHECK(server.state == once);
    const auto other = server.say(u"wren-sesame-1"_s, "key", u"Something else"_s);
    REQUIRE_FALSE(other.has_value());
    CHECK(other.error().kind == ErrorKind::Conflict);
    CHECK(other.error().provablyNotProcessed);
    CHECK(server.state == once);

    const Batch batch = server.all(u"bluesky"_s);
    const auto sent = std::find_if(batch.items.begin(), batch.items.end(),
                                   [&first](const RemoteItem &item) { return item.remoteId == first->remoteId; });
    REQUIRE(sent != batch.items.end());
    CHECK(sent->direction == Direction::Outgoing);
    CHECK(sent->version == first->version);
    CHECK(sent->author == first->author);
    CHECK(sent->text == u"Only on it, Wren."_s);
}

TEST_CASE("A sent answer is found under exactly its key on its own account")
{
    Server server;
    const auto sent = server.say(u"wren-sesame-1"_s, "key", u"Only on it, Wren."_s);
    REQUIRE(sent.has_value());
    const auto found = findAnswer(carriedWorld(), server.state, u"bluesky"_s, "key");
    REQUIRE(found.has_value());
    CHECK(found->remoteId == sent->remoteId);
    CHECK_FALSE(findAnswer(carriedWorld(), server.state, u"bluesky"_s, "kex").has_value());
    CHECK_FALSE(findAnswer(carriedWorld(), server.state, u"bluesky"_s, "ke").has_value());
    CHECK_FALSE(findAnswer(carriedWorld(), server.state, u"mastodon"_s, "key").has_value());
}

TEST_CASE("A practice review takes one answer until its reviewer has written again")
{
    Server server;
    REQUIRE(server.say(u"bramwell-meh-1"_s, "k1", u"What would have made it better?"_s).has_value());
    const auto second = server.say(u"bramwell-meh-1"_s, "k2", u"Hello?"_s);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().kind == ErrorKind::Conflict);
    CHECK(second.error().provablyNotProcessed);
    CHECK(second.error().detail.contains(u"one answer"_s));
    server.pass(90s); // T. Bramwell says why, by changing the review
    CHECK(server.say(u"bramwell-meh-1"_s, "k2", u"Thank you. The scones are new from today."_s).has_value());
}

TEST_CASE(
    "A practice review that was answered before the start refuses another answer, Rosalind's who wrote again does not")
{
    Server server;
    const auto answered = server.say(u"tiago-nata-1"_s, "k1", u"Again"_s);
    REQUIRE_FALSE(answered.has_value());
    CHECK(answered.error().kind == ErrorKind::Conflict);
    CHECK(server.say(u"rosalind-wedding-cake-4"_s, "k2", u"Rosalind, the strap came loose."_s).has_value());
}

TEST_CASE("The practice network refuses what its network would refuse, provably without effect")
{
    Server server;
    const State before = server.state;
    const auto refusal = [&server](const QString &network, const Outgoing &outgoing) {
        const auto result = answer(carriedWorld(), server.state, network, outgoing, server.clock.now());
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().provablyNotProcessed);
        CHECK(result.error().detail.endsWith(u'.'));
        return result.error().kind;
    };
    const RemoteItem wren = carriedItem(u"wren-sesame-1"_s);
    CHECK(refusal(u"bluesky"_s, answerTo(wren, "k", QString(301, u'a'))) == ErrorKind::Rejected);
    CHECK(refusal(u"bluesky"_s, answerTo(wren, "k", u" \n"_s)) == ErrorKind::Rejected);
    CHECK(refusal(u"bluesky"_s, answerTo(wren, {}, u"hello"_s)) == ErrorKind::Rejected);
    CHECK(refusal(u"mastodon"_s, answerTo(wren, "k", u"hello"_s)) == ErrorKind::NotFound);
    Outgoing outgoing = answerTo(wren, "k", u"hello"_s);
    outgoing.audience = Audience::Private;
    CHECK(refusal(u"bluesky"_s, outgoing) == ErrorKind::Rejected);
    outgoing = answerTo(wren, "k", u"hello"_s);
    outgoing.parentId = u"rude-pretzel-1"_s;
    CHECK(refusal(u"bluesky"_s, outgoing) == ErrorKind::NotFound);
    CHECK(refusal(u"telegram"_s, answerTo(carriedItem(u"beatriz-order-1"_s), "k", u"Olá"_s)) == ErrorKind::NotFound);
    const RemoteItem geoff = carriedItem(u"rosalind-wedding-cake-2"_s);
    CHECK(refusal(u"google-reviews"_s, answerTo(geoff, "k", u"Geoff, I am sorry."_s)) == ErrorKind::NotFound);
    CHECK(server.state == before);
}

TEST_CASE("Each practice network counts its limit in its own unit")
{
    const auto family = u"👨‍👩‍👧"_s; // one grapheme, 18 bytes, 8 UTF-16 units, 5 code points
    CHECK(fits(capabilitiesOn(u"bluesky"_s).publicLimit, family.repeated(166)));
    CHECK_FALSE(fits(capabilitiesOn(u"bluesky"_s).publicLimit, family.repeated(167))); // bytes
    CHECK_FALSE(fits(capabilitiesOn(u"bluesky"_s).publicLimit, QString(301, u'a')));
    CHECK(fits(capabilitiesOn(u"mastodon"_s).publicLimit, family.repeated(100)));
    CHECK_FALSE(fits(capabilitiesOn(u"mastodon"_s).publicLimit, family.repeated(101)));
    CHECK(fits(capabilitiesOn(u"google-reviews"_s).publicLimit, u"é"_s.repeated(2048)));
    CHECK_FALSE(fits(capabilitiesOn(u"google-reviews"_s).publicLimit, u"é"_s.repeated(2049)));
    CHECK(fits(capabilitiesOn(u"telegram"_s).privateLimit, u"🥐"_s.repeated(2048)));
    CHECK_FALSE(fits(capabilitiesOn(u"telegram"_s).privateLimit, u"🥐"_s.repeated(2049)));
    CHECK(fits(capabilitiesOn(u"email"_s).privateLimit, QString(1'000'000, u'a')));
    CHECK(capabilitiesOn(u"google-reviews"_s).oneReplyPerReview);
    CHECK_FALSE(capabilitiesOn(u"google-reviews"_s).privateReply);
    CHECK_FALSE(capabilitiesOn(u"mastodon"_s).oneReplyPerReview);
}

TEST_CASE("A practice conversation is given whole, with what has gone of what the asker knew")
{
    const Server server;
    ThreadRef ref{u"rosalind-wedding-cake"_s, Audience::Public, {u"rosalind-wedding-cake-2"_s}};
    const auto batch = thread(carriedWorld(), server.state, u"google-reviews"_s, ref);
    REQUIRE(batch.has_value());
    CHECK(batch->cursor.isEmpty());
    QStringList ids;
    for (const RemoteItem &item : batch->items)
        ids.append(item.remoteId);
    CHECK(ids == QStringList{u"rosalind-wedding-cake-1"_s, u"rosalind-wedding-cake-3"_s, u"rosalind-wedding-cake-4"_s});
    CHECK(batch->items.front().text.endsWith(u"Forty guests saw it."_s));
    REQUIRE(batch->gone.size() == 1);
    CHECK(batch->gone.front().remoteId == u"rosalind-wedding-cake-2"_s);

    ref.knownItems.clear();
    CHECK(thread(carriedWorld(), server.state, u"google-reviews"_s, ref)->gone.empty());
    CHECK(thread(carriedWorld(), server.state, u"mastodon"_s, ref).error().kind == ErrorKind::NotFound);
    ref.threadId = u"beatriz-order"_s; // has not begun
    CHECK(thread(carriedWorld(), server.state, u"telegram"_s, ref).error().kind == ErrorKind::NotFound);
}

TEST_CASE("A cursor of another start of the practice network begins at the beginning, with the same ids and versions")
{
    const Server first;
    Server second;
    second.state = State{first.clock.now() + 240h, {}, {}};
    advance(carriedWorld(), second.state, second.state.epoch);
    const Batch end = first.all(u"email"_s);
    Collected before;
    before.add(end);
    Collected after;
    after.add(page(carriedWorld(), second.state, u"email"_s, end.cursor, 1000));
    CHECK(before == after);
    for (const Cursor &odd : {Cursor("nonsense"), Cursor("1:2:3"), end.cursor.split(':').first() + ":99999",
                              end.cursor.split(':').first() + ":-1"})
        CHECK(page(carriedWorld(), first.state, u"email"_s, odd, 1000).items.size() == end.items.size());
}

TEST_CASE("A practice clock that is set back neither repeats nor loses anything")
{
    Server server;
    server.pass(2h);
    const Batch end = server.all(u"mastodon"_s);
    server.clock.advance(-90min);
    CHECK_FALSE(advance(carriedWorld(), server.state, server.clock.now()));
    const auto sent = server.say(u"mateo-buns-1"_s, "k", u"¡Gracias, Mateo!"_s);
    REQUIRE(sent.has_value());
    const Batch next = page(carriedWorld(), server.state, u"mastodon"_s, end.cursor, 20);
    REQUIRE(next.items.size() == 1);
    CHECK(next.items.front().remoteId == sent->remoteId);
}

TEST_CASE("A practice world that has grown since delivers the new conversation although it lies in the past")
{
    Server server;
    World older = carriedWorld();
    const auto removed =
        std::find_if(older.conversations.begin(), older.conversations.end(),
                     [](const WorldConversation &conversation) { return conversation.id == "suki-emoji"_L1; });
    REQUIRE(removed != older.conversations.end());
    older.conversations.erase(removed);
    State state{server.state.epoch, {}, {}};
    advance(older, state, server.clock.now());
    const Batch end = page(older, state, u"instagram"_s, {}, 1000);
    CHECK_FALSE(end.more);
    advance(carriedWorld(), state, server.clock.now());
    const Batch next = page(carriedWorld(), state, u"instagram"_s, end.cursor, 20);
    REQUIRE(next.items.size() == 1);
    CHECK(next.items.front().threadId == u"suki-emoji"_s);
    // And a journal that knows more than the program keeps its places.
    CHECK(page(older, state, u"instagram"_s, end.cursor, 20).items.empty());
}
