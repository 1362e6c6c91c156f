// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <atomic>

namespace indelible::test {

/// A clock that moves only when the test says so. Starts on 22 November 2026, 09:00 UTC. Thread-safe.
class FakeClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return fromMs(m_ms.load()); }
    void advance(std::chrono::milliseconds by) { m_ms += by.count(); }
    void set(Instant instant) { m_ms = toMs(instant); }

private:
    std::atomic<qint64> m_ms{1'795'338'000'000};
};

} // namespace indelible::test
