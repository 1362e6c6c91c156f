// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_messages.h"
#include "app/channels/bluesky/bluesky_parser.h"
#include "app/channels/bluesky/tid.h"
#include "tests/channels/bluesky_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

const QString kPut = u"com.atproto.repo.putRecord"_s;
const QString kGet = u"com.atproto.repo.getRecord"_s;
const QString kResolve = u"com.atproto.identity.resolveHandle"_s;
const QString kSend = u"chat.bsky.convo.sendMessage"_s;
const QString kMessages = u"chat.bsky.convo.getMessages"_s;
const QString kAvailability = u"chat.bsky.convo.getConvoAvailability"_s;

Outgoing answer(BlueskyBench &bench, const QString &text = u"So sorry, Ana. We bring a new cake at 4."_s)
{
    Outgoing outgoing;
    outgoing.key = bench.channel.prepareKey(bench.clock.now());
    outgoing.threadId = uriOf(kAna, u"parent"_s);
    outgoing.parentId = outgoing.threadId;
    outgoing.reply =
        bluesky::postReply(uriOf(kAna, u"parent"_s), u"cid-parent"_s, uriOf(kAna, u"parent"_s), u"cid-parent"_s, kAna);
    outgoing.text = text;
    outgoing.createdAt = bench.clock.now();
    return outgoing;
}

Outgoing message(BlueskyBench &bench, const QJsonObject &reply = bluesky::chatReply(u"c1"_s, kAna))
{
    Outgoing outgoing = answer(bench, u"Thank you, calling."_s);
    outgoing.audience = Audience::Private;
    outgoing.threadId = u"chat:c1"_s;
    outgoing.reply = reply;
    return outgoing;
}

/// A repository with the rules of the reference server: one record a key, the same again does nothing.
struct Repository
{
    explicit Repository(BlueskyBench &bench)
    {
        bench.on(
            kPut, [this](const Received &request) { return put(request); }, "POST");
        bench.on(kGet, [this](const Received &request) {
            const QString key = request.queryValue(u"rkey"_s);
            if (!records.contains(key))
                return refusal(400, u"RecordNotFound"_s, u"Could not locate record"_s);
            return Answer::json(
                QJsonObject{{u"uri"_s, uriOf(kShop, key)}, {u"cid"_s, cidOf(key)}, {u"value"_s, records.value(key)}});
        });
    }

    static QString cidOf(const QString &key) { return "cid-"_L1 + key; }

    Answer put(const Received &request)
    {
        const QJsonObject body = request.json();
        const QString key = body[u"rkey"_s].toString();
        CHECK(body.contains(u"swapRecord"_s));
        if (records.contains(key) && records.value(key) != body[u"record"_s].toObject())
            return refusal(400, u"InvalidSwap"_s, u"Record was at another cid"_s);
        if (stores)
            records.insert(key, body[u"record"_s].toObject());
        return instead ? *instead : Answer::json(QJsonObject{{u"uri"_s, uriOf(kShop, key)}, {u"cid"_s, cidOf(key)}});
    }

    QHash<QString, QJsonObject> records;
    bool stores = true;
    std::optional<Answer> instead;
};

} // namespace

TEST_CASE("an answer is put under its key once and the receipt says where it is")
{
    BlueskyBench bench;
    Repository repository(bench);
    const Outgoing outgoing = answer(bench);
    CHECK(bluesky::isTid(outgoing.key));
    const Result<Receipt> receipt = wait(bench.channel.send(outgoing));
    REQUIRE(receipt);
    const QString key = QString::fromLatin1(outgoing.key);
    CHECK(receipt->remoteId == uriOf(kShop, key));
    CHECK(receipt->version == "cid-"_L1 + key);
    CHECK(receipt->url == "https://bsky.app/profile/shop.example/post/"_L1 + key);
    CHECK(receipt->author == Author{kShop, u"shop.example"_s, u"SHOP"_s});
    CHECK(receipt->reply ==
          bluesky::postReply(receipt->remoteId, receipt->version, uriOf(kAna, u"parent"_s), u"cid-parent"_s, kShop));
    CHECK(bench.calls(kPut).size() == 1);
    CHECK(bench.calls(kPut).at(0).json()[u"repo"_s] == kShop);
    CHECK(repository.records.value(key)[u"text"_s] == outgoing.text);
}

TEST_CASE("the same answer sent again is still one post")
{
    BlueskyBench bench;
    Repository repository(bench);
    const Outgoing outgoing = answer(bench);
    const Result<Receipt> first = wait(bench.channel.send(outgoing));
    const Result<Receipt> second = wait(bench.channel.send(outgoing));
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->remoteId == second->remoteId);
    CHECK(first->version == second->version);
    CHECK(repository.records.size() == 1);
}

