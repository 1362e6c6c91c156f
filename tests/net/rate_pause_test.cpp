// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/rate_pause.h"

#include "app/net/retry_policy.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace std::chrono_literals;

namespace {

constexpr Instant kNow = fromMs(1'795'338'000'000);

} // namespace

TEST_CASE("A group is paused for as long as was asked, and others are not")
{
    net::RatePause pauses;
    pauses.pause(u"a"_s, kNow, 10s);
    CHECK(pauses.until(u"a"_s, kNow) == kNow + 10s);
    CHECK(pauses.until(u"a"_s, kNow + 9'999ms) == kNow + 10s);
    CHECK(pauses.until(u"a"_s, kNow + 10s) == std::nullopt);
    CHECK(pauses.until(u"b"_s, kNow) == std::nullopt);
}

TEST_CASE("A later answer prolongs a pause and never shortens it")
{
    net::RatePause pauses;
    pauses.pause(u"a"_s, kNow, 10s);
    pauses.pause(u"a"_s, kNow + 1s, 2s);
    CHECK(pauses.until(u"a"_s, kNow + 1s) == kNow + 10s);
    pauses.pause(u"a"_s, kNow + 1s, 20s);
    CHECK(pauses.until(u"a"_s, kNow + 1s) == kNow + 21s);
}

TEST_CASE("A pause of no length pauses nothing")
{
    net::RatePause pauses;
    pauses.pause(u"a"_s, kNow, 0ms);
    pauses.pause(u"a"_s, kNow, -5s);
    CHECK(pauses.until(u"a"_s, kNow) == std::nullopt);
}

TEST_CASE("A pause is never longer than a day, whatever is asked")
{
    net::RatePause pauses;
    pauses.pause(u"a"_s, kNow, std::chrono::hours(24 * 365));
    CHECK(pauses.until(u"a"_s, kNow) == kNow + net::kLongestPause);
}

TEST_CASE("A clock that was set back does not prolong a pause")
{
    net::RatePause pauses;
    pauses.pause(u"a"_s, kNow, 10s);
    const Instant yesterday = kNow - std::chrono::hours(24);
    CHECK(pauses.until(u"a"_s, yesterday) == std::nullopt);
    pauses.pause(u"a"_s, yesterday, 5s);
    CHECK(pauses.until(u"a"_s, yesterday) == yesterday + 5s);
}
