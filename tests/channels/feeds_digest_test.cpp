// SPDX-License-Identifier: GPL-3.0-or-later
// What a feed brings, held until the morning: nothing twice, nothing lost.
#include "app/channels/feeds/feed_position.h"
#include "tests/channels/feeds_bench.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::feeds;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Instant at(const char *text)
{
    const std::optional<Instant> instant = fromRfc3339(QString::fromLatin1(text));
    REQUIRE(instant);
    return *instant;
}

/// A feed whose items come in together, after its first visit, which brought the entry "1".
struct DigestBench : Bench
{
    explicit DigestBench(Cadence cadence = Cadence::Daily)
    {
        // A minute after seven wherever the test runs: the next morning is a day away.
        clock.set(nextDigest(Cadence::Daily, clock.now(), QTimeZone::systemTimeZone()) + 1min);
        REQUIRE(connect({}, u"/feed"_s, cadence));
        REQUIRE(ids(fetch()) == QStringList{u"1"_s});
        morning = nextDigest(cadence, clock.now(), QTimeZone::systemTimeZone());
    }
    void show(const QByteArray &entries) { server.on("GET", "/feed", feed(entries)); }
    /// What a visit brings while the digest is not due: nothing.
    void visitQuietly()
    {
        clock.advance(1h);
        const Batch batch = fetch();
        CHECK(batch.items.empty());
        CHECK(batch.gone.empty());
        CHECK_FALSE(batch.more);
    }
    void wakeInTheMorning() { clock.set(morning); }

    Instant morning;
};

/// Everything that visits bring until one says that there is no more.
QStringList everything(Bench &bench)
{
    QStringList all;
    for (bool more = true; more;) {
        const Batch batch = bench.fetch();
        all += ids(batch);
        more = batch.more;
    }
    return all;
}

RemoteItem everyField()
{
    RemoteItem item;
    item.kind = ItemKind::Mention;
    item.direction = Direction::Incoming;
    item.audience = Audience::Public;
    item.remoteId = u"id"_s;
    item.version = u"version"_s;
    item.threadId = u"thread"_s;
    item.parentId = u"parent"_s;
    item.author = {.remoteId = u"who"_s, .handle = u"handle"_s, .name = u"name"_s};
    item.text = u"words \U0001F35E\nand more"_s;
    item.url = u"https://quay.example/1"_s;
    item.language = u"en"_s;
    item.createdAt = at("2026-11-20T08:00:00.123Z");
    item.links = {{0, 5, TextLink::Kind::Web, u"https://quay.example/a"_s}, {6, 2, TextLink::Kind::Tag, u"tag"_s}};
    item.media = {{u"image"_s, u"a loaf"_s, u"https://quay.example/loaf.png"_s}};
    return item;
}

RemoteItem version(const char *id, const char *words)
{
    RemoteItem item;
    item.remoteId = QString::fromLatin1(id);
    item.version = item.text = QString::fromLatin1(words);
    return item;
}

} // namespace

TEST_CASE("a digest comes in at seven by the person's clock, the next day or the next Monday")
{
    const QTimeZone berlin("Europe/Berlin");
    const auto next = [&berlin](Cadence cadence, const char *now) {
        return toRfc3339(nextDigest(cadence, at(now), berlin));
    };
    CHECK(next(Cadence::Daily, "2026-11-22T05:59:59Z") == toRfc3339(at("2026-11-22T06:00:00Z")));
    CHECK(next(Cadence::Daily, "2026-11-22T06:00:00Z") == toRfc3339(at("2026-11-23T06:00:00Z")));
    CHECK(next(Cadence::Daily, "2026-11-22T23:30:00Z") == toRfc3339(at("2026-11-23T06:00:00Z")));
    CHECK(next(Cadence::Weekly, "2026-11-22T12:00:00Z") == toRfc3339(at("2026-11-23T06:00:00Z"))); // a Sunday
    CHECK(next(Cadence::Weekly, "2026-11-23T06:00:00Z") == toRfc3339(at("2026-11-30T06:00:00Z")));
    CHECK(next(Cadence::Weekly, "2026-12-28T07:00:00Z") == toRfc3339(at("2027-01-04T06:00:00Z")));
    // The clocks go back in October and forward in March; seven stays seven.
    CHECK(next(Cadence::Daily, "2026-10-24T20:00:00Z") == toRfc3339(at("2026-10-25T06:00:00Z")));
    CHECK(next(Cadence::Daily, "2027-03-27T20:00:00Z") == toRfc3339(at("2027-03-28T05:00:00Z")));
}

