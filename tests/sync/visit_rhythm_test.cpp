// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sync/visit_rhythm.h"
#include "tests/support/catch.h"

#include <map>

using namespace indelible;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using sync::Situation;
using sync::startOffset;
using sync::visitPause;

namespace {

const QTime kNoon(12, 0);
const QTime kMidnight(0, 0);

Situation after(milliseconds quiet, QTime at = kNoon)
{
    return {quiet, at, false, false};
}

} // namespace

TEST_CASE("an account is visited more often while people talk there")
{
    CHECK(visitPause(after(0ms), 0) == 30s);
    CHECK(visitPause(after(15min - 1ms), 0) == 30s);
    CHECK(visitPause(after(15min), 0) == 60s);
    CHECK(visitPause(after(3h - 1ms), 0) == 60s);
    CHECK(visitPause(after(3h), 0) == 2min);
    CHECK(visitPause({std::nullopt, kNoon, false}, 0) == 2min);
}

TEST_CASE("nights are slower, from ten to seven, but not for people who talk then")
{
    const std::map<QTime, bool> isNight{{QTime(21, 59), false}, {QTime(22, 0), true}, {kMidnight, true},
                                        {QTime(6, 59), true},   {QTime(7, 0), false}, {kNoon, false}};
    for (const auto &[time, night] : isNight) {
        INFO(time.toString().toStdString());
        CHECK(visitPause(after(1min, time), 0) == 30s);
        CHECK(visitPause(after(1h, time), 0) == (night ? 3min : 1min));
        CHECK(visitPause(after(24h, time), 0) == (night ? 6min : 2min));
    }
}

TEST_CASE("a connection that is paid for by the amount is used less")
{
    CHECK(visitPause({24h, kNoon, true}, 0) == 8min);
    CHECK(visitPause({24h, kMidnight, true}, 0) == 24min);
    CHECK(visitPause({1min, kNoon, true}, 0) == 30s);
}

TEST_CASE("pauses differ by up to a fifth")
{
    CHECK(visitPause(after(24h), 0.5) == 2min + 12s);
    CHECK(visitPause(after(24h), 1.0) == 2min + 24s);
    CHECK(visitPause(after(24h), 7.0) == 2min + 24s);
    CHECK(visitPause(after(24h), -1.0) == 2min);
}

TEST_CASE("visits that are due at once begin one after the other, within half a minute")
{
    CHECK(startOffset(0, 1) == 0s);
    CHECK(startOffset(2, 3) == 4s);
    for (const int count : {1, 2, 15, 16, 50, 1000}) {
        INFO(count);
        CHECK(startOffset(0, count) == 0s);
        CHECK(startOffset(count - 1, count) < 30s);
    }
    CHECK(startOffset(1, 50) == 600ms);
}

TEST_CASE("a network that tells by itself is visited less often, people talking or not")
{
    CHECK(visitPause({1min, kNoon, false, true}, 0) == 5min);
    CHECK(visitPause({24h, kNoon, false, true}, 0) == 5min);
    CHECK(visitPause({24h, kMidnight, false, true}, 0) == 15min);
    CHECK(visitPause({24h, kNoon, true, true}, 0) == 20min);
    CHECK(visitPause({24h, kMidnight, true, true}, 0) == 30min);
}
