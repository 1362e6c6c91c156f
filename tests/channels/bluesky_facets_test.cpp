// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_facets.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::bluesky;
using namespace Qt::StringLiterals;

namespace {

QJsonObject facet(qint64 start, qint64 end, const QJsonObject &feature)
{
    return {{u"index"_s, QJsonObject{{u"byteStart"_s, start}, {u"byteEnd"_s, end}}},
            {u"features"_s, QJsonArray{feature}}};
}

QJsonObject link(const QString &uri)
{
    return {{u"$type"_s, u"app.bsky.richtext.facet#link"_s}, {u"uri"_s, uri}};
}

std::vector<TextLink> read(const QString &text, const QJsonArray &facets)
{
    return readFacets(text, JsonReader(facets));
}

/// The words that the made facets stand on, with their targets.
QStringList made(const QString &text, const QHash<QString, QString> &dids = {})
{
    QStringList all;
    const QByteArray bytes = text.toUtf8();
    const QJsonArray facets = makeFacets(text, dids);
    for (const QJsonValue &facet : facets) {
        const qint64 start = facet[u"index"_s][u"byteStart"_s].toInteger();
        const qint64 end = facet[u"index"_s][u"byteEnd"_s].toInteger();
        const QJsonValue feature = facet[u"features"_s][0];
        all.append(QString::fromUtf8(bytes.mid(start, end - start)) + u'=' + feature[u"uri"_s].toString() +
                   feature[u"did"_s].toString());
    }
    return all;
}

} // namespace

TEST_CASE("facets count bytes, links count UTF-16 units")
{
    // "👩‍🍳 " is 11 bytes and 5 units, and "ü" is two bytes and one unit, before the address.
    const QString text = u"👩‍🍳 ü https://a.example/x"_s;
    const qsizetype start = text.indexOf("https"_L1);
    const qint64 byteStart = text.left(start).toUtf8().size();
    REQUIRE(byteStart == 15);
    REQUIRE(start == 8);
    const std::vector<TextLink> links =
        read(text, {facet(byteStart, text.toUtf8().size(), link(u"https://a.example/x"_s))});
    REQUIRE(links.size() == 1);
    CHECK(links[0] == TextLink{start, text.size() - start, TextLink::Kind::Web, u"https://a.example/x"_s});
}

TEST_CASE("mentions and tags are links of their own kinds and unknown features are left out")
{
    const QJsonArray facets{
        facet(0, 4, {{u"$type"_s, u"app.bsky.richtext.facet#mention"_s}, {u"did"_s, u"did:plc:ana"_s}}),
        facet(5, 9, {{u"$type"_s, u"app.bsky.richtext.facet#tag"_s}, {u"tag"_s, u"cake"_s}}),
        facet(10, 12, {{u"$type"_s, u"app.bsky.richtext.facet#sparkle"_s}})};
    const std::vector<TextLink> links = read(u"@ana #cak now"_s, facets);
    REQUIRE(links.size() == 2);
    CHECK(links[0] == TextLink{0, 4, TextLink::Kind::Person, u"did:plc:ana"_s});
    CHECK(links[1] == TextLink{5, 4, TextLink::Kind::Tag, u"cake"_s});
}

TEST_CASE("facets are clamped to the text and to whole characters")
{
    const QString text = u"aü😀b"_s; // bytes: a 0, ü 1-2, 😀 3-6, b 7
    CHECK(read(text, {facet(7, 1'000'000'000'000, link(u"u"_s))}) ==
          std::vector<TextLink>{{4, 1, TextLink::Kind::Web, u"u"_s}});
    CHECK(read(text, {facet(4, 8, link(u"u"_s))}) == std::vector<TextLink>{{2, 3, TextLink::Kind::Web, u"u"_s}});
    CHECK(read(text, {facet(2, 3, link(u"u"_s))}) == std::vector<TextLink>{{1, 1, TextLink::Kind::Web, u"u"_s}});
    CHECK(read(text, {facet(4, 5, link(u"u"_s))}).empty());
    CHECK(read(text, {facet(5, 5, link(u"u"_s))}).empty());
    CHECK(read(text, {facet(6, 2, link(u"u"_s))}).empty());
    CHECK(read(text, {facet(-3, 2, link(u"u"_s))}).empty());
    CHECK(read(text, {facet(100, 200, link(u"u"_s))}).empty());
    CHECK(read({}, {facet(0, 1, link(u"u"_s))}).empty());
}

TEST_CASE("overlapping facets keep the first and damaged ones are shown as plain text")
{
    const QJsonArray facets{facet(3, 8, link(u"second"_s)), facet(0, 5, link(u"first"_s)),
                            facet(8, 9, link(u"third"_s)), QJsonObject{{u"index"_s, 7}}, QJsonValue(u"nonsense"_s)};
    const std::vector<TextLink> links = read(u"0123456789"_s, facets);
    REQUIRE(links.size() == 2);
    CHECK(links[0].target == "first"_L1);
    CHECK(links[1].target == "third"_L1);
}

TEST_CASE("web addresses in an answer become links, counted in bytes")
{
    CHECK(made(u"😀 see https://a.example/ü?q=1, or (http://b.example)."_s) ==
          QStringList{u"https://a.example/ü?q=1=https://a.example/ü?q=1"_s, u"http://b.example=http://b.example"_s});
    CHECK(made(u"(https://en.example/wiki/Cake_(food))"_s) ==
          QStringList{u"https://en.example/wiki/Cake_(food)=https://en.example/wiki/Cake_(food)"_s});
    CHECK(made(u"nohttps://a.example"_s).isEmpty());
    CHECK(made(u"a.example"_s).isEmpty());
}

TEST_CASE("mentions become links where their handle is known and stay text where it is not")
{
    const QString text = u"Dear @Ana.example, and @ben.example: mail us at shop@a.example (@ana.example) @5pm"_s;
    CHECK(mentionedHandles(text) == QStringList{u"ana.example"_s, u"ben.example"_s});
    CHECK(made(text, {{u"ana.example"_s, u"did:plc:ana"_s}}) ==
          QStringList{u"@Ana.example=did:plc:ana"_s, u"@ana.example=did:plc:ana"_s});
    CHECK(made(u"ends @ana.example."_s, {{u"ana.example"_s, u"d"_s}}) == QStringList{u"@ana.example=d"_s});
}

TEST_CASE("facets that were made are read back as the same links")
{
    const QString text = u"👨‍👩‍👧‍👦 @ana.example → https://a.example/ñ 🎂"_s;
    const std::vector<TextLink> links =
        readFacets(text, JsonReader(makeFacets(text, {{u"ana.example"_s, u"did:plc:ana"_s}})));
    REQUIRE(links.size() == 2);
    CHECK(text.mid(links[0].start, links[0].length) == "@ana.example"_L1);
    CHECK(text.mid(links[1].start, links[1].length) == u"https://a.example/ñ"_s);
}

TEST_CASE("what looks like a mention inside an address is a part of the address")
{
    const QString text = u"look https://x.example/a(@ana.test and @ben.test"_s;
    CHECK(mentionedHandles(text) == QStringList{u"ben.test"_s});
    const QJsonArray facets = makeFacets(text, {{u"ana.test"_s, u"did:ana"_s}, {u"ben.test"_s, u"did:ben"_s}});
    CHECK(facets.size() == 2);
}