TEST_CASE("a time zone that Qt does not know is no endless search")
{
    CHECK(nextDigest(Cadence::Weekly, at("2026-11-22T12:00:00Z"), QTimeZone()) == at("2026-11-23T07:00:00Z"));
}

TEST_CASE("a visit that ends after seven brings what was held first, and then what it found")
{
    Digest digest;
    digest.due = at("2026-11-23T07:00:00Z");
    const Instant before = at("2026-11-23T06:59:59Z");
    const Instant after = at("2026-11-23T07:00:01Z");
    Batch first;
    first.items = {version("2", "old")};
    holdBack(digest, first, true, Cadence::Weekly, before, QTimeZone::utc());
    CHECK_FALSE(isReady(digest, Cadence::Weekly, before));
    Batch batch;
    batch.items = {version("2", "new")};
    holdBack(digest, batch, true, Cadence::Weekly, after, QTimeZone::utc());
    CHECK(batch.items == std::vector{version("2", "old"), version("2", "new")});
    CHECK(digest.held.empty());
    CHECK(digest.due == at("2026-11-30T07:00:00Z"));
}

TEST_CASE("what a site shows by turns is held once, and what is shown again is not gone")
{
    Digest digest;
    digest.due = at("2026-11-23T07:00:00Z");
    const Instant now = at("2026-11-22T12:00:00Z");
    const auto see = [&](std::vector<RemoteItem> items, std::vector<RemoteGone> gone) {
        Batch batch;
        batch.items = std::move(items);
        batch.gone = std::move(gone);
        holdBack(digest, batch, true, Cadence::Daily, now, QTimeZone::utc());
        CHECK(batch.items.empty());
        CHECK(batch.gone.empty());
    };
    see({version("3", "a"), version("2", "a")}, {});
    see({version("2", "a")}, {{u"3"_s, RemoteGone::Reason::DeletedByAuthor}});
    CHECK(digest.gone.size() == 1);
    see({version("3", "a"), version("2", "a")}, {});
    CHECK(digest.held == std::vector{version("3", "a"), version("2", "a")});
    CHECK(digest.gone.empty());
}

TEST_CASE("a digest that is due when none can be was put off by a wrong clock and comes in now")
{
    Digest digest;
    digest.held = {version("2", "a")};
    digest.due = at("2030-01-01T07:00:00Z");
    CHECK(isReady(digest, Cadence::Weekly, at("2026-11-22T12:00:00Z")));
    digest.due = at("2026-11-30T07:00:00Z");
    CHECK_FALSE(isReady(digest, Cadence::Weekly, at("2026-11-23T07:00:01Z")));
}

TEST_CASE("deletions and links count for what a cursor can carry")
{
    Digest digest;
    const Instant now = at("2026-11-22T12:00:00Z");
    digest.due = at("2026-11-23T07:00:00Z");
    Batch batch;
    SECTION("deletions")
    {
        for (int i = 0; i < 501; ++i)
            batch.gone.push_back({QString::number(i), RemoteGone::Reason::DeletedByAuthor});
    }
    SECTION("links")
    {
        RemoteItem item = version("2", "a");
        for (int i = 0; i < 300; ++i)
            item.links.push_back({0, 1, TextLink::Kind::Web, QString(4000, u'a')});
        batch.items = {item};
    }
    holdBack(digest, batch, true, Cadence::Daily, now, QTimeZone::utc());
    CHECK(batch.items.size() + batch.gone.size() > 0);
    CHECK(digest.held.empty());
    CHECK(digest.gone.empty());
}

TEST_CASE("a site that is down does not put off what is held")
{
    DigestBench bench;
    bench.show(entry("2", "salt"));
    bench.clock.set(bench.morning - 2h);
    CHECK(bench.fetch().items.empty());
    bench.server.on("GET", "/feed", Answer::empty(404));
    bench.clock.set(bench.morning - 5min);
    CHECK(bench.failing().retryAfter == 5min);
}

