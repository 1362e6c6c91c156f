// SPDX-License-Identifier: GPL-3.0-or-later
// One feed on a scripted server, from connecting to its end.
#include "app/channels/feeds/feed_position.h"
#include "tests/channels/feeds_bench.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

TEST_CASE("connecting a feed looks at it once and keeps address and words in the keychain alone")
{
    Bench bench;
    const Result<Identity> identity = bench.connect({u" Corner Bakery "_s, u"rye"_s});
    REQUIRE(identity);
    CHECK(identity->name == u"Quay Log"_s);
    CHECK(identity->handle == u"localhost/feed"_s);
    CHECK(identity->server == bench.server.url());
    CHECK(bench.requests() == 1);
    CHECK(feeds::readSettings(bench.secret())->words == QStringList{u"Corner Bakery"_s, u"rye"_s});
    CHECK(feeds::readSettings(bench.secret())->address == bench.server.url(u"/feed"_s));
}

TEST_CASE("a feed whose address is a secret shows its host and title, nothing more")
{
    Bench bench;
    bench.server.on("GET", "/feed", feed({}));
    const Result<Identity> identity = bench.connect({}, u"/feed?token=not-for-anybody"_s);
    REQUIRE(identity);
    CHECK(identity->handle == u"localhost"_s);
    CHECK_FALSE(identity->remoteId.contains(u"not-for-anybody"_s));
    CHECK_FALSE(identity->server.toString().contains(u"not-for-anybody"_s));
    CHECK_FALSE(QString::fromUtf8(bench.fetch().cursor).contains(u"not-for-anybody"_s));
}

TEST_CASE("what is no feed is not connected, and leaves nothing in the keychain")
{
    Bench bench;
    bench.server.on("GET", "/feed", Answer::html("<!DOCTYPE html><html><body>Sign in</body></html>"));
    const Result<Identity> page = bench.connect();
    REQUIRE_FALSE(page.has_value());
    CHECK(page.error().detail.contains(u"a web page, not to a feed"_s));
    bench.server.on("GET", "/feed", Answer::empty(410));
    CHECK(bench.connect().error().kind == ErrorKind::NotFound);
    bench.server.on("GET", "/feed", Answer::empty(404));
    CHECK(bench.connect().error().kind == ErrorKind::NotFound);
    CHECK(bench.secrets.isEmpty());
}

TEST_CASE("the first fetch brings everything, an unchanged feed nothing")
{
    Bench bench;
    REQUIRE(bench.connect());
    bench.server.on("GET", "/feed",
                    feed(entry("1", "bread") + entry("2", "salt"))
                        .withHeader("ETag", "W/\"a,\xe9\"")
                        .withHeader("Last-Modified", "Fri, 20 Nov 2026 08:00:00 GMT"));
    const Batch first = bench.fetch();
    CHECK(ids(first) == QStringList{u"1"_s, u"2"_s});
    CHECK_FALSE(first.more);
    CHECK(first.limited.isEmpty());
    REQUIRE(first.notBefore);
    CHECK(*first.notBefore >= bench.clock.now() + 1h);
    CHECK(*first.notBefore <= bench.clock.now() + 66min);
    const RemoteItem &item = first.items.front();
    CHECK(item.text == u"Entry 1\n\nbread"_s);
    CHECK(item.kind == ItemKind::Mention);
    CHECK(item.audience == Audience::Public);
    CHECK(item.direction == Direction::Incoming);
    CHECK(item.threadId == u"1"_s);
    CHECK(item.url == u"https://quay.example/1"_s);
    // The validators go back byte for byte.
    bench.server.on("GET", "/feed", [](const Received &request) {
        const bool asked = request.header("if-none-match") == "W/\"a,\xe9\"" &&
                           request.header("if-modified-since") == "Fri, 20 Nov 2026 08:00:00 GMT";
        return Answer::empty(asked ? 304 : 500);
    });
    const Batch second = bench.fetch();
    CHECK(second.items.empty());
    CHECK(second.notBefore <= bench.clock.now() + 66min);
}