TEST_CASE("an answer that is there with other links is recognised, other content under the key is not overwritten")
{
    BlueskyBench bench;
    Repository repository(bench);
    const Outgoing outgoing = answer(bench, u"Dear @ana.example, sorry."_s);
    bench.on(kResolve, refusal(400, u"InvalidRequest"_s));
    REQUIRE(wait(bench.channel.send(outgoing)));
    bench.on(kResolve, Answer::json(QJsonObject{{u"did"_s, kAna}}));
    CHECK(wait(bench.channel.send(outgoing)));
    CHECK(repository.records.size() == 1);

    Outgoing other = outgoing;
    other.text = u"Something else"_s;
    const Result<Receipt> refused = wait(bench.channel.send(other));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Conflict);
    CHECK_FALSE(refused.error().provablyNotProcessed);
    CHECK(repository.records.value(QString::fromLatin1(outgoing.key))[u"text"_s] == outgoing.text);
}

TEST_CASE("an unclear end is said to be unclear, and looking finds what is there")
{
    BlueskyBench bench;
    Repository repository(bench);
    repository.stores = GENERATE(true, false);
    const auto unclear = GENERATE(
        Answer::empty(500), Answer::empty(502), Answer::json("{}").withFault(Fault::DropAfterReading),
        Answer::json(R"({"uri":"at://did:plc:shop/app.bsky.feed.post/x","cid":"c"})").withFault(Fault::CutBody),
        Answer::json("{\"uri\""), Answer::json("{}"), Answer::html("<html>gateway</html>"));
    repository.instead = unclear;
    const Outgoing outgoing = answer(bench);
    const Result<Receipt> receipt = wait(bench.channel.send(outgoing));
    REQUIRE_FALSE(receipt);
    CHECK((receipt.error().kind == ErrorKind::ServerTrouble || receipt.error().kind == ErrorKind::InvalidReply));
    CHECK_FALSE(receipt.error().provablyNotProcessed);
    CHECK(bench.calls(kPut).size() == 1);
    const Result<std::optional<Receipt>> found = wait(bench.channel.find(outgoing));
    REQUIRE(found);
    CHECK(found->has_value() == repository.stores);
    if (*found)
        CHECK((*found)->remoteId == uriOf(kShop, QString::fromLatin1(outgoing.key)));
}

TEST_CASE("looking says nothing where the server does not answer for certain")
{
    BlueskyBench bench;
    Repository repository(bench);
    const Answer unclear = GENERATE(Answer::empty(500), Answer::empty(404), Answer::html("<html></html>"),
                                    Answer::json("{"), refusal(400, u"InvalidRequest"_s));
    bench.on(kGet, unclear);
    CHECK_FALSE(wait(bench.channel.find(answer(bench))));
}

TEST_CASE("a server that put the answer elsewhere is not believed")
{
    BlueskyBench bench;
    Repository repository(bench);
    repository.instead = Answer::json(QJsonObject{{u"uri"_s, uriOf(kBen, u"k"_s)}, {u"cid"_s, u"c"_s}});
    CHECK(wait(bench.channel.send(answer(bench))).error().kind == ErrorKind::InvalidReply);
}

TEST_CASE("refusals are refusals: nothing is sent twice and nothing is unclear")
{
    BlueskyBench bench;
    Repository repository(bench);
    const auto errorOf = [&](const Answer &refused) {
        repository.instead = refused;
        repository.stores = false;
        return wait(bench.channel.send(answer(bench))).error();
    };
    CHECK(errorOf(refusal(400, u"InvalidRequest"_s, u"text too long"_s)).kind == ErrorKind::Rejected);
    const Error slow = errorOf(Answer::tooManyRequests("7200"));
    CHECK(slow.kind == ErrorKind::RateLimited);
    CHECK(slow.provablyNotProcessed);
    bench.clock.advance(std::chrono::hours(3));
    const Error signedOut = errorOf(refusal(401, u"AuthMissing"_s));
    CHECK(signedOut.kind == ErrorKind::Unauthorised);
    CHECK(signedOut.provablyNotProcessed);
}

TEST_CASE("an expired token in the middle of sending is renewed and the answer goes out once")
{
    BlueskyBench bench;
    Repository repository(bench);
    const QString second = token(u"second"_s);
    bench.on(
        kPut,
        [&](const Received &request) {
            if (request.header("authorization") != "Bearer " + second.toLatin1())
                return refusal(400, u"ExpiredToken"_s);
            return repository.put(request);
        },
        "POST");
    bench.on(
        u"com.atproto.server.refreshSession"_s,
        Answer::json(QJsonObject{
            {u"did"_s, kShop}, {u"handle"_s, u"shop.example"_s}, {u"accessJwt"_s, second}, {u"refreshJwt"_s, u"r2"_s}}),
        "POST");
    CHECK(wait(bench.channel.send(answer(bench))));
    CHECK(repository.records.size() == 1);
    CHECK(bench.calls(kPut).size() == 2);
}

TEST_CASE("a renewal that fails leaves the answer provably unsent")
{
    BlueskyBench bench;
    bench.on(kPut, refusal(400, u"ExpiredToken"_s), "POST");
    bench.on(u"com.atproto.server.refreshSession"_s, Answer::empty(500), "POST");
    const Result<Receipt> receipt = wait(bench.channel.send(answer(bench)));
    REQUIRE_FALSE(receipt);
    CHECK(receipt.error().kind == ErrorKind::ServerTrouble);
    CHECK(receipt.error().provablyNotProcessed);
}

TEST_CASE("what cannot be sent is refused before any request")
{
    BlueskyBench bench;
    CHECK(wait(bench.channel.send(answer(bench, u"  "_s))).error().kind == ErrorKind::Rejected);
    CHECK(wait(bench.channel.send(answer(bench, u"👨‍👩‍👧‍👦"_s.repeated(121)))).error().kind ==
          ErrorKind::Rejected);
    CHECK(wait(bench.channel.send(answer(bench, QString(301, u'x')))).error().kind == ErrorKind::Rejected);
    CHECK(wait(bench.channel.send(message(bench, QJsonObject()))).error().kind == ErrorKind::Rejected);
    CHECK(bench.server.received().empty());
}

TEST_CASE("mentions go out as links where the handle is known and as text where it is not")
{
    BlueskyBench bench;
    Repository repository(bench);
    bench.on(kResolve, [](const Received &request) {
        return request.queryValue(u"handle"_s) == "ana.example"_L1 ? Answer::json(QJsonObject{{u"did"_s, kAna}})
                                                                   : refusal(400, u"InvalidRequest"_s);
    });
    const Outgoing outgoing = answer(bench, u"😀 @ana.example and @gone.example"_s);
    REQUIRE(wait(bench.channel.send(outgoing)));
    const QJsonObject sent = repository.records.value(QString::fromLatin1(outgoing.key));
    REQUIRE(sent[u"facets"_s].toArray().size() == 1);
    CHECK(sent[u"facets"_s][0][u"features"_s][0][u"did"_s] == kAna);
    CHECK(sent[u"facets"_s][0][u"index"_s][u"byteStart"_s] == 5);
    CHECK(sent[u"facets"_s][0][u"index"_s][u"byteEnd"_s] == 17);
    CHECK(sent[u"text"_s] == outgoing.text);
}

TEST_CASE("an answer waits rather than going out without its mention when the network is slow")
{
    BlueskyBench bench;
    Repository repository(bench);
    bench.on(kResolve, Answer::tooManyRequests("7200"));
    const Result<Receipt> receipt = wait(bench.channel.send(answer(bench, u"@ana.example hi"_s)));
    REQUIRE_FALSE(receipt);
    CHECK(receipt.error().kind == ErrorKind::RateLimited);
    CHECK(receipt.error().provablyNotProcessed);
    CHECK(repository.records.isEmpty());
}

TEST_CASE("a private answer goes to its conversation")
{
    BlueskyBench bench;
    bench.on(
        kSend,
        [](const Received &request) {
            CHECK(request.header("atproto-proxy") == "did:web:api.bsky.chat#bsky_chat");
            CHECK(request.json() == QJsonObject{{u"convoId"_s, u"c1"_s},
                                                {u"message"_s, QJsonObject{{u"text"_s, u"Thank you, calling."_s}}}});
            return Answer::json(chatMessage(u"m7"_s, kShop, u"Thank you, calling."_s));
        },
        "POST");
    const Result<Receipt> receipt = wait(bench.channel.send(message(bench)));
    REQUIRE(receipt);
    CHECK(receipt->remoteId == "chat:c1/m7"_L1);
    CHECK(receipt->reply == bluesky::chatReply(u"c1"_s, kShop));
    CHECK(receipt->author.remoteId == kShop);
}

TEST_CASE("a private answer to somebody who wrote in public begins a conversation, where they take one")
{
    BlueskyBench bench;
    const QJsonObject toAna = bluesky::postReply(uriOf(kAna, u"p"_s), u"c"_s, uriOf(kAna, u"p"_s), u"c"_s, kAna);
    bench.on(kSend, Answer::json(chatMessage(u"m1"_s, kShop, u"Thank you, calling."_s)), "POST");
    bench.on(kAvailability, Answer::json(QJsonObject{{u"canChat"_s, true}}));
    bench.on(u"chat.bsky.convo.getConvoForMembers"_s, [](const Received &request) {
        CHECK(request.queryValue(u"members"_s) == kAna);
        return Answer::json(QJsonObject{{u"convo"_s, convo(u"c9"_s)}});
    });
    CHECK(wait(bench.channel.send(message(bench, toAna)))->remoteId == "chat:c9/m1"_L1);
    bench.on(kAvailability, Answer::json(QJsonObject{{u"canChat"_s, true}, {u"convo"_s, convo(u"c3"_s)}}));
    CHECK(wait(bench.channel.send(message(bench, toAna)))->remoteId == "chat:c3/m1"_L1);
    CHECK(bench.calls(u"chat.bsky.convo.getConvoForMembers"_s).size() == 1);
    bench.on(kAvailability, Answer::json(QJsonObject{{u"canChat"_s, false}}));
    CHECK(wait(bench.channel.send(message(bench, toAna))).error().kind == ErrorKind::Forbidden);
    bench.on(kAvailability, Answer::json(QJsonObject{{u"canChat"_s, true}}));
    bench.on(u"chat.bsky.convo.getConvoForMembers"_s, refusal(400, u"NotFollowedBySender"_s));
    const Error refused = wait(bench.channel.send(message(bench, toAna))).error();
    CHECK(refused.kind == ErrorKind::Forbidden);
    CHECK(refused.detail.contains("Answer in public"_L1));
    CHECK(bench.calls(kSend).size() == 2);
}

TEST_CASE("a private answer without the permission is refused here")
{
    BlueskyBench bench(true, u"com.atproto.appPass"_s);
    const Error refused = wait(bench.channel.send(message(bench))).error();
    CHECK(refused.kind == ErrorKind::Forbidden);
    CHECK(refused.detail.contains("Nothing was sent"_L1));
    CHECK(bench.server.received().empty());
}

TEST_CASE("an unclear private answer is found among our own messages of the time, and otherwise nobody can tell")
{
    BlueskyBench bench;
    bench.on(kSend, Answer::empty(500), "POST");
    const Outgoing outgoing = message(bench);
    const Result<Receipt> sent = wait(bench.channel.send(outgoing));
    REQUIRE_FALSE(sent);
    CHECK_FALSE(sent.error().provablyNotProcessed);
    CHECK(bench.calls(kSend).size() == 1);

    const auto at = [&](int seconds) { return toRfc3339(outgoing.createdAt + std::chrono::seconds(seconds)); };
    const auto findAmong = [&](const QJsonArray &messages) {
        bench.on(kMessages, Answer::json(QJsonObject{{u"messages"_s, messages}}));
        return wait(bench.channel.find(outgoing));
    };
    const Result<std::optional<Receipt>> found =
        findAmong({chatMessage(u"m9"_s, kAna, u"ok"_s, at(20)), chatMessage(u"m8"_s, kShop, outgoing.text, at(-100))});
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->remoteId == "chat:c1/m8"_L1);
    for (const QJsonObject &wrong :
         {chatMessage(u"m8"_s, kAna, outgoing.text, at(1)), chatMessage(u"m8"_s, kShop, u"Other"_s, at(1)),
          chatMessage(u"m8"_s, kShop, outgoing.text, at(-121))}) {
        const Result<std::optional<Receipt>> none = findAmong({wrong});
        REQUIRE_FALSE(none);
        CHECK(none.error().kind == ErrorKind::Forbidden);
        CHECK(none.error().detail.contains("cannot be told"_L1));
    }
}

