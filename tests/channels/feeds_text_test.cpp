// SPDX-License-Identifier: GPL-3.0-or-later
// Hostile and broken documents, dates, addresses, words: each ends in items or in one sentence.
#include "app/channels/feeds/feed_address.h"
#include "app/channels/feeds/feed_dates.h"
#include "app/channels/feeds/feed_parser.h"
#include "app/channels/feeds/feed_schedule.h"
#include "app/channels/feeds/feed_text.h"
#include "app/channels/feeds/feed_words.h"
#include "tests/support/catch.h"

#include <QElapsedTimer>

using namespace indelible;
using namespace indelible::channels::feeds;
using namespace Qt::StringLiterals;

namespace {

const QUrl kAddress(u"https://blog.example/feed"_s);

Result<FeedDocument> parsed(const QByteArray &bytes)
{
    return parseFeed(bytes, "text/xml", kAddress);
}

QString problemOf(const QByteArray &bytes)
{
    const Result<FeedDocument> document = parsed(bytes);
    REQUIRE_FALSE(document.has_value());
    CHECK(document.error().kind == ErrorKind::InvalidReply);
    CHECK(document.error().detail.count(u"Nothing of it was taken over"_s) == 1);
    return document.error().detail;
}

QByteArray rss(const QByteArray &items)
{
    return "<rss version='2.0'><channel><title>t</title>" + items + "</channel></rss>";
}

QString date(const QString &text)
{
    const std::optional<Instant> instant = feedDate(text);
    return instant ? toRfc3339(*instant) : QString();
}

} // namespace

TEST_CASE("an entity that grows without end costs the document, not the memory")
{
    QByteArray laughs = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>";
    for (int i = 1; i < 12; ++i) {
        const QByteArray before = "&a" + QByteArray::number(i - 1) + ';';
        laughs += "<!ENTITY a" + QByteArray::number(i) + " '" + before.repeated(10) + "'>";
    }
    laughs += "]>" + rss("<item><title>&a11;</title></item>");
    CHECK(problemOf(laughs).contains(u"an entity that grows without end"_s));
}

TEST_CASE("entities that a document declares itself are read, those outside it never")
{
    const auto inside =
        parsed("<!DOCTYPE rss [<!ENTITY shop 'Corner Bakery'>]>" + rss("<item><title>&shop;</title></item>"));
    REQUIRE(inside);
    CHECK(inside->entries.front().title.value == u"Corner Bakery"_s);
    const auto outside = parsed("<!DOCTYPE rss [<!ENTITY file SYSTEM 'file:///etc/hostname'>]>" +
                                rss("<item><title>x &file; y</title></item>"));
    if (outside)
        CHECK(outside->entries.front().title.value.simplified().remove(u' ') == u"xy"_s);
}