TEST_CASE("a server that cannot say unchanged is asked once a day, and the same document is not read again")
{
    Bench bench;
    REQUIRE(bench.connect());
    const Batch first = bench.fetch();
    CHECK(first.items.size() == 1);
    CHECK(*first.notBefore >= bench.clock.now() + 24h);
    const Batch second = bench.fetch();
    CHECK(second.items.empty());
    CHECK(bench.server.received().back().header("if-none-match").isEmpty());
}

TEST_CASE("an edit is a new version of the same item")
{
    Bench bench;
    REQUIRE(bench.connect());
    const RemoteItem before = bench.fetch().items.front();
    bench.server.on("GET", "/feed", feed(entry("1", "bread and salt")));
    const Batch edited = bench.fetch();
    REQUIRE(edited.items.size() == 1);
    CHECK(edited.items.front().remoteId == before.remoteId);
    CHECK(edited.items.front().version != before.version);
}

TEST_CASE("only what the feed says is deleted is gone; what leaves it is not")
{
    Bench bench;
    REQUIRE(bench.connect());
    bench.server.on("GET", "/feed", feed(entry("1", "a") + entry("2", "b")));
    CHECK(bench.fetch().items.size() == 2);
    bench.server.on("GET", "/feed", feed(entry("2", "b")));
    CHECK(bench.fetch().gone.empty());
    bench.server.on("GET", "/feed",
                    feed("<at:deleted-entry xmlns:at='http://purl.org/atompub/tombstones/1.0' ref='1' "
                         "when='2026-11-21T00:00:00Z'/>" +
                         entry("2", "b")));
    const Batch deleted = bench.fetch();
    REQUIRE(deleted.gone.size() == 1);
    CHECK(deleted.gone.front().remoteId == u"1"_s);
    CHECK(deleted.gone.front().reason == RemoteGone::Reason::DeletedByAuthor);
}

TEST_CASE("a feed of which nothing is left that was there may have a gap, and says so for a day")
{
    Bench bench;
    REQUIRE(bench.connect());
    CHECK(bench.fetch().limited.isEmpty());
    bench.clock.advance(72h);
    bench.server.on("GET", "/feed", feed(entry("7", "a")));
    const Batch gap = bench.fetch();
    CHECK(ids(gap) == QStringList{u"7"_s});
    CHECK(gap.limited.contains(u"between 2026-11-22 09:00 UTC and 2026-11-25 09:00 UTC"_s));
    bench.clock.advance(23h);
    CHECK(bench.fetch().limited == gap.limited);
    bench.clock.advance(1h);
    CHECK(bench.fetch().limited.isEmpty());
}

TEST_CASE("a permanent move counts when it was said twice in a row")
{
    Bench bench;
    REQUIRE(bench.connect());
    bench.server.on("GET", "/new", feed(entry("1", "bread")).withHeader("ETag", "\"n\""));
    bench.server.on("GET", "/feed", Answer::redirect(bench.server.url(u"/new"_s), 301));
    CHECK(bench.fetch().items.size() == 1);
    CHECK(feeds::readSettings(bench.secret())->address.path() == u"/feed"_s);
    bench.server.on("GET", "/feed", feed(entry("1", "bread")));
    bench.fetch();
    bench.server.on("GET", "/feed", Answer::redirect(bench.server.url(u"/new"_s), 308));
    bench.fetch();
    CHECK(feeds::readSettings(bench.secret())->address.path() == u"/feed"_s); // the two were not in a row
    bench.fetch();
    CHECK(feeds::readSettings(bench.secret())->address.path() == u"/new"_s);
    const Batch there = bench.fetch();
    CHECK(bench.server.received().back().target == "/new");
    CHECK(bench.server.received().back().header("if-none-match").isEmpty()); // it was the old address's
    CHECK(there.limited.isEmpty());
    bench.fetch();
    CHECK(bench.server.received().back().header("if-none-match") == "\"n\"");
}

