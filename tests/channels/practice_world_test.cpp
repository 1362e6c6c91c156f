// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/text.h"
#include "tests/channels/practice_support.h"

#include <QSet>

#include <algorithm>
#include <functional>

using namespace indelible;
using namespace indelible::channels::practice;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

void forEachItem(const std::function<void(const WorldConversation &, const WorldItem &)> &look)
{
    for (const WorldConversation &conversation : carriedWorld().conversations) {
        for (const WorldItem &item : conversation.items)
            look(conversation, item);
    }
}

const QByteArray kSmallWorld = R"({
  "schema": 1, "business": "B", "desk": "D", "team": ["T"],
  "accounts": [{"network": "google-reviews", "handle": "h", "name": "n"}],
  "people": [{"id": "p", "name": "P", "handles": {"google-reviews": "P"}}],
  "conversations": [{"id": "c", "account": "google-reviews", "kind": "review", "audience": "public", "language": "en",
    "items": [{"id": "i", "from": "p", "minutesAgo": 9, "stars": 2, "text": "words",
               "edits": [{"minutesAgo": 8, "stars": 3, "text": "better words"}],
               "gone": {"minutesAgo": 7, "reason": "deleted-by-author"}}],
    "reactions": [{"afterSeconds": 5, "text": "thanks"}]}]
})";

QString refusal(const QByteArray &before, const QByteArray &after)
{
    QByteArray json = kSmallWorld;
    REQUIRE(json.contains(before));
    json.replace(json.indexOf(before), before.size(), after);
    const Result<World> world = parseWorld(json);
    REQUIRE_FALSE(world.has_value());
    CHECK(world.error().kind == ErrorKind::InvalidReply);
    return world.error().detail;
}

bool names(const QByteArray &before, const QByteArray &after, const QString &path)
{
    const QString detail = refusal(before, after);
    INFO(detail.toStdString());
    return detail.contains(path);
}

} // namespace

TEST_CASE("The carried practice world has the seven accounts and the team of the design")
{
    const auto setup = practiceSetup();
    REQUIRE(setup.has_value());
    CHECK(setup->businessName == u"Marigold Bakehouse"_s);
    CHECK(setup->deskName == u"Priya"_s);
    CHECK(setup->team == QStringList{u"Priya Shah"_s, u"Tomasz Wilk"_s, u"Inês Duarte"_s});
    QStringList seen;
    for (const Account &account : setup->accounts) {
        CHECK(account.channel == u"practice"_s);
        CHECK_FALSE(account.remoteId.isEmpty());
        seen.append(account.network + u'|' + account.handle + u'|' + account.name);
    }
    CHECK(seen ==
          QStringList{u"google-reviews|Mill Lane shop|Google, Mill Lane"_s, u"mastodon|marigold|@marigold"_s,
                      u"bluesky|marigold.example|marigold.example"_s, u"instagram|marigold.bakes|marigold.bakes"_s,
                      u"facebook|Marigold Bakehouse|Marigold Bakehouse"_s, u"telegram|marigoldbot|@marigoldbot"_s,
                      u"email|hello@marigold.example|hello@marigold.example"_s});
}

TEST_CASE("The carried practice world is as large and as various as promised")
{
    const World &world = carriedWorld();
    CHECK(world.conversations.size() >= 44);
    QSet<QString> languages;
    QSet<int> stars;
    QSet<ItemKind> kinds;
    QSet<QString> networks;
    int edited = 0, deleted = 0, hidden = 0, arriving = 0, severalPeople = 0, ours = 0;
    for (const WorldConversation &conversation : world.conversations) {
        languages.insert(conversation.language);
        networks.insert(conversation.network);
        QSet<QString> people;
        for (const WorldItem &item : conversation.items)
            people.insert(item.item.author.remoteId);
        severalPeople += people.size() > 2 ? 1 : 0;
        arriving += conversation.items.front().at > std::chrono::minutes(0) ? 1 : 0;
    }
    forEachItem([&](const WorldConversation &, const WorldItem &item) {
        kinds.insert(item.item.kind);
        if (item.item.stars)
            stars.insert(*item.item.stars);
        edited += item.edits.empty() ? 0 : 1;
        ours += item.item.direction == Direction::Outgoing ? 1 : 0;
        if (item.gone)
            ++(item.gone->reason == RemoteGone::Reason::DeletedByAuthor ? deleted : hidden);
    });
    for (const QString &language : {u"en"_s, u"de"_s, u"fr"_s, u"es"_s, u"ar"_s, u"ja"_s, u"pt"_s, u"pl"_s})
        CHECK(languages.contains(language));
    CHECK(stars.size() == 5);
    CHECK(kinds.size() == 4);
    CHECK(networks.size() == 7);
    CHECK(edited >= 3);
    CHECK(deleted >= 1);
    CHECK(hidden >= 1);
    CHECK(arriving == 3);
    CHECK(severalPeople >= 3);
    CHECK(ours >= 40);
}

