// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sync/account_health.h"

#include <algorithm>

namespace indelible::sync {

namespace {

using namespace std::chrono_literals;

std::chrono::milliseconds waitAfter(const Error &error, int failures)
{
    constexpr std::chrono::milliseconds kFirst = 1min;
    constexpr std::chrono::milliseconds kLongest = 15min;
    return error.retryAfter.value_or(
        std::min<std::chrono::milliseconds>(kLongest, kFirst * (1LL << std::clamp(failures - 1, 0, 10))));
}

} // namespace

std::optional<Health> healthAfter(const Error &error, int failures, Instant now)
{
    const Instant later = now + waitAfter(error, failures);
    switch (error.kind) {
    case ErrorKind::Unauthorised:
        return Health{AccountState::SignedOut, error.detail, {}};
    case ErrorKind::Secrets:
        // The keychain may be locked for now only (a program started before it was unlocked): it is asked again.
        return Health{AccountState::SignedOut, error.detail, later};
    case ErrorKind::RateLimited:
        return Health{AccountState::SlowedDown, error.detail, later};
    case ErrorKind::Offline:
        return Health{AccountState::Offline, error.detail, later};
    case ErrorKind::Timeout:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Rejected:
    case ErrorKind::ServerTrouble:
    case ErrorKind::InvalidReply:
    case ErrorKind::Damaged:
        return Health{AccountState::ServerTrouble, error.detail, later};
    case ErrorKind::Cancelled:
    case ErrorKind::Storage:
    case ErrorKind::DiskFull:
    case ErrorKind::NewerSchema:
    case ErrorKind::InUse:
    case ErrorKind::Usage:
    case ErrorKind::Internal:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

} // namespace indelible::sync