TEST_CASE("a passing redirect is followed and the old address kept")
{
    Bench bench;
    REQUIRE(bench.connect());
    bench.server.on("GET", "/other", feed(entry("1", "bread")));
    bench.server.on("GET", "/feed", Answer::redirect(bench.server.url(u"/other"_s), 302));
    for (int i = 0; i < 3; ++i)
        bench.fetch();
    CHECK(feeds::readSettings(bench.secret())->address.path() == u"/feed"_s);
}

TEST_CASE("a feed cannot lead into the network at home, nor to another scheme")
{
    Bench bench;
    REQUIRE(bench.connect());
    for (const QString &target :
         {u"https://192.168.1.1/feed"_s, u"http://quay.example/feed"_s, u"file:///etc/passwd"_s}) {
        bench.server.on("GET", "/feed", Answer::redirect(QUrl(target), 301));
        const Error error = bench.failing();
        INFO(target.toStdString() << ": " << error.detail.toStdString());
        CHECK((error.kind == ErrorKind::InvalidReply || error.kind == ErrorKind::Rejected));
        CHECK(error.detail.size() > 20);
    }
    CHECK(feeds::readSettings(bench.secret())->address.path() == u"/feed"_s);
}

TEST_CASE("a feed that is said to be gone once was only away")
{
    Bench bench;
    REQUIRE(bench.connect());
    bench.server.on("GET", "/feed", Answer::empty(410));
    const Batch doubt = bench.fetch();
    CHECK(doubt.limited.contains(u"asked again for three days"_s));
    REQUIRE(doubt.notBefore);
    CHECK(*doubt.notBefore - bench.clock.now() < 24h);
    bench.server.on("GET", "/feed", feed(entry("1", "bread")));
    bench.clock.advance(4 * 24h);
    const Batch back = bench.fetch();
    CHECK(ids(back) == QStringList{u"1"_s});
    CHECK(back.limited.isEmpty());
    // The next time begins anew.
    bench.server.on("GET", "/feed", Answer::empty(410));
    CHECK(bench.fetch().limited.contains(u"asked again"_s));
}

TEST_CASE("a feed that is gone for good is not asked any more, until it is connected again")
{
    Bench bench;
    REQUIRE(bench.connect());
    bench.fetch();
    bench.server.on("GET", "/feed", Answer::empty(410));
    bench.fetch();
    bench.clock.advance(3 * 24h - 1ms);
    CHECK(bench.fetch().limited.contains(u"asked again"_s));
    bench.clock.advance(1ms);
    const Batch gone = bench.fetch();
    CHECK(gone.limited.contains(u"gone for good"_s));
    CHECK(gone.items.empty());
    CHECK(gone.gone.empty());
    const std::size_t asked = bench.requests();
    CHECK(bench.fetch().limited == gone.limited);
    CHECK(bench.requests() == asked);
    // Connected again, with another word: it is asked again.
    bench.server.on("GET", "/feed", feed(entry("1", "bread")));
    REQUIRE(bench.connect({u"bread"_s}));
    CHECK(bench.fetch().limited.isEmpty());
}

TEST_CASE("a JSON feed that says it has ended is read once more and then left alone")
{
    Bench bench;
    REQUIRE(bench.connect());
    bench.server.on("GET", "/feed",
                    Answer::json(QByteArray("{\"version\":\"https://jsonfeed.org/version/1.1\",\"expired\":true,"
                                            "\"items\":[{\"id\":\"9\",\"content_text\":\"Bye\"}]}")));
    const Batch last = bench.fetch();
    CHECK(ids(last) == QStringList{u"9"_s});
    CHECK(last.limited.contains(u"has ended"_s));
    const std::size_t asked = bench.requests();
    bench.fetch();
    CHECK(bench.requests() == asked);
}

