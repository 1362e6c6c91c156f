// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

namespace indelible {

/// A moment in UTC with the resolution that is stored: one millisecond.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

[[nodiscard]] constexpr qint64 toMs(Instant instant)
{
    return instant.time_since_epoch().count();
}

[[nodiscard]] constexpr Instant fromMs(qint64 ms)
{
    return Instant(std::chrono::milliseconds(ms));
}

[[nodiscard]] QDateTime toDateTime(Instant instant);

/// RFC 3339 in UTC with milliseconds, for example "2026-11-22T09:00:00.000Z".
[[nodiscard]] QString toRfc3339(Instant instant);

/// Reads RFC 3339 with any zone; nothing where the text is no such date or lies outside the years 1 to 9999.
[[nodiscard]] std::optional<Instant> fromRfc3339(const QString &text);

/// The one source of the present moment. Everything that asks what time it is takes one of these, so that tests and
/// screenshots can say what time it is. Thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

/// The computer's clock.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override;
};

/// A clock that stands still at a given moment (screenshots, `--now`).
class FixedClock final : public Clock
{
public:
    explicit FixedClock(Instant now)
        : m_now(now)
    {
    }
    [[nodiscard]] Instant now() const override { return m_now; }

private:
    Instant m_now;
};

} // namespace indelible
