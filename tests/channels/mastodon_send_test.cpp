// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_post.h"
#include "tests/channels/mastodon_support.h"
#include "tests/support/catch.h"

#include <QUrlQuery>

#include <chrono>

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Outgoing answerTo(const QJsonObject &post, MastodonBench &bench, const QString &text = u"So sorry, Ana."_s)
{
    const auto read = mastodon::parseStatus(bytesOf(post), shopSelf());
    Outgoing outgoing;
    outgoing.key = bench.channel.prepareKey(bench.clock.now());
    outgoing.audience = read->item.audience;
    outgoing.threadId = read->item.threadId;
    outgoing.parentId = read->item.remoteId;
    outgoing.reply = read->item.reply;
    outgoing.text = text;
    outgoing.createdAt = bench.clock.now();
    return outgoing;
}

/// A server that posts, and shows what was posted.
struct Wall
{
    explicit Wall(MastodonBench &bench)
        : m_bench(bench)
    {
        bench.serve();
        bench.on(
            "/api/v1/statuses", [this](const Received &request) { return post(request); }, "POST");
    }

    Answer post(const Received &request)
    {
        if (!stores)
            return instead;
        const QUrlQuery form(QString::fromLatin1(request.body).replace(u'+', u' '));
        QJsonObject made = status(u"70%1"_s.arg(++posted), u"shop"_s,
                                  form.queryItemValue(u"status"_s, QUrl::FullyDecoded).toHtmlEscaped(),
                                  form.queryItemValue(u"in_reply_to_id"_s, QUrl::FullyDecoded));
        made.insert(u"visibility"_s, form.queryItemValue(u"visibility"_s, QUrl::FullyDecoded));
        made.insert(u"created_at"_s, toRfc3339(m_bench.clock.now()));
        m_bench.put(made);
        if (lists)
            m_bench.own.prepend(made);
        return answersWell ? Answer::json(made) : instead;
    }

    int posted = 0;
    bool stores = true;
    bool lists = true;
    bool answersWell = true;
    Answer instead = Answer::failing(Fault::DropAfterReading);

private:
    MastodonBench &m_bench;
};

QString fieldOf(const Received &request, const QString &name)
{
    return QUrlQuery(QString::fromLatin1(request.body)).queryItemValue(name, QUrl::FullyDecoded);
}

QJsonObject complaint(MastodonBench &bench, const QString &visibility = u"public"_s)
{
    const QJsonObject post = with(status(u"7"_s, u"ana"_s, u"cold soup"_s), u"visibility"_s, visibility);
    bench.put(post);
    return post;
}

} // namespace

TEST_CASE("an answer is posted once, under its key, to the one who is answered")
{
    MastodonBench bench;
    Wall wall(bench);
    const Outgoing outgoing = answerTo(complaint(bench), bench);
    const Result<Receipt> receipt = wait(bench.channel.send(outgoing));
    REQUIRE(receipt);
    CHECK(receipt->remoteId == uriOf(u"701"_s));
    CHECK_FALSE(receipt->version.isEmpty());
    CHECK(receipt->author.remoteId == profileOf(u"shop"_s));
    const std::vector<Received> posts = bench.server.received("/api/v1/statuses");
    REQUIRE(posts.size() == 1);
    CHECK(posts.at(0).header("idempotency-key") == outgoing.key);
    CHECK(outgoing.key.size() == 32);
    CHECK(fieldOf(posts.at(0), u"status"_s) == u"@ana@far.example So sorry, Ana."_s);
    CHECK(fieldOf(posts.at(0), u"in_reply_to_id"_s) == u"7"_s);
    CHECK(fieldOf(posts.at(0), u"visibility"_s) == u"public"_s);
}

TEST_CASE("our answer comes back with the version of its receipt")
{
    MastodonBench bench;
    Wall wall(bench);
    const Result<Receipt> receipt = wait(bench.channel.send(answerTo(complaint(bench), bench)));
    REQUIRE(receipt);
    bool cameBack = false;
    for (const RemoteItem &item : bench.fetchAll()) {
        if (item.remoteId != receipt->remoteId)
            continue;
        cameBack = true;
        CHECK(item.version == receipt->version);
        CHECK(item.threadId == uriOf(u"7"_s));
    }
    CHECK(cameBack);
}

TEST_CASE("a private answer goes to the people of the conversation and nobody else")
{
    MastodonBench bench;
    Wall wall(bench);
    REQUIRE(wait(bench.channel.send(answerTo(complaint(bench, u"direct"_s), bench))));
    const Received post = bench.server.received("/api/v1/statuses").at(0);
    CHECK(fieldOf(post, u"visibility"_s) == u"direct"_s);
    CHECK(post.body.contains("&allowed_mentions%5B%5D=id-ana"));
}