TEST_CASE("each refusal has its kind, its sentence and its wait, and the cursor stays")
{
    struct Case
    {
        int status;
        ErrorKind kind;
    };
    Bench bench;
    REQUIRE(bench.connect());
    bench.fetch();
    for (const Case &one : {Case{401, ErrorKind::Forbidden}, Case{403, ErrorKind::Forbidden},
                            Case{404, ErrorKind::NotFound}, Case{418, ErrorKind::Rejected}}) {
        bench.server.on("GET", "/feed", Answer::empty(one.status));
        const Error error = bench.failing();
        CHECK(error.kind == one.kind);
        CHECK(error.httpStatus == one.status);
        CHECK(error.retryAfter == 24h);
        CHECK(error.detail.contains(u"What was received stays"_s));
    }
    bench.server.on("GET", "/feed", Answer::empty(500));
    CHECK(bench.failing().detail.contains(u"Nothing is lost"_s));
    bench.server.on("GET", "/feed", Answer::tooManyRequests("7200"));
    const Error slow = bench.failing();
    CHECK(slow.kind == ErrorKind::RateLimited);
    CHECK(slow.retryAfter == 2h);
}

TEST_CASE("a document that breaks off, is no feed or is too large is not taken, and nothing of it is lost")
{
    Bench bench;
    REQUIRE(bench.connect());
    bench.fetch();
    const Answer whole = feed(entry("1", "bread") + entry("2", "salt"));
    bench.server.on("GET", "/feed", whole.withFault(Fault::CutBody));
    const Error cut = bench.failing();
    CHECK(cut.kind == ErrorKind::ServerTrouble);
    CHECK(cut.detail.contains(u"Nothing of it was taken over"_s));
    bench.server.on("GET", "/feed", Answer::bytes(whole.body.left(whole.body.size() / 2), "text/xml"));
    CHECK(bench.failing().detail.contains(u"it is cut off"_s));
    bench.server.on("GET", "/feed", Answer::html("<html><body>Hotel</body></html>"));
    const Error page = bench.failing();
    CHECK(page.kind == ErrorKind::InvalidReply);
    CHECK(page.retryAfter == 1h);
    bench.server.on("GET", "/feed", Answer::generated(1024LL * 1024 * 1024));
    CHECK(bench.failing().kind == ErrorKind::InvalidReply);
    bench.server.on("GET", "/feed", whole);
    CHECK(ids(bench.fetch()) == QStringList{u"1"_s, u"2"_s});
}

TEST_CASE("watch words let in what has them, and other words later let in what was there before")
{
    Bench bench;
    REQUIRE(bench.connect({u"salt"_s}));
    bench.server.on("GET", "/feed", feed(entry("1", "bread") + entry("2", "salt")));
    CHECK(ids(bench.fetch()) == QStringList{u"2"_s});
    REQUIRE(bench.connect({u"salt"_s, u"bread"_s}));
    CHECK(ids(bench.fetch()) == QStringList{u"1"_s, u"2"_s});
}

TEST_CASE("nothing is ever sent to a feed")
{
    Bench bench;
    REQUIRE(bench.connect());
    const std::size_t asked = bench.requests();
    CHECK_FALSE(bench.channel.capabilities().publicReply);
    CHECK_FALSE(bench.channel.capabilities().privateReply);
    CHECK_FALSE(bench.channel.capabilities().startPrivate);
    const Result<Receipt> sent = wait(bench.channel.send({}));
    REQUIRE_FALSE(sent.has_value());
    CHECK(sent.error().kind == ErrorKind::Rejected);
    CHECK(sent.error().provablyNotProcessed);
    CHECK(wait(bench.channel.find({})).error().kind == ErrorKind::Forbidden);
    CHECK(wait(bench.channel.context({}))->gone.empty());
    CHECK(bench.requests() == asked);
}

TEST_CASE("a feed whose keychain entry is gone asks to be connected again")
{
    Bench bench;
    CHECK(bench.failing().kind == ErrorKind::Unauthorised);
    REQUIRE(bench.connect());
    REQUIRE(wait(bench.channel.signOut()));
    CHECK(bench.secrets.isEmpty());
    CHECK(bench.failing().kind == ErrorKind::Unauthorised);
}
