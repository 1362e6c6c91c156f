// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/net_fixture.h"
#include "tests/support/catch.h"

#include <QPromise>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::net;
using namespace indelible::test;
using namespace std::chrono_literals;

namespace {

Answer stream(const QByteArray &beginning = {})
{
    return Answer::bytes(beginning, "text/event-stream; charset=utf-8").withFault(Fault::NoEnd);
}

/// Somebody who follows, and what they heard.
struct Follower
{
    explicit Follower(Net &theNet)
        : net(theNet)
    {
        stop.start();
    }

    void follow(HttpRequest request, std::chrono::milliseconds silence = 20s)
    {
        Following following;
        following.opened = [this] { ++opened; };
        following.came = [this](const QByteArray &bytes) -> Result<void> {
            heard += bytes;
            return heard.contains("bad") ? failure(ErrorKind::InvalidReply, u"It was bad."_s) : Result<void>();
        };
        following.silence = silence;
        following.stopped = stop.future();
        net.client.follow(std::move(request), std::move(following)).then([this](Result<HttpResponse> result) {
            end = std::move(result);
        });
    }

    ErrorKind trouble()
    {
        waitUntil([&] { return end.has_value(); });
        REQUIRE_FALSE(*end);
        return end->error().kind;
    }

    Net &net;
    QPromise<void> stop;
    int opened = 0;
    QByteArray heard;
    std::optional<Result<HttpResponse>> end;
};

} // namespace

TEST_CASE("What has no end is handed on while it comes, and takes nobody's turn")
{
    Net net;
    net.server.on("GET", "/stream", stream("one"));
    net.server.on("GET", "/", Answer::empty());
    Follower follower(net);
    HttpRequest request = net.get(u"/stream"_s);
    request.pauseGroup = u"account"_s;
    follower.follow(request);
    waitUntil([&] { return follower.heard == "one"; });
    CHECK(follower.opened == 1);
    HttpRequest other = net.get();
    other.pauseGroup = u"account"_s;
    CHECK(net.send(other));
    net.server.tell("two");
    waitUntil([&] { return follower.heard == "onetwo"; });
    CHECK_FALSE(follower.end);
    CHECK(net.server.received("/stream").at(0).header("accept-encoding") == "identity");
    net.server.hangUp();
    waitUntil([&] { return follower.end.has_value(); });
    REQUIRE(*follower.end);
    CHECK((*follower.end)->status == 200);
    CHECK((*follower.end)->body.isEmpty());
    CHECK(follower.opened == 1);
}

TEST_CASE("Six that are followed leave room for the requests of their host")
{
    Net net;
    net.server.on("GET", "/stream", stream("one"));
    net.server.on("GET", "/", Answer::empty());
    std::vector<std::unique_ptr<Follower>> followers;
    for (int i = 0; i < 6; ++i) {
        followers.push_back(std::make_unique<Follower>(net));
        followers.back()->follow(net.get(u"/stream"_s));
    }
    waitUntil([&] { return std::ranges::all_of(followers, [](const auto &each) { return each->opened == 1; }); });
    CHECK(net.send(net.get()));
    CHECK(std::ranges::none_of(followers, [](const auto &each) { return each->end.has_value(); })); // did not wait
    net.server.hangUp();
    waitUntil([&] { return std::ranges::all_of(followers, [](const auto &each) { return each->end.has_value(); }); });
}

TEST_CASE("Silence ends what is followed, and whatever comes holds it off")
{
    Net net;
    net.server.on("GET", "/", stream());
    Follower follower(net);
    follower.follow(net.get(), 600ms);
    waitUntil([&] { return follower.opened == 1; });
    const QDeadlineTimer longer(1500ms);
    while (!longer.hasExpired()) {
        net.server.tell(":");
        const QDeadlineTimer pause(50ms);
        waitUntil([&] { return pause.hasExpired(); });
        REQUIRE_FALSE(follower.end);
    }
    CHECK(follower.trouble() == ErrorKind::Timeout);
    waitUntil([&] { return net.server.connectionsOpen() == 0; });
}

TEST_CASE("What is followed ends when it is stopped, and when the program ends")
{
    for (const bool isShutDown : {false, true}) {
        Net net;
        net.server.on("GET", "/", stream("one"));
        Follower follower(net);
        follower.follow(net.get());
        waitUntil([&] { return follower.heard == "one"; });
        if (isShutDown)
            net.client.shutDown();
        else
            follower.stop.finish();
        CHECK(follower.trouble() == ErrorKind::Cancelled);
        waitUntil([&] { return net.server.connectionsOpen() == 0; });
    }
}

