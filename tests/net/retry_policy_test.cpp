// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/retry_policy.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::net;
using namespace std::chrono_literals;

namespace {

// Sunday, 22 November 2026, 09:00:00 UTC.
constexpr Instant kNow = fromMs(1'795'338'000'000);
constexpr qint64 kNowSeconds = 1'795'338'000;

std::optional<std::chrono::milliseconds> retryAfter(const QByteArray &value)
{
    return retryAfterOf({{"retry-after", value}}, kNow);
}

} // namespace

TEST_CASE("Retry-After is read in seconds")
{
    CHECK(retryAfter("0") == 0ms);
    CHECK(retryAfter("120") == 120s);
    CHECK(retryAfter(" 7 ") == 7s);
}

TEST_CASE("Retry-After is read as a date in each of the three forms of HTTP")
{
    CHECK(retryAfter("Sun, 22 Nov 2026 09:00:30 GMT") == 30s);
    CHECK(retryAfter("Sunday, 22-Nov-26 09:00:30 GMT") == 30s);
    CHECK(retryAfter("Sun Nov 22 09:00:30 2026") == 30s);
    CHECK(retryAfter("Sun Nov  1 09:00:30 2026") == 0s);
}

TEST_CASE("Retry-After in the past means now")
{
    CHECK(retryAfter("Fri, 31 Dec 1999 23:59:59 GMT") == 0ms);
}

TEST_CASE("An absurd Retry-After is cut to a day")
{
    CHECK(retryAfter("86401") == kLongestPause);
    CHECK(retryAfter("99999999999999999999999999") == kLongestPause);
    CHECK(retryAfter("Tue, 22 Nov 2050 09:00:30 GMT") == kLongestPause);
}

TEST_CASE("A Retry-After that cannot be read counts as absent")
{
    for (const char *value : {"", "-1", "1.5", "soon", "12 minutes", "0x10", "Sun, 99 Nov 2026 09:00:30 GMT", ","}) {
        INFO(value);
        CHECK(retryAfter(value) == std::nullopt);
    }
}

TEST_CASE("A date is taken relative to the server's own clock where it tells the time")
{
    const Headers headers{{"date", "Sun, 22 Nov 2026 12:00:00 GMT"}, {"retry-after", "Sun, 22 Nov 2026 12:00:10 GMT"}};
    CHECK(retryAfterOf(headers, kNow) == 10s);
    const Headers limits{{"date", "Sun, 22 Nov 2026 12:00:00 GMT"},
                         {"ratelimit-reset", QByteArray::number(kNowSeconds + 3 * 3600 + 15)}};
    CHECK(retryAfterOf(limits, kNow) == 15s);
}

TEST_CASE("The reset of a rate limit is read as seconds, as seconds since 1970 and as a date")
{
    CHECK(retryAfterOf({{"ratelimit-reset", QByteArray::number(kNowSeconds + 42)}}, kNow) == 42s);
    CHECK(retryAfterOf({{"ratelimit-reset", "42"}}, kNow) == 42s);
    CHECK(retryAfterOf({{"x-ratelimit-reset", "2026-11-22T09:00:42.000Z"}}, kNow) == 42s);
    CHECK(retryAfterOf({{"x-rate-limit-reset", QByteArray::number(kNowSeconds + 42)}}, kNow) == 42s);
    CHECK(retryAfterOf({{"ratelimit-reset", QByteArray::number(kNowSeconds - 42)}}, kNow) == 0s);
    CHECK(retryAfterOf({{"ratelimit-reset", "999999999999999"}}, kNow) == kLongestPause);
    CHECK(retryAfterOf({{"ratelimit-reset", "never"}}, kNow) == std::nullopt);
}

TEST_CASE("Retry-After counts before the reset of a rate limit")
{
    CHECK(retryAfterOf({{"ratelimit-reset", "42"}, {"retry-after", "3"}}, kNow) == 3s);
}

TEST_CASE("A limit is exhausted only where the answer says that none is left and until when")
{
    const QByteArray reset = QByteArray::number(kNowSeconds + 42);
    CHECK(exhaustedFor({{"ratelimit-remaining", "0"}, {"ratelimit-reset", reset}}, kNow) == 42s);
    CHECK(exhaustedFor({{"x-ratelimit-remaining", "0.0"}, {"x-ratelimit-reset", "42"}}, kNow) == 42s);
    CHECK(exhaustedFor({{"ratelimit-remaining", "1"}, {"ratelimit-reset", reset}}, kNow) == std::nullopt);
    CHECK(exhaustedFor({{"ratelimit-remaining", "0"}}, kNow) == std::nullopt);
    CHECK(exhaustedFor({{"ratelimit-reset", reset}}, kNow) == std::nullopt);
    CHECK(exhaustedFor({}, kNow) == std::nullopt);
}