TEST_CASE("another rhythm begins with what is there")
{
    DigestBench bench(Cadence::Weekly);
    bench.show(entry("2", "salt") + entry("1", "bread"));
    bench.visitQuietly();
    bench.show(entry("3", "rye") + entry("2", "salt"));
    REQUIRE(bench.connect({}, u"/feed"_s, Cadence::Daily));
    CHECK(everything(bench) == QStringList{u"2"_s, u"3"_s});
}

TEST_CASE("what is held is written and read again with everything it says")
{
    Digest digest;
    digest.due = at("2026-11-23T07:00:00Z");
    digest.brought = {u"a"_s, u"b"_s};
    digest.held = {everyField(), everyField()};
    digest.held.back().version = u"later"_s;
    digest.gone = {{u"x"_s, RemoteGone::Reason::DeletedByAuthor}, {u"y"_s, RemoteGone::Reason::HiddenByNetwork}};
    CHECK(readDigest(writeDigest(digest)) == digest);
    CHECK(readDigest({}) == Digest());
    Position position;
    position.of = u"a feed"_s;
    position.digest = digest;
    CHECK(readPosition(writePosition(position)).digest == digest);
}

TEST_CASE("the first visit brings what is there at once; what comes later waits for the morning")
{
    const Cadence cadence = GENERATE(Cadence::Daily, Cadence::Weekly);
    DigestBench bench(cadence);
    CHECK(readSettings(bench.secret())->cadence == cadence);
    bench.show(entry("2", "salt") + entry("1", "bread"));
    bench.visitQuietly();
    bench.show(entry("3", "rye") + entry("2", "salt") + entry("1", "bread"));
    bench.visitQuietly();
    bench.visitQuietly();
    bench.clock.set(bench.morning - 1ms);
    CHECK(everything(bench).isEmpty());
    bench.wakeInTheMorning();
    CHECK(everything(bench) == QStringList{u"2"_s, u"3"_s});
    // And the next ones wait for the next morning.
    bench.show(entry("4", "flour") + entry("3", "rye"));
    bench.visitQuietly();
    bench.clock.set(nextDigest(cadence, bench.clock.now(), QTimeZone::systemTimeZone()));
    CHECK(everything(bench) == QStringList{u"4"_s});
    CHECK(everything(bench).isEmpty());
}

TEST_CASE("what is new in the morning comes in with the digest")
{
    DigestBench bench;
    bench.show(entry("2", "salt") + entry("1", "bread"));
    bench.visitQuietly();
    bench.show(entry("3", "rye") + entry("2", "salt") + entry("1", "bread"));
    bench.wakeInTheMorning();
    const QStringList all = everything(bench);
    CHECK(all.first() == u"2"_s);
    CHECK(all.contains(u"3"_s));
}

TEST_CASE("what left the feed while it was held comes in all the same")
{
    DigestBench bench;
    bench.show(entry("2", "salt"));
    bench.visitQuietly();
    bench.show(entry("3", "rye"));
    bench.visitQuietly();
    bench.wakeInTheMorning();
    CHECK(everything(bench) == QStringList{u"2"_s, u"3"_s});
}

TEST_CASE("an edit between two digests is one in the inbox, and everything is there once")
{
    DigestBench bench;
    TempInbox inbox;
    bench.show(entry("2", "salt is cheap"));
    bench.visitQuietly();
    bench.show(entry("2", "salt is dear"));
    bench.visitQuietly();
    bench.wakeInTheMorning();
    const Batch digest = bench.fetch();
    REQUIRE(ids(digest) == QStringList{u"2"_s, u"2"_s});
    const inbox::IngestReport report = inbox.ingest(digest.items);
    CHECK(report.newItems == 1);
    CHECK(report.revisions == 1);
    // Told once more, because the end of the round was never stored, it changes nothing.
    CHECK(inbox.ingest(digest.items).newItems == 0);
    const auto rows = inbox.list(View::Everything);
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().snippet.contains(u"dear"_s));
}

