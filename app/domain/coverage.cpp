// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/coverage.h"

#include "app/domain/network.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace indelible {

namespace {

using namespace std::chrono_literals;

/// Accounts are visited at least every half hour and a fifth of it (app/sync/visit_rhythm.h).
constexpr std::chrono::milliseconds kLately = 1h;

/// Where customers usually speak. Those of a network that is not connected are blind spots until somebody says
/// otherwise.
struct UsualPlace
{
    QLatin1StringView name;
    QLatin1StringView network; ///< Network::id; empty where the program knows none
};
constexpr std::array kUsual{UsualPlace{"Google reviews"_L1, "google-reviews"_L1},
                            UsualPlace{"Facebook"_L1, "facebook"_L1},
                            UsualPlace{"Instagram"_L1, "instagram"_L1},
                            UsualPlace{"Trustpilot"_L1, "trustpilot"_L1},
                            UsualPlace{"Tripadvisor"_L1, {}},
                            UsualPlace{"Yelp"_L1, {}},
                            UsualPlace{"TikTok"_L1, {}},
                            UsualPlace{"X"_L1, {}},
                            UsualPlace{"YouTube"_L1, "youtube"_L1},
                            UsualPlace{"LinkedIn"_L1, {}},
                            UsualPlace{"Reddit"_L1, "reddit"_L1},
                            UsualPlace{"Bluesky"_L1, "bluesky"_L1},
                            UsualPlace{"Mastodon"_L1, "mastodon"_L1},
                            UsualPlace{"E-mail"_L1, "email"_L1}};

/// "Google reviews, Mill Lane" is about "Google reviews"; "Xylophone Forum" is not about "X".
bool isAbout(const QString &name, const UsualPlace &usual)
{
    return name.startsWith(usual.name, Qt::CaseInsensitive) &&
           (name.size() == usual.name.size() || !name.at(usual.name.size()).isLetterOrNumber());
}

const UsualPlace *usualPlace(const QString &name)
{
    const auto *const found =
        std::ranges::find_if(kUsual, [&name](const UsualPlace &usual) { return isAbout(name, usual); });
    return found != kUsual.end() ? found : nullptr;
}

Coverage coverageOf(const Account &account, Instant now)
{
    Coverage line;
    line.state = isWatchedNow(account, now) ? Coverage::State::Watched : Coverage::State::Interrupted;
    line.name = account.name.isEmpty() ? account.handle : account.name;
    line.network = account.network;
    line.detail = account.stateDetail;
    line.known = account.lastGoodFetch;
    line.account = account.id;
    return line;
}

Coverage coverageOf(const Place &place, Instant now)
{
    Coverage line;
    line.name = place.name;
    line.address = place.address;
    line.detail = place.reason;
    line.known = place.lookedAt;
    line.place = place.id;
    if (const UsualPlace *usual = usualPlace(place.name))
        line.network = usual->network;
    if (place.care == Care::Nobody)
        return line;
    line.everyDays = place.everyDays;
    line.dueAt = place.lookedAt ? *place.lookedAt + std::chrono::days(place.everyDays) : now;
    // A look in the future is the trace of a clock that was set back, and says nothing.
    const bool inTime = place.lookedAt && *place.lookedAt <= now && now < *line.dueAt;
    line.state = inTime ? Coverage::State::ByHand : Coverage::State::LookDue;
    return line;
}

} // namespace

bool isWatchedNow(const Account &account, Instant now)
{
    if (account.state != AccountState::Live || !account.lastGoodFetch || *account.lastGoodFetch > now)
        return false;
    const bool toldToWait = account.retryAt && *account.retryAt + kLately > now &&
                            *account.lastGoodFetch + 25h > now; // no server is believed for longer
    return toldToWait || *account.lastGoodFetch + kLately > now;
}

std::vector<Coverage> coverageMap(const std::vector<Account> &accounts, const std::vector<Place> &places, Instant now)
{
    std::vector<Coverage> map;
    for (const Account &account : accounts) {
        if (account.state != AccountState::Disconnected)
            map.push_back(coverageOf(account, now));
    }
    for (const Place &place : places)
        map.push_back(coverageOf(place, now));
    for (const UsualPlace &usual : kUsual) {
        const bool spokenFor = std::ranges::any_of(map, [&usual](const Coverage &line) {
            return line.account.isValid() ? !usual.network.isEmpty() && line.network == usual.network
                                          : isAbout(line.name, usual);
        });
        if (spokenFor)
            continue;
        Coverage line;
        line.name = usual.name;
        line.network = usual.network;
        map.push_back(line);
    }
    std::ranges::stable_sort(map, {}, &Coverage::state);
    return map;
}

CoverageCount countCoverage(const std::vector<Coverage> &map)
{
    const auto of = [&map](Coverage::State state) {
        return static_cast<int>(std::ranges::count(map, state, &Coverage::state));
    };
    return {of(Coverage::State::Watched), of(Coverage::State::Interrupted), of(Coverage::State::ByHand),
            of(Coverage::State::LookDue), of(Coverage::State::NotWatched)};
}

QString toString(Coverage::State state)
{
    switch (state) {
    case Coverage::State::Watched:
        return u"watched"_s;
    case Coverage::State::Interrupted:
        return u"interrupted"_s;
    case Coverage::State::ByHand:
        return u"by hand"_s;
    case Coverage::State::LookDue:
        return u"look due"_s;
    case Coverage::State::NotWatched:
        return u"not watched"_s;
    }
    Q_UNREACHABLE();
}

} // namespace indelible
