// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/domain/account.h"
#include "app/domain/ids.h"

#include <QString>

#include <optional>
#include <vector>

namespace indelible {

// The coverage map: where people may speak of the business, and who would notice. Silence at a place that nobody
// watches is no calm, so every report says what it does not know.

/// How a place is looked after that the program cannot reach, or is not connected to.
enum class Care {
    ByHand = 1, ///< somebody means to look there every few days
    Nobody = 2
};

/// Such a place, as somebody at the desk wrote it down.
struct Place
{
    PlaceId id;
    QString name;    ///< "Google reviews, Mill Lane"; no two are alike, whatever the case of their letters
    QString address; ///< the page to look at, https; may be empty
    Care care = Care::Nobody;
    int everyDays = 7; ///< by hand: how often; 1 to kLeastOften
    std::optional<Instant> lookedAt;
    QString reason; ///< why nobody watches; may be empty

    friend bool operator==(const Place &, const Place &) = default;
};

inline constexpr int kLeastOften = 90; ///< days; what is looked at less often is not watched

/// One line of the map.
struct Coverage
{
    enum class State {
        Watched = 1,     ///< connected, and the last visit went well and was not long ago
        Interrupted = 2, ///< connected, but what is said there does not arrive now, or not all of it
        ByHand = 3,      ///< somebody looked in time
        LookDue = 4,     ///< somebody means to look, and has not in time or never
        NotWatched = 5
    };
    State state = State::NotWatched;
    QString name;
    QString network;              ///< Network::id, where it is one the program knows
    QString address;              ///< of a place
    QString detail;               ///< why not, one sentence; may be empty
    std::optional<Instant> known; ///< up to when what was said there is known
    std::optional<Instant> dueAt; ///< when somebody is to look again
    int everyDays = 0;            ///< by hand: how often; 0 = nobody means to
    AccountId account;            ///< invalid unless it is one
    PlaceId place;                ///< invalid unless it was written down
};

/// Whether what is said at the account arrives: it works, and was visited so lately as accounts are. One that is left
/// alone because its feed asked for it counts until that time has passed. Pure.
[[nodiscard]] bool isWatchedNow(const Account &account, Instant now);

/// The whole map, best watched first: accounts, places written down, and usual places that are neither. An account that
/// was disconnected is none. Pure.
[[nodiscard]] std::vector<Coverage> coverageMap(const std::vector<Account> &accounts, const std::vector<Place> &places,
                                                Instant now);

/// How many lines are of which kind. `interrupted` and `lookDue` are not in `watched` and `byHand`.
struct CoverageCount
{
    int watched = 0;
    int interrupted = 0;
    int byHand = 0;
    int lookDue = 0;
    int notWatched = 0;

    [[nodiscard]] int all() const { return watched + interrupted + byHand + lookDue + notWatched; }
    friend bool operator==(const CoverageCount &, const CoverageCount &) = default;
};
[[nodiscard]] CoverageCount countCoverage(const std::vector<Coverage> &map);

/// "watched", "interrupted", "by hand", "look due", "not watched": for commands and files, never translated.
[[nodiscard]] QString toString(Coverage::State state);

} // namespace indelible
