// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sync/account_health.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace std::chrono_literals;
using sync::healthAfter;

namespace {

Error errorOf(ErrorKind kind, std::optional<std::chrono::milliseconds> retryAfter = {})
{
    Error error;
    error.kind = kind;
    error.retryAfter = retryAfter;
    return error;
}

} // namespace

TEST_CASE("each kind of trouble says what the account needs")
{
    const Instant now = fromMs(1'000'000);
    CHECK(healthAfter(errorOf(ErrorKind::Unauthorised), 1, now)->state == AccountState::SignedOut);
    CHECK_FALSE(healthAfter(errorOf(ErrorKind::Unauthorised), 1, now)->retryAt.has_value());
    CHECK(healthAfter(errorOf(ErrorKind::RateLimited, 18min), 1, now)->state == AccountState::SlowedDown);
    CHECK(healthAfter(errorOf(ErrorKind::RateLimited, 18min), 1, now)->retryAt == now + 18min);
    CHECK(healthAfter(errorOf(ErrorKind::Offline), 1, now)->state == AccountState::Offline);
    CHECK(healthAfter(errorOf(ErrorKind::InvalidReply), 1, now)->state == AccountState::ServerTrouble);
}

TEST_CASE("trouble of our own says nothing about the account")
{
    for (const ErrorKind kind : {ErrorKind::Storage, ErrorKind::DiskFull, ErrorKind::Cancelled, ErrorKind::Internal})
        CHECK_FALSE(healthAfter(errorOf(kind), 1, Instant()).has_value());
}

TEST_CASE("waits grow with each failure, up to a quarter of an hour")
{
    const Instant now = fromMs(0);
    CHECK(healthAfter(errorOf(ErrorKind::ServerTrouble), 1, now)->retryAt == now + 1min);
    CHECK(healthAfter(errorOf(ErrorKind::ServerTrouble), 3, now)->retryAt == now + 4min);
    CHECK(healthAfter(errorOf(ErrorKind::ServerTrouble), 1000, now)->retryAt == now + 15min);
}
