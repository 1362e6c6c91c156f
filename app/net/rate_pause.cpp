// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/rate_pause.h"

#include "app/net/retry_policy.h"

#include <algorithm>

namespace indelible::net {

void RatePause::pause(const QString &group, Instant now, std::chrono::milliseconds length)
{
    m_until.removeIf([now](const auto &entry) { return entry.value() <= now || entry.value() - now > kLongestPause; });
    const Instant end = now + std::min(length, kLongestPause);
    if (end <= now)
        return;
    Instant &until = m_until[group];
    until = std::max(until, end);
}

std::optional<Instant> RatePause::until(const QString &group, Instant now) const
{
    const auto found = m_until.constFind(group);
    if (found == m_until.cend() || *found <= now || *found - now > kLongestPause)
        return std::nullopt;
    return *found;
}

} // namespace indelible::net
