// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sync/visit_rhythm.h"

#include <algorithm>

namespace indelible::sync {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds kTalkLasts = 15min;
constexpr milliseconds kWarmLasts = 3h;
constexpr milliseconds kWhileTalking = 30s;
constexpr milliseconds kWhileWarm = 60s;
constexpr milliseconds kQuiet = 2min;
constexpr milliseconds kWhileTold = 5min;
constexpr milliseconds kLongest = 30min; ///< what is visited less often is not watched (app/domain/coverage.cpp)
constexpr int kSlowerAtNight = 3;
constexpr int kSlowerWhenMetered = 4;
constexpr int kNightBegins = 22; // o'clock
constexpr int kNightEnds = 7;
constexpr double kMostSpread = 0.2;
constexpr milliseconds kLastStart = 30s;
constexpr milliseconds kLongestStep = 2s;

bool isNight(QTime local)
{
    return local.hour() >= kNightBegins || local.hour() < kNightEnds;
}

milliseconds usualPause(const Situation &situation)
{
    const bool isTalking = situation.sinceActivity && *situation.sinceActivity < kTalkLasts;
    if (isTalking)
        return situation.isTold ? kWhileTold : kWhileTalking;
    milliseconds pause = situation.sinceActivity && *situation.sinceActivity < kWarmLasts ? kWhileWarm : kQuiet;
    if (situation.isTold)
        pause = kWhileTold;
    if (isNight(situation.localTime))
        pause *= kSlowerAtNight;
    if (situation.isMetered)
        pause *= kSlowerWhenMetered;
    return std::min(pause, kLongest);
}

} // namespace

milliseconds visitPause(const Situation &situation, double spread)
{
    const milliseconds pause = usualPause(situation);
    const double longer = static_cast<double>(pause.count()) * kMostSpread * std::clamp(spread, 0.0, 1.0);
    return pause + milliseconds(static_cast<qint64>(longer));
}

milliseconds startOffset(int index, int count)
{
    const milliseconds step = std::min(kLongestStep, kLastStart / std::max(count, 1));
    return step * index;
}

} // namespace indelible::sync