TEST_CASE("Jitter makes a pause longer by up to half and never shorter")
{
    CHECK(withJitter(2s, 0.0) == 2s);
    CHECK(withJitter(2s, 0.5) == 2'500ms);
    CHECK(withJitter(2s, 0.999) < 3s);
    CHECK(withJitter(2s, 7.0) == 3s);
    CHECK(withJitter(0s, 0.5) == 0s);
}

TEST_CASE("429 proves that nothing was done and says how long to wait")
{
    const auto error = errorFor(429, {{"retry-after", "5"}}, kNow, u"shop.example"_s);
    REQUIRE(error);
    CHECK(error->kind == ErrorKind::RateLimited);
    CHECK(error->provablyNotProcessed);
    CHECK(error->retryAfter == 5s);
    CHECK(error->httpStatus == 429);
    CHECK(errorFor(429, {}, kNow, u"shop.example"_s)->retryAfter == kUsualPause);
}

TEST_CASE("503 with Retry-After is a rate limit that proves nothing")
{
    const auto error = errorFor(503, {{"retry-after", "5"}}, kNow, u"shop.example"_s);
    REQUIRE(error);
    CHECK(error->kind == ErrorKind::RateLimited);
    CHECK_FALSE(error->provablyNotProcessed);
    CHECK(error->retryAfter == 5s);
    CHECK(errorFor(503, {}, kNow, u"shop.example"_s)->kind == ErrorKind::ServerTrouble);
}

TEST_CASE("Statuses from 500 are trouble of the server, and those below are left to the channel")
{
    for (const int status : {500, 501, 502, 504, 520, 599}) {
        const auto error = errorFor(status, {}, kNow, u"shop.example"_s);
        REQUIRE(error);
        CHECK(error->kind == ErrorKind::ServerTrouble);
        CHECK(error->httpStatus == status);
        CHECK_FALSE(error->provablyNotProcessed);
    }
    for (const int status : {200, 201, 204, 301, 304, 400, 401, 403, 404, 409, 410, 422, 428, 430})
        CHECK(errorFor(status, {}, kNow, u"shop.example"_s) == std::nullopt);
}

TEST_CASE("A connection that failed is offline before anything was sent and trouble after")
{
    using Code = QNetworkReply::NetworkError;
    for (const Code code : {Code::ConnectionRefusedError, Code::HostNotFoundError, Code::UnknownNetworkError,
                            Code::TemporaryNetworkFailureError, Code::RemoteHostClosedError}) {
        const Error before = errorFor(code, Sent::Nothing, u"shop.example"_s);
        CHECK(before.kind == ErrorKind::Offline);
        CHECK(before.provablyNotProcessed);
        const Error after = errorFor(code, Sent::Perhaps, u"shop.example"_s);
        CHECK(after.kind == ErrorKind::ServerTrouble);
        CHECK_FALSE(after.provablyNotProcessed);
    }
}

TEST_CASE("Time and cancelling are what they are, and prove nothing once something was sent")
{
    for (const Sent sent : {Sent::Nothing, Sent::Perhaps}) {
        const Error late = errorFor(QNetworkReply::TimeoutError, sent, u"shop.example"_s);
        CHECK(late.kind == ErrorKind::Timeout);
        CHECK(late.provablyNotProcessed == (sent == Sent::Nothing));
        const Error stopped = errorFor(QNetworkReply::OperationCanceledError, sent, u"shop.example"_s);
        CHECK(stopped.kind == ErrorKind::Cancelled);
        CHECK(stopped.provablyNotProcessed == (sent == Sent::Nothing));
    }
}

TEST_CASE("A certificate that is refused is trouble with the server, after which nothing was sent")
{
    const Error error = errorFor(QNetworkReply::SslHandshakeFailedError, Sent::Nothing, u"shop.example"_s);
    CHECK(error.kind == ErrorKind::ServerTrouble);
    CHECK(error.code == u"CertificateRefused"_s);
    CHECK(error.provablyNotProcessed);
    CHECK_FALSE(isWorthRepeating(error));
}

TEST_CASE("Something that is not HTTP is an invalid reply")
{
    CHECK(errorFor(QNetworkReply::ProtocolFailure, Sent::Perhaps, u"shop.example"_s).kind == ErrorKind::InvalidReply);
}

TEST_CASE("Only failures that pass by themselves are worth repeating")
{
    const auto ofStatus = [](int status) { return *errorFor(status, {}, kNow, u"shop.example"_s); };
    for (const int status : {429, 500, 502, 503, 504})
        CHECK(isWorthRepeating(ofStatus(status)));
    for (const int status : {501, 505})
        CHECK_FALSE(isWorthRepeating(ofStatus(status)));
    for (const ErrorKind kind :
         {ErrorKind::Offline, ErrorKind::Timeout, ErrorKind::Cancelled, ErrorKind::InvalidReply, ErrorKind::Rejected})
        CHECK_FALSE(isWorthRepeating(Error{kind, {}, {}, {}, {}, false}));
}
