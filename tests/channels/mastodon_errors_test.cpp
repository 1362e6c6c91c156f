// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_errors.h"
#include "tests/channels/mastodon_support.h"
#include "tests/support/catch.h"

#include <chrono>

using namespace indelible;
using namespace indelible::channels::mastodon;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Error errorOf(int status, const QByteArray &body = "{\"error\":\"The words\"}",
              const QByteArray &type = "application/json")
{
    const net::HttpResponse response{status, body, type, {}};
    const Result<QByteArray> answer = readAnswer(response);
    REQUIRE_FALSE(answer);
    return answer.error();
}

} // namespace

TEST_CASE("each status of a refusal has its kind")
{
    CHECK(errorOf(400).kind == ErrorKind::Rejected);
    CHECK(errorOf(401).kind == ErrorKind::Unauthorised);
    CHECK(errorOf(401).provablyNotProcessed);
    CHECK(errorOf(403).kind == ErrorKind::Forbidden);
    CHECK(errorOf(404).kind == ErrorKind::NotFound);
    CHECK(errorOf(410).kind == ErrorKind::NotFound);
    CHECK(errorOf(422).kind == ErrorKind::Rejected);
    CHECK_FALSE(errorOf(422).provablyNotProcessed);
    CHECK(errorOf(422).detail.contains("The words"_L1));
    CHECK(errorOf(418).detail.contains("418"_L1));
    CHECK(errorOf(400, "{\"error\":\"invalid_grant\",\"error_description\":\"The code is old\"}").code ==
          u"invalid_grant"_s);
    CHECK(errorOf(400, "{\"error\":\"invalid_grant\",\"error_description\":\"The code is old\"}")
              .detail.contains("The code is old"_L1));
}

TEST_CASE("a refusal that comes as a web page is read by its status")
{
    CHECK(errorOf(401, "<h1>401 Unauthorized</h1>", "text/html").kind == ErrorKind::Unauthorised);
    CHECK(errorOf(404, "<h1>404 Not Found (snac/2.75)</h1>", "text/html").kind == ErrorKind::NotFound);
    CHECK_FALSE(errorOf(404, "<h1>404</h1>", "text/html").detail.contains(u'<'));
    CHECK(errorOf(404, "", "").kind == ErrorKind::NotFound);
}

TEST_CASE("a web page with status 200 is no answer")
{
    CHECK(errorOf(200, "<html>Welcome to the hotel</html>", "text/html").kind == ErrorKind::InvalidReply);
    CHECK(errorOf(200, " <!doctype html>", "application/json").kind == ErrorKind::InvalidReply);
}

TEST_CASE("an account that was asked to slow down is told until when by a date")
{
    MastodonBench bench;
    const QByteArray reset = toRfc3339(bench.clock.now() + 7min).toLatin1();
    bench.on("/api/v1/notifications", Answer::json(QJsonObject{{u"error"_s, u"Too many requests"_s}}, 429)
                                          .withHeader("X-RateLimit-Reset", reset)
                                          .withHeader("X-RateLimit-Remaining", "0"));
    const auto batch = wait(bench.channel.fetch({}));
    REQUIRE_FALSE(batch);
    CHECK(batch.error().kind == ErrorKind::RateLimited);
    CHECK(batch.error().retryAfter >= 6min);
    CHECK(batch.error().retryAfter <= 8min);
    CHECK(bench.http.pausedUntil(u"account"_s));
}

TEST_CASE("a server in trouble is told as such, and nothing is lost")
{
    MastodonBench bench;
    bench.on("/api/v1/notifications", Answer::empty(502));
    const auto batch = wait(bench.channel.fetch({}));
    REQUIRE_FALSE(batch);
    CHECK(batch.error().kind == ErrorKind::ServerTrouble);
    CHECK(batch.error().detail.contains("Mastodon"_L1));
}