TEST_CASE("The practice world holds the odd ones: very long, one word, emoji only, two directions, one person twice")
{
    int longest = 0, oneWord = 0, emojiOnly = 0, bidi = 0;
    QHash<QString, QSet<QString>> networksByName;
    forEachItem([&](const WorldConversation &conversation, const WorldItem &item) {
        const QString &text = item.item.text;
        longest = std::max(longest, static_cast<int>(text.size()));
        const auto is = [&text](auto test) { return std::any_of(text.begin(), text.end(), test); };
        const bool rightToLeft =
            is([](QChar c) { return c.direction() == QChar::DirAL || c.direction() == QChar::DirR; });
        const bool leftToRight = is([](QChar c) { return c.direction() == QChar::DirL; });
        bidi += rightToLeft && leftToRight ? 1 : 0;
        const bool letters = is([](QChar c) { return c.isLetterOrNumber() || c.isPunct(); });
        emojiOnly += letters ? 0 : 1;
        oneWord += letters && !text.contains(u' ') && text.size() < 10 ? 1 : 0;
        if (item.item.direction == Direction::Incoming)
            networksByName[item.item.author.displayName()].insert(conversation.network);
    });
    CHECK(longest >= 4000);
    CHECK(oneWord >= 1);
    CHECK(emojiOnly >= 1);
    CHECK(bidi >= 1);
    CHECK(std::count_if(networksByName.begin(), networksByName.end(), [](const auto &on) { return on.size() > 1; }) >=
          2);
}

TEST_CASE("The first conversations of the practice world wait as the design's picture shows them")
{
    const World &world = carriedWorld();
    QHash<QString, int> waiting;
    std::vector<std::pair<std::chrono::minutes, QString>> order;
    for (const WorldConversation &conversation : world.conversations) {
        const WorldItem *last = nullptr;
        for (const WorldItem &item : conversation.items)
            last = item.at <= std::chrono::minutes(0) ? &item : last;
        if (last && last->item.direction == Direction::Incoming) {
            ++waiting[conversation.network];
            order.emplace_back(last->at, last->item.author.displayName());
        }
    }
    std::sort(order.begin(), order.end());
    REQUIRE(order.size() == 14);
    QStringList names;
    for (size_t index = 0; index < 7; ++index)
        names.append(order[index].second);
    CHECK(names == QStringList{u"Jonas Kettler"_s, u"Rosalind Achterberg"_s, u"Nadia Ferreira-Holt"_s, u"ليلى حداد"_s,
                               u"Marigold Bakehouse Gifts"_s, u"田中 美咲"_s, u"Camille Bessière"_s});
    CHECK(order.front().first == -std::chrono::minutes(132)); // twelve minutes late with a goal of two hours
    CHECK(waiting.value(u"google-reviews"_s) == 4);
    CHECK(waiting.value(u"bluesky"_s) == 3);
}

TEST_CASE("Everything said in the practice world by us respects its network's limits, and no review is answered twice")
{
    for (const WorldConversation &conversation : carriedWorld().conversations) {
        INFO(conversation.id.toStdString());
        const Capabilities can = capabilitiesOn(conversation.network);
        CHECK((conversation.audience == Audience::Public ? can.publicReply : can.privateReply));
        bool answered = false;
        for (const WorldItem &item : conversation.items) {
            if (item.item.direction == Direction::Outgoing) {
                CHECK(fits(can.limit(conversation.audience), item.item.text));
                CHECK_FALSE((can.oneReplyPerReview && answered));
            }
            answered = item.item.direction == Direction::Outgoing;
            CHECK(item.item.text == wellFormed(item.item.text));
        }
    }
}

TEST_CASE("Every link of the practice world covers the words that it stands for")
{
    int links = 0;
    forEachItem([&links](const WorldConversation &, const WorldItem &item) {
        for (const TextLink &link : item.item.links) {
            ++links;
            const QString words = item.item.text.mid(link.start, link.length);
            INFO(words.toStdString());
            CHECK(words.size() == link.length);
            CHECK((link.kind != TextLink::Kind::Web || words == link.target));
            CHECK((link.kind != TextLink::Kind::Tag || words == u'#' + link.target));
            CHECK((link.kind != TextLink::Kind::Person || words.startsWith(u'@')));
        }
    });
    CHECK(links >= 5);
}