TEST_CASE("Who is stopped before it began asks nothing")
{
    Net net;
    Follower follower(net);
    follower.stop.finish();
    follower.follow(net.get());
    CHECK(follower.trouble() == ErrorKind::Cancelled);
    CHECK(net.server.received().empty());
}

TEST_CASE("What the follower refuses ends it")
{
    Net net;
    net.server.on("GET", "/", stream("bad"));
    Follower follower(net);
    follower.follow(net.get());
    CHECK(follower.trouble() == ErrorKind::InvalidReply);
    waitUntil([&] { return net.server.connectionsOpen() == 0; });
}

TEST_CASE("What breaks off is over, once, with what had come")
{
    Net net;
    net.server.on("GET", "/", stream("one"));
    Follower follower(net);
    follower.follow(net.get());
    waitUntil([&] { return follower.heard == "one"; });
    net.server.hangUp("two and more");
    waitUntil([&] { return follower.end.has_value(); });
    CHECK(QByteArray("onetwo and more").startsWith(follower.heard));
    CHECK(net.server.received().size() == 1);
}

TEST_CASE("An answer that has an end is a response, within the usual limits")
{
    for (const Answer &answer : {Answer::html("<p>Hello"), Answer::json("{}", 401), Answer::empty(404)}) {
        Net net;
        net.server.on("GET", "/", answer);
        Follower follower(net);
        follower.follow(net.get());
        waitUntil([&] { return follower.end.has_value(); });
        REQUIRE(*follower.end);
        CHECK((*follower.end)->status == answer.status);
        CHECK((*follower.end)->body == answer.body);
        CHECK(follower.opened == 0);
        CHECK(follower.heard.isEmpty());
    }
    Net net;
    net.server.on("GET", "/", Answer::generated(2'000'000));
    HttpRequest request = net.get();
    request.maximumBytes = 1'000'000;
    Follower follower(net);
    follower.follow(request);
    CHECK(follower.trouble() == ErrorKind::InvalidReply);
}

TEST_CASE("What is packed is not followed, nor is a refusal that calls itself a stream")
{
    Net net;
    net.server.on("GET", "/packed", stream().withHeader("Content-Encoding", "gzip"));
    Follower packed(net);
    packed.follow(net.get(u"/packed"_s));
    CHECK(packed.trouble() == ErrorKind::InvalidReply);
    Answer refusal = Answer::bytes("no", "text/event-stream", 403);
    net.server.on("GET", "/refused", refusal);
    Follower refused(net);
    refused.follow(net.get(u"/refused"_s));
    waitUntil([&] { return refused.end.has_value(); });
    REQUIRE(*refused.end);
    CHECK((*refused.end)->status == 403);
    CHECK(packed.opened + refused.opened == 0);
}

TEST_CASE("A pause holds for what is followed, and a 429 to it holds all")
{
    Net net;
    net.server.on("GET", "/", Answer::tooManyRequests("600"));
    HttpRequest request = net.get();
    request.pauseGroup = u"account"_s;
    for (int i = 0; i < 2; ++i) {
        Follower follower(net);
        follower.follow(request);
        CHECK(follower.trouble() == ErrorKind::RateLimited);
    }
    CHECK(net.server.received().size() == 1);
    CHECK(net.client.pausedUntil(u"account"_s));
}

TEST_CASE("A redirect to another server takes no secret along, and home is not entered")
{
    Net net;
    FakeHttpServer other;
    net.server.on("GET", "/", Answer::redirect(other.url(u"/b"_s)));
    HttpRequest request = net.get();
    request.headers.emplace_back("Authorization", "Bearer t");
    Follower refused(net);
    refused.follow(request);
    CHECK(refused.trouble() == ErrorKind::InvalidReply);
    CHECK(other.connectionsMade() == 0);
    REQUIRE(net.client.allowOrigin(other.url()));
    other.on("GET", "/b", stream("one"));
    Follower led(net);
    led.follow(request);
    waitUntil([&] { return led.heard == "one"; });
    CHECK(other.received("/b").at(0).header("authorization").isNull());
    other.hangUp();
    waitUntil([&] { return led.end.has_value(); });
}
