// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_parser.h"
#include "app/channels/bluesky/bluesky_post.h"
#include "tests/channels/bluesky_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::bluesky;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

Outgoing answer(const QString &text)
{
    Outgoing outgoing;
    outgoing.key = "3jumu2k6k2222";
    outgoing.text = text;
    outgoing.createdAt = *fromRfc3339(u"2026-11-22T09:00:00.123Z"_s);
    outgoing.reply = postReply(uriOf(kAna, u"parent"_s), u"cid-parent"_s, uriOf(kShop, u"root"_s), u"cid-root"_s, kAna);
    return outgoing;
}

Outgoing message(const QString &text)
{
    Outgoing outgoing = answer(text);
    outgoing.audience = Audience::Private;
    outgoing.reply = {{u"convoId"_s, u"c1"_s}};
    return outgoing;
}

const QString kFamily = u"👨‍👩‍👧‍👦"_s; // one grapheme, 25 bytes

} // namespace

TEST_CASE("limits count what people call characters, and bytes")
{
    REQUIRE(kFamily.toUtf8().size() == 25);
    CHECK(checkOutgoing(answer(QString(300, u'x'))));
    CHECK_FALSE(checkOutgoing(answer(QString(301, u'x'))));
    CHECK(checkOutgoing(answer(kFamily.repeated(120))));
    CHECK_FALSE(checkOutgoing(answer(kFamily.repeated(121)))); // 121 graphemes, 3,025 bytes
    CHECK(checkOutgoing(answer(u"e\u0301"_s.repeated(300))));
    CHECK(checkOutgoing(message(QString(1000, u'x'))));
    CHECK_FALSE(checkOutgoing(message(QString(1001, u'x'))));
    CHECK(checkOutgoing(message(kFamily.repeated(400))));
    CHECK_FALSE(checkOutgoing(message(kFamily.repeated(401))));
}

TEST_CASE("an answer is refused before anything is sent, with a sentence that says what to do")
{
    const auto refusalOf = [](const Outgoing &outgoing) {
        const Result<void> checked = checkOutgoing(outgoing);
        REQUIRE_FALSE(checked);
        CHECK(checked.error().kind == ErrorKind::Rejected);
        CHECK(checked.error().detail.contains("Nothing was sent"_L1));
        return checked.error().detail;
    };
    CHECK(refusalOf(answer({})).contains("empty"_L1));
    CHECK(refusalOf(answer(u" \n\t"_s)).contains("empty"_L1));
    CHECK(refusalOf(answer(QString(301, u'x')))
              .contains("301 characters and 301 bytes, where Bluesky takes 300 and 3000"_L1));
    Outgoing nowhere = answer(u"hi"_s);
    nowhere.reply.remove(u"rootCid"_s);
    CHECK(refusalOf(nowhere).contains("which post this answers"_L1));
    Outgoing keyless = answer(u"hi"_s);
    keyless.key = "not-a-tid";
    CHECK(refusalOf(keyless).contains("key"_L1));
    Outgoing nobody = message(u"hi"_s);
    nobody.reply = {};
    CHECK(refusalOf(nobody).contains("whom"_L1));
}

TEST_CASE("the record of an answer points at parent and root and is the same each time")
{
    const Outgoing outgoing = answer(u"So sorry 😀 @ana.example https://a.example"_s);
    const QHash<QString, QString> dids{{u"ana.example"_s, kAna}};
    const QJsonObject record = makePost(outgoing, dids);
    CHECK(record == makePost(outgoing, dids));
    CHECK(record[u"$type"_s] == u"app.bsky.feed.post"_s);
    CHECK(record[u"text"_s] == outgoing.text);
    CHECK(record[u"createdAt"_s] == u"2026-11-22T09:00:00.123Z"_s);
    CHECK(record[u"reply"_s][u"parent"_s][u"uri"_s] == uriOf(kAna, u"parent"_s));
    CHECK(record[u"reply"_s][u"parent"_s][u"cid"_s] == u"cid-parent"_s);
    CHECK(record[u"reply"_s][u"root"_s][u"uri"_s] == uriOf(kShop, u"root"_s));
    CHECK(record[u"reply"_s][u"root"_s][u"cid"_s] == u"cid-root"_s);
    REQUIRE(record[u"facets"_s].toArray().size() == 2);
    CHECK(record[u"facets"_s][0][u"index"_s][u"byteStart"_s] == 14);
    CHECK(record[u"facets"_s][0][u"index"_s][u"byteEnd"_s] == 26);
    CHECK_FALSE(makePost(answer(u"plain"_s), {}).contains(u"facets"_s));
}

TEST_CASE("a stored record is ours where words, time and target agree, whatever its facets")
{
    const Outgoing outgoing = answer(u"Hello @ana.example"_s);
    QJsonObject stored = makePost(outgoing, {{u"ana.example"_s, kAna}});
    CHECK(isSamePost(stored, outgoing));
    stored.insert(u"langs"_s, QJsonArray{u"en"_s});
    CHECK(isSamePost(stored, outgoing));
    stored.insert(u"text"_s, u"Other words"_s);
    CHECK_FALSE(isSamePost(stored, outgoing));
    Outgoing elsewhere = outgoing;
    elsewhere.reply.insert(u"uri"_s, u"at://x/app.bsky.feed.post/y"_s);
    CHECK_FALSE(isSamePost(makePost(outgoing, {}), elsewhere));
}

TEST_CASE("the record is put only where there is none")
{
    const QJsonObject body = QJsonDocument::fromJson(putBody(kShop, "3jumu2k6k2222", {{u"text"_s, u"x"_s}})).object();
    CHECK(body[u"repo"_s] == kShop);
    CHECK(body[u"collection"_s] == u"app.bsky.feed.post"_s);
    CHECK(body[u"rkey"_s] == u"3jumu2k6k2222"_s);
    CHECK(body.contains(u"swapRecord"_s));
    CHECK(body[u"swapRecord"_s].isNull());
}

TEST_CASE("the receipt of an answer is the item that the network will show")
{
    const Outgoing outgoing = answer(u"Hello"_s);
    const Author us{kShop, u"shop.example"_s, u"Shop"_s};
    const Receipt receipt = postReceipt(outgoing, postUri(kShop, outgoing.key), u"cid-x"_s, us);
    QJsonObject view = post(kShop, u"3jumu2k6k2222"_s, makePost(outgoing, {}));
    view.insert(u"cid"_s, u"cid-x"_s);
    const auto items = parsePosts(bytesOf({{u"posts"_s, QJsonArray{view}}}), kShop);
    REQUIRE(items);
    CHECK(items->at(0).remoteId == receipt.remoteId);
    CHECK(items->at(0).version == receipt.version);
    CHECK(items->at(0).url == receipt.url);
    CHECK(items->at(0).reply == receipt.reply);
    CHECK(items->at(0).author.remoteId == receipt.author.remoteId);
}
