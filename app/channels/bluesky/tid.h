// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"

#include <QByteArray>

namespace indelible::channels::bluesky {

/// Makes record keys of the kind "TID": thirteen letters that sort by time. The key of an answer is made before its
/// first attempt, and makes a repetition harmless (atproto.com/specs/tid, read 2026-11-22).
///
/// 53 bits of microseconds since 1970 and 10 bits of clock id, drawn once, so that two programs on one account do not
/// meet. Each key is greater than the one before it, also where the clock stands still or goes back.
class TidGenerator
{
public:
    explicit TidGenerator(RandomSource random = &randomBytes);

    [[nodiscard]] QByteArray next(Instant now);

private:
    quint64 m_clockId = 0;
    quint64 m_lastMicroseconds = 0;
};

/// True for thirteen letters of the TID alphabet whose top bit is clear.
[[nodiscard]] bool isTid(const QByteArray &key);

} // namespace indelible::channels::bluesky