TEST_CASE("A small world is read with everything that is in it")
{
    const Result<World> world = parseWorld(kSmallWorld);
    REQUIRE(world.has_value());
    const WorldConversation *conversation = world->conversation(u"c"_s);
    REQUIRE(conversation);
    const WorldItem &item = conversation->items.at(0);
    CHECK(item.item.author == Author{u"google-reviews/p"_s, u"P"_s, u"P"_s});
    CHECK(item.item.stars == 2);
    CHECK(item.edits.at(0).stars == 3);
    CHECK(item.gone->at == -std::chrono::minutes(7));
    CHECK(conversation->reactions.at(0).after == std::chrono::seconds(5));
    CHECK(conversation->reactions.at(0).author == item.item.author);
}

TEST_CASE("A wrong world is refused with the path of what is wrong")
{
    CHECK(names("\"schema\": 1", "\"schema\": 2", u"$.schema"_s));
    CHECK(names("\"desk\": \"D\", ", "", u"'desk' is missing"_s));
    CHECK(names("\"network\": \"google-reviews\"", "\"network\": \"carrier-pigeon\"", u"$.accounts[0]"_s));
    CHECK(names("\"name\": \"P\"", "\"name\": 7", u"$.people[0].name"_s));
    CHECK(names("\"handles\": {\"google", "\"handles\": {\"no-google", u"$.people[0].handles.no-google-reviews"_s));
    CHECK(names("\"id\": \"c\"", "\"id\": 3", u"$.conversations[0].id"_s));
    CHECK(names("\"kind\": \"review\"", "\"kind\": \"rumour\"", u"$.conversations[0].kind"_s));
    CHECK(names("\"minutesAgo\": 9", "\"minuteAgo\": 9", u"'minuteAgo' is not known"_s));
    CHECK(names("\"minutesAgo\": 9", "\"minutesAgo\": 9.5", u"$.conversations[0].items[0].minutesAgo"_s));
    CHECK(names("\"minutesAgo\": 9,", "\"minutesAgo\": 9, \"minutesAfterStart\": 1,", u"exactly one of"_s));
    CHECK(names("\"stars\": 2, ", "", u"a review without 'stars'"_s));
    CHECK(names("\"stars\": 2", "\"stars\": 6", u"$.conversations[0].items[0].stars"_s));
    CHECK(names("\"from\": \"p\"", "\"from\": \"q\"", u"$.conversations[0].items[0].from"_s));
    CHECK(names("\"from\": \"p\"", "\"from\": \"us\"", u"must begin with somebody else"_s));
    CHECK(names("\"text\": \"words\"", "\"text\": \" \"", u"$.conversations[0].items[0].text"_s));
    CHECK(names("{\"minutesAgo\": 8", "{\"minutesAgo\": 10", u"$.conversations[0].items[0].edits[0]"_s));
    CHECK(names("{\"minutesAgo\": 7", "{\"minutesAgo\": 9", u"$.conversations[0].items[0].gone"_s));
    CHECK(names("\"reason\": \"deleted-by-author\"", "\"reason\": \"bored\"", u"$.conversations[0].items[0].gone"_s));
    CHECK(names("\"afterSeconds\": 5", "\"afterSeconds\": 0", u"$.conversations[0].reactions[0].afterSeconds"_s));
    CHECK(names("\"text\": \"thanks\"", "\"text\": \"thanks\", \"edits\": \"x\"",
                u"$.conversations[0].reactions[0].edits"_s));
    CHECK(names("\"schema\": 1,", "\"schema\": 1", u"$"_s));
}

TEST_CASE("A world that names something twice is refused")
{
    CHECK(names("\"accounts\": [",
                "\"accounts\": [{\"network\": \"google-reviews\", \"handle\": \"h\", \"name\": \"n\"}, ",
                u"$.accounts[1]"_s));
    CHECK(names("\"people\": [", "\"people\": [{\"id\": \"p\", \"name\": \"P\", \"handles\": {}}, ", u"$.people[1]"_s));
    CHECK(names("\"items\": [",
                "\"items\": [{\"id\": \"i\", \"from\": \"p\", \"minutesAgo\": 9, \"stars\": 2, \"text\": \"w\"}, ",
                u"$.conversations[0].items[1]"_s));
}
