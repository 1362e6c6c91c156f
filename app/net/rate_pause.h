// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QHash>
#include <QString>

#include <chrono>
#include <optional>

namespace indelible::net {

/// Until when each group of requests has to wait. A value; times come in, no clock is asked. Pauses are never
/// shortened by a later answer, and end by themselves.
class RatePause
{
public:
    void pause(const QString &group, Instant now, std::chrono::milliseconds length);

    /// Nothing where the group is free. A pause that lies further ahead than any server may ask for (kLongestPause) is
    /// the trace of a clock that was set back: it counts as over.
    [[nodiscard]] std::optional<Instant> until(const QString &group, Instant now) const;

private:
    QHash<QString, Instant> m_until;
};

} // namespace indelible::net