TEST_CASE("ten thousand levels are refused in one sentence, two hundred are not needed")
{
    const QByteArray deep = rss("<item><title>t</title><description>" + QByteArray("<div>").repeated(10'000) + "x" +
                                QByteArray("</div>").repeated(10'000) + "</description></item>");
    CHECK(problemOf(deep).contains(u"nested too deeply"_s));
    const QByteArray skipped = "<rss><channel>" + QByteArray("<x>").repeated(10'000) +
                               QByteArray("</x>").repeated(10'000) + "</channel></rss>";
    CHECK(problemOf(skipped).contains(u"nested too deeply"_s));
    const QByteArray json =
        "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":" + QByteArray("[").repeated(10'000) +
        QByteArray("]").repeated(10'000) + "}";
    CHECK(problemOf(json).contains(u"nested too deeply"_s));
    CHECK(parsed(rss("<item><description>" + QByteArray("<b>").repeated(150) + "x" + QByteArray("</b>").repeated(150) +
                     "</description></item>")));
}

TEST_CASE("two thousand items are read and no more")
{
    const auto many = parsed(rss(QByteArray("<item><title>x</title></item>").repeated(2001)));
    REQUIRE(many);
    CHECK(many->entries.size() == 2000);
    CHECK(many->cutShort);
    const auto enough = parsed(rss(QByteArray("<item><title>x</title></item>").repeated(2000)));
    REQUIRE(enough);
    CHECK_FALSE(enough->cutShort);
}

TEST_CASE("what is no feed is said in one sentence")
{
    CHECK(problemOf("").contains(u"it is empty"_s));
    CHECK(problemOf("hello").contains(u"neither XML nor JSON"_s));
    CHECK(problemOf("<!DOCTYPE html><html>").contains(u"a web page"_s));
    CHECK(problemOf("\n<html lang='en'><body>feed").contains(u"a web page"_s));
    CHECK(problemOf("<svg/>").contains(u"no feed ('svg')"_s));
    CHECK(problemOf("{\"a\":1}").contains(u"it is JSON, but no feed"_s));
    CHECK(
        problemOf("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{").contains(u"cut off or damaged"_s));
    CHECK(problemOf("<rss><channel><item>").contains(u"it is cut off"_s));
    CHECK(problemOf("<rss><channel></item></rss>").contains(u"not well-formed"_s));
    CHECK(problemOf("<?xml version='1.0' encoding='klingon'?><rss/>").contains(u"'klingon'"_s));
}

TEST_CASE("a document says what it is and how it is written, whatever the server says")
{
    const auto latin =
        parseFeed("<rss><channel><title>caf\xe9</title></channel></rss>", "image/png; charset=iso-8859-1", kAddress);
    REQUIRE(latin);
    CHECK(latin->title == u"café"_s);
    const auto declared =
        parseFeed("<?xml version='1.0' encoding='utf-8'?><rss><channel><title>caf\xc3\xa9</title></channel></rss>",
                  "text/xml; charset=iso-8859-1", kAddress);
    REQUIRE(declared);
    CHECK(declared->title == u"café"_s);
    CHECK(charsetOf("text/xml; Charset=\"UTF-8\"; x=y") == "UTF-8");
    CHECK(charsetOf("text/xml") == "");
}

TEST_CASE("small faults of producers are mended and nothing else is touched")
{
    CHECK(mendedXml(u"\n <a>R&D &amp; &nbsp; &#8; &#x1F600; &#99999999; &;</a>"_s) ==
          u"<a>R&amp;D &amp; &nbsp; \uFFFD &#x1F600; \uFFFD &amp;;</a>"_s);
    CHECK(mendedXml(u"<a><![CDATA[R&D <b>]]>&x<!-- & --></a>"_s) == u"<a><![CDATA[R&D <b>]]>&amp;x<!-- & --></a>"_s);
    CHECK(mendedXml(u"<![CDATA[&"_s) == u"<![CDATA[&"_s);
    CHECK(htmlEntity(u"nbsp"_s) == QString(QChar(0xA0)));
    CHECK(htmlEntity(u"yuml"_s) == u"ÿ"_s);
    CHECK(htmlEntity(u"times"_s) == u"×"_s);
    CHECK(htmlEntity(u"hellip"_s) == u"…"_s);
    CHECK(htmlEntity(u"lol"_s).isEmpty());
    CHECK(looksLikeHtml(u"<b>x</b>"_s));
    CHECK(looksLikeHtml(u"a &amp; b"_s));
    CHECK_FALSE(looksLikeHtml(u"3 < 5 and a & b; 7 > 2"_s));
}

TEST_CASE("dates are read as they are written in feeds")
{
    CHECK(date(u"Fri, 20 Nov 2026 08:00:00 +0100"_s) == u"2026-11-20T07:00:00.000Z"_s);
    CHECK(date(u"20 Nov 26 08:00 EST"_s) == u"2026-11-20T13:00:00.000Z"_s);
    CHECK(date(u"Fri, 20 Nov 1998 08:00:00 GMT"_s) == u"1998-11-20T08:00:00.000Z"_s);
    CHECK(date(u"20-Nov-98 08:00:00 -0500"_s) == u"1998-11-20T13:00:00.000Z"_s);
    CHECK(date(u"Fri Nov 20 08:00:00 2026"_s) == u"2026-11-20T08:00:00.000Z"_s);
    CHECK(date(u"2026-11-20"_s) == u"2026-11-20T00:00:00.000Z"_s);
    CHECK(date(u"2026-11-20 08:00:00.5"_s) == u"2026-11-20T08:00:00.500Z"_s);
    CHECK(date(u"2026-11-20T08:00:00-0330"_s) == u"2026-11-20T11:30:00.000Z"_s);
    CHECK(date(u"2016-12-31T23:59:60Z"_s) == u"2017-01-01T00:00:00.000Z"_s);
    CHECK(date(u"Mon, 01 Jan 0001 00:00:00 +0000"_s) == u"0001-01-01T00:00:00.000Z"_s);
    for (const QString &none : {u""_s, u"soon"_s, u"31 Feb 2026"_s, u"2026-13-01"_s, u"0001-01-01T00:00:00+14:00"_s,
                                u"2026-11-20T27:00:00Z"_s, u"20 Nov 08:00"_s, QString(10'000, u'1')})
        CHECK(date(none).isEmpty());
}

TEST_CASE("an address is shown without what opens the feed")
{
    const QUrl alerts(u"https://www.google.com/alerts/feeds/00000000000000000001/11111111111111111111"_s);
    CHECK(isGoogleAlerts(alerts));
    CHECK(shownAddress(alerts) == u"www.google.com"_s);
    CHECK(feedId(alerts).startsWith(u"sha256:"_s));
    for (const QString &secret :
         {u"https://code.example/me.atom?token=x"_s, u"https://pod.example/f/8d1fa77ce12b41a0b1c2d3e4/rss"_s}) {
        CHECK(shownAddress(QUrl(secret)) == QUrl(secret).host());
        CHECK_FALSE(feedId(QUrl(secret)).contains(u"example"_s));
    }
    CHECK(shownAddress(QUrl(u"https://blog.example/2026/a-long-word-with-hyphens-2026/feed"_s)) ==
          u"blog.example/2026/a-long-word-with-hyphens-2026/feed"_s);
    CHECK(feedId(kAddress) == kAddress.toString());
}

TEST_CASE("addresses at home are told by what they say")
{
    for (const QString &home : {u"http://localhost:80/f"_s, u"https://nas/f"_s, u"https://nas.local/f"_s,
                                u"https://192.168.1.2/f"_s, u"https://[::1]/f"_s, u"https://box.home.arpa/f"_s})
        CHECK(isAtHome(QUrl(home)));
    for (const QString &away :
         {u"https://blog.example/f"_s, u"https://local.example/f"_s, u"https://93.184.216.34/f"_s})
        CHECK_FALSE(isAtHome(QUrl(away)));
}

TEST_CASE("typed addresses are taken as people write them")
{
    CHECK(feedAddress(u" blog.example/feed "_s)->toString() == u"https://blog.example/feed"_s);
    CHECK(feedAddress(u"feed://blog.example/feed#top"_s)->toString() == u"https://blog.example/feed"_s);
    CHECK(feedAddress(u"feed:https://blog.example/feed"_s)->toString() == u"https://blog.example/feed"_s);
    for (const QString &bad :
         {u""_s, u"file:///etc/passwd"_s, u"https://me:secret@blog.example/"_s, u"two words"_s, u"https://"_s}) {
        const Result<QUrl> address = feedAddress(bad);
        REQUIRE_FALSE(address.has_value());
        CHECK(address.error().kind == ErrorKind::Rejected);
        CHECK_FALSE(address.error().detail.contains(u"secret"_s));
    }
}

TEST_CASE("Google's redirects are undone without asking Google")
{
    CHECK(linkBehind(u"https://www.google.com/url?rct=j&url=https://news.example/a%3Fb%3D1&usg=x"_s) ==
          u"https://news.example/a?b=1"_s);
    CHECK(linkBehind(u"https://www.google.co.uk/url?q=http://news.example/"_s) == u"http://news.example/"_s);
    for (const QString &kept : {u"https://www.google.com/url?url=javascript:alert(1)"_s,
                                u"https://google.com.evil.example/url?url=https://a.example/"_s,
                                u"https://news.example/url?url=https://a.example/"_s})
        CHECK(linkBehind(kept) == kept);
    CHECK(comparableLink(u"https://News.example/a?utm_source=rss&id=1&fbclid=2#top"_s) ==
          u"https://news.example/a?id=1"_s);
    CHECK(comparableLink(u"https://news.example/a?gclid=2"_s) == u"https://news.example/a"_s);
}

TEST_CASE("watch words are whole words, whatever their accents and case")
{
    const QStringList words = watchWords(u"Café Müller,  corner-bakery.example,\nCAFÉ MÜLLER,, パン"_s);
    CHECK(words == QStringList{u"Café Müller"_s, u"corner-bakery.example"_s, u"パン"_s});
    CHECK(containsOne(words, u"the CAFE\n muller's rolls"_s));
    CHECK(containsOne(words, u"see https://corner-bakery.example/menu"_s));
    CHECK(containsOne(words, u"美味しいパン屋"_s));
    CHECK_FALSE(containsOne(words, u"cafe mullerin, corner-bakery.examples"_s));
    CHECK_FALSE(containsOne(words, u"grandcafé müller"_s));
    CHECK(containsOne({u"c++"_s}, u"I like C++, too"_s));
    CHECK_FALSE(containsOne({}, u"anything"_s));
}

TEST_CASE("a feed is asked as often as is polite")
{
    using namespace std::chrono_literals;
    CHECK(pauseAfter({false, true, {}, {}}, 0) == 1h);
    CHECK(pauseAfter({false, false, {}, {}}, 0) == 24h);
    CHECK(pauseAfter({true, false, {}, {}}, 0) == 30min);
    CHECK(pauseAfter({false, true, 120min, 180min}, 0) == 3h);
    CHECK(pauseAfter({false, true, 5min, 10min}, 0) == 1h);
    CHECK(pauseAfter({false, true, 99999min, {}}, 0) == 24h);
    CHECK(pauseAfter({false, true, {}, {}}, 1) == 66min);
    CHECK(freshnessOf("no-cache, max-age=7200") == 120min);
    CHECK_FALSE(freshnessOf("s-max-age=7200").has_value());
    CHECK_FALSE(freshnessOf("no-store").has_value());
}

TEST_CASE("ten megabytes are read in seconds")
{
    QByteArray item = "<item><title>Bread &amp; salt</title><guid>g</guid><description>" +
                      QByteArray("&lt;p&gt;words&lt;/p&gt; ").repeated(180) + "</description></item>";
    QElapsedTimer timer;
    timer.start();
    const auto large = parsed(rss(item.repeated(10 * 1024 * 1024 / item.size())));
    REQUIRE(large);
    CHECK(large->entries.size() > 1900);
    CHECK(timer.elapsed() < 30'000);
}
