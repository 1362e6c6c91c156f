// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QNetworkReply>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace indelible::net {

/// Pure rules of what a failed exchange means and when to ask again. No input or output; any thread.

using Headers = std::vector<std::pair<QByteArray, QByteArray>>; ///< names in lower case

/// No server is believed for longer than this.
constexpr std::chrono::milliseconds kLongestPause = std::chrono::hours(24);
/// Used where a server says "too many" and names no time.
constexpr std::chrono::milliseconds kUsualPause = std::chrono::seconds(60);

[[nodiscard]] QByteArray valueOf(const Headers &headers, const QByteArray &lowerCaseName);

/// How much of a request may have reached the other side.
enum class Sent {
    Nothing, ///< certainly no byte of the body, or of a request without one
    Perhaps,
};

/// The meaning of a failure below HTTP. `host` is named in the sentence.
[[nodiscard]] Error errorFor(QNetworkReply::NetworkError code, Sent sent, const QString &host);

/// The meaning of a status; nothing where only the channel knows it. 429, and 503 with Retry-After, are RateLimited and
/// always have retryAfter; other 5xx are ServerTrouble. Only 429 is proof that nothing was done (RFC 6585).
[[nodiscard]] std::optional<Error> errorFor(int status, const Headers &headers, Instant now, const QString &host);

/// True for failures that may pass by themselves within seconds. Not for timeouts, which have taken their time already,
/// nor for certificates.
[[nodiscard]] bool isWorthRepeating(const Error &error);

/// `pause`, longer by up to half: `random` in [0, 1). Spreads clients that failed at the same moment.
[[nodiscard]] std::chrono::milliseconds withJitter(std::chrono::milliseconds pause, double random);

/// How long the server wants to be left alone: Retry-After in seconds or as a date (RFC 9110, 10.2.3), else the reset
/// of its rate limit (RateLimit-Reset, X-RateLimit-Reset and X-Rate-Limit-Reset: seconds, seconds since 1970, or RFC
/// 3339). Dates are taken relative to the answer's Date header, so that a wrong clock here does no harm. Between
/// nothing and kLongestPause; what cannot be read counts as absent.
[[nodiscard]] std::optional<std::chrono::milliseconds> retryAfterOf(const Headers &headers, Instant now);

/// How long to pause ahead: until the reset, where the answer says that no request is left.
[[nodiscard]] std::optional<std::chrono::milliseconds> exhaustedFor(const Headers &headers, Instant now);

} // namespace indelible::net