TEST_CASE("a deletion that is told while the item is held follows it")
{
    DigestBench bench;
    bench.show(entry("2", "salt") + entry("1", "bread"));
    bench.visitQuietly();
    const QByteArray tomb = "<at:deleted-entry xmlns:at='http://purl.org/atompub/tombstones/1.0' ref='2' "
                            "when='2026-11-22T10:00:00Z'/>";
    bench.show(tomb + entry("1", "bread"));
    bench.visitQuietly();
    bench.visitQuietly();
    bench.wakeInTheMorning();
    const Batch digest = bench.fetch();
    CHECK(ids(digest) == QStringList{u"2"_s});
    REQUIRE(digest.gone.size() == 1);
    CHECK(digest.gone.front().remoteId == u"2"_s);
}

TEST_CASE("the digest comes in where the site is down, says that the feed is gone, or that nothing changed")
{
    DigestBench bench;
    bench.server.on("GET", "/feed", feed(entry("2", "salt")).withHeader("ETag", "\"a\""));
    bench.visitQuietly();
    bench.wakeInTheMorning();
    const std::size_t before = bench.requests();
    SECTION("down")
    {
        bench.server.on("GET", "/feed", Answer::empty(404));
        CHECK(ids(bench.fetch()) == QStringList{u"2"_s});
        CHECK(bench.requests() == before);
        CHECK(bench.failing().kind == ErrorKind::NotFound);
    }
    SECTION("gone")
    {
        bench.server.on("GET", "/feed", Answer::empty(410));
        CHECK(everything(bench) == QStringList{u"2"_s});
        CHECK(bench.fetch().limited.contains(u"410"_s));
    }
    SECTION("unchanged")
    {
        bench.server.on("GET", "/feed", Answer::empty(304));
        CHECK(everything(bench) == QStringList{u"2"_s});
        CHECK(everything(bench).isEmpty());
    }
}

TEST_CASE("a feed that has ended still hands over what was held, and is not asked again")
{
    DigestBench bench;
    bench.server.on("GET", "/feed", Answer::empty(410));
    bench.show(entry("2", "salt"));
    bench.visitQuietly();
    bench.server.on("GET", "/feed", Answer::empty(410));
    for (const auto pause : {1h, 1h}) {
        bench.clock.advance(pause);
        CHECK(bench.fetch().items.empty());
    }
    bench.wakeInTheMorning();
    CHECK(everything(bench) == QStringList{u"2"_s});
    bench.clock.advance(96h);
    bench.fetch();
    const std::size_t before = bench.requests();
    CHECK(everything(bench).isEmpty());
    CHECK(bench.requests() == before);
}

TEST_CASE("the morning does not wait for the feed's own pace")
{
    DigestBench bench;
    // No ETag: the feed is looked at once a day, which would be at three in the afternoon.
    bench.clock.set(bench.morning - 16h);
    bench.show(entry("2", "salt"));
    CHECK(bench.fetch().notBefore == bench.morning);
    bench.wakeInTheMorning();
    everything(bench);
    // Nothing is held: the feed has its peace.
    CHECK(bench.fetch().notBefore.value() >= bench.morning + 24h);
}

TEST_CASE("a digest of more than 500 items does not wait")
{
    DigestBench bench;
    QByteArray many;
    for (int i = 0; i < 501; ++i)
        many += entry("n" + QByteArray::number(i), "word");
    bench.show(many);
    CHECK(bench.fetch().items.size() == 501);
    CHECK(everything(bench).isEmpty());
    // Nor does one of a million letters.
    bench.show(entry("long", QByteArray(600'000, 'a')));
    bench.visitQuietly();
    bench.show(entry("longer", QByteArray(600'000, 'b')));
    CHECK(bench.fetch().items.size() == 2);
}

TEST_CASE("who wants the items at once again gets what was held at once")
{
    DigestBench bench;
    bench.show(entry("2", "salt"));
    bench.visitQuietly();
    bench.show(entry("3", "rye"));
    REQUIRE(bench.connect());
    CHECK(everything(bench) == QStringList{u"2"_s, u"3"_s});
    bench.show(entry("4", "flour"));
    CHECK(everything(bench) == QStringList{u"4"_s});
}

TEST_CASE("entries of older versions, without a digest, stay as they are")
{
    FeedSettings settings;
    settings.address = QUrl(u"https://quay.example/feed"_s);
    CHECK_FALSE(writeSettings(settings).contains("digest"));
    CHECK(readSettings(writeSettings(settings))->cadence == Cadence::AtOnce);
    settings.cadence = Cadence::Weekly;
    CHECK(*readSettings(writeSettings(settings)) == settings);
}