TEST_CASE("looking for a private answer goes back only as far as it can have been sent")
{
    BlueskyBench bench;
    const Outgoing outgoing = message(bench);
    bench.on(kMessages, [&](const Received &request) {
        const bool first = request.queryValue(u"cursor"_s).isEmpty();
        const QString time = toRfc3339(outgoing.createdAt - std::chrono::hours(first ? 0 : 1));
        return Answer::json(QJsonObject{{u"messages"_s, QJsonArray{chatMessage(u"m"_s, kAna, u"x"_s, time)}},
                                        {u"cursor"_s, first ? u"p2"_s : u"p3"_s}});
    });
    CHECK_FALSE(wait(bench.channel.find(outgoing)));
    CHECK(bench.calls(kMessages).size() == 2);
    Outgoing begun = message(bench, QJsonObject{{u"did"_s, kAna}});
    bench.on(kAvailability, Answer::json(QJsonObject{{u"canChat"_s, true}}));
    CHECK(wait(bench.channel.find(begun)).error().detail.contains("cannot be told"_L1));
}

TEST_CASE("what the account can do is said with its limits")
{
    BlueskyBench bench;
    const Capabilities capabilities = bench.channel.capabilities();
    CHECK(capabilities.publicReply);
    CHECK(capabilities.findsSent);
    CHECK_FALSE(capabilities.oneReplyPerReview);
    CHECK(capabilities.publicLimit == TextLimit{300, TextUnit::Graphemes, 3000});
    CHECK(capabilities.privateLimit == TextLimit{1000, TextUnit::Graphemes, 10000});
}