TEST_CASE("signs and letters of all kinds arrive as they were written")
{
    MastodonBench bench;
    Wall wall(bench);
    const QString text = u"50 % & more = 1+1; 🥐 é <b> \"x\"\nsecond #line?"_s;
    REQUIRE(wait(bench.channel.send(answerTo(complaint(bench), bench, text))));
    CHECK(fieldOf(bench.server.received("/api/v1/statuses").at(0), u"status"_s) == u"@ana@far.example "_s + text);
}

TEST_CASE("what is too long is refused before anything is sent")
{
    MastodonBench bench;
    Wall wall(bench);
    const Result<Receipt> receipt = wait(bench.channel.send(answerTo(complaint(bench), bench, QString(600, u'a'))));
    REQUIRE_FALSE(receipt);
    CHECK(receipt.error().kind == ErrorKind::Rejected);
    CHECK(bench.server.received().empty());
}

TEST_CASE("an answer whose end is not known is not repeated, and is found")
{
    const auto [instead, lists] = GENERATE(table<Answer, bool>({
        {Answer::failing(Fault::DropAfterReading), true},
        {Answer::empty(500), true},
        {Answer::failing(Fault::CutBody), true},
        {Answer::html("<html>proxy</html>"), false},
        {Answer::json("{\"id\":\"1\"}"), false},
    }));
    MastodonBench bench;
    Wall wall(bench);
    wall.answersWell = false;
    wall.lists = lists; // private ones are in no list of snac2
    wall.instead = instead;
    const Outgoing outgoing = answerTo(complaint(bench), bench);
    const Result<Receipt> receipt = wait(bench.channel.send(outgoing));
    REQUIRE_FALSE(receipt);
    CHECK_FALSE(receipt.error().provablyNotProcessed);
    CHECK(bench.server.received("/api/v1/statuses").size() == 1);
    bench.clock.advance(40s);
    const Result<std::optional<Receipt>> found = wait(bench.channel.find(outgoing));
    REQUIRE(found);
    REQUIRE(found->has_value());
    CHECK((*found)->remoteId == uriOf(u"701"_s));
    CHECK(bench.server.received("/api/v1/statuses").size() == 1);
}

TEST_CASE("an answer that is not listed stays unclear: that it is not there is never certain")
{
    MastodonBench bench;
    Wall wall(bench);
    wall.stores = false;
    const Outgoing outgoing = answerTo(complaint(bench), bench);
    REQUIRE_FALSE(wait(bench.channel.send(outgoing)));
    const Result<std::optional<Receipt>> found = wait(bench.channel.find(outgoing));
    REQUIRE_FALSE(found);
    CHECK(found.error().kind == ErrorKind::Forbidden);
    CHECK(found.error().detail.contains("cannot be told"_L1));
}

TEST_CASE("what only looks like the answer is not taken for it")
{
    MastodonBench bench;
    Wall wall(bench);
    Outgoing outgoing = answerTo(complaint(bench), bench);
    const auto isFound = [&] {
        const Result<std::optional<Receipt>> found = wait(bench.channel.find(outgoing));
        return found && found->has_value();
    };
    const QJsonObject same = with(status(u"70"_s, u"shop"_s, u"@ana@far.example So sorry, Ana."_s, u"7"_s),
                                  u"created_at"_s, toRfc3339(bench.clock.now() - 90s));
    bench.own = {same};
    CHECK(isFound());
    bench.own = {with(same, u"created_at"_s, toRfc3339(bench.clock.now() - 3min))};
    CHECK_FALSE(isFound());
    bench.own = {with(same, u"in_reply_to_id"_s, u"8"_s)};
    CHECK_FALSE(isFound());
    bench.own = {with(same, u"content"_s, u"<p>@ana So sorry, Ben.</p>"_s)};
    CHECK_FALSE(isFound());
    bench.own = {with(same, u"account"_s, person(u"ana"_s))};
    CHECK_FALSE(isFound());
    bench.own = {same};
    outgoing.others = {uriOf(u"70"_s)};
    CHECK_FALSE(isFound());
}

TEST_CASE("a refusal is said in the server's words, and too many requests prove that nothing was done")
{
    MastodonBench bench;
    Wall wall(bench);
    wall.stores = false;
    wall.instead =
        Answer::json(QJsonObject{{u"error"_s, u"Validation failed: Text character limit of 500 exceeded"_s}}, 422);
    const Outgoing outgoing = answerTo(complaint(bench), bench);
    const Result<Receipt> refused = wait(bench.channel.send(outgoing));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Rejected);
    CHECK(refused.error().detail.contains("character limit"_L1));
    wall.instead = Answer::tooManyRequests("600");
    const Result<Receipt> slowed = wait(bench.channel.send(outgoing));
    REQUIRE_FALSE(slowed);
    CHECK(slowed.error().kind == ErrorKind::RateLimited);
    CHECK(slowed.error().provablyNotProcessed);
}
