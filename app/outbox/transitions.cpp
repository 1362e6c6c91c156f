// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/outbox/transitions.h"

#include <algorithm>

namespace indelible::outbox {

namespace {

using namespace std::chrono_literals;

std::chrono::milliseconds backOff(int attempts)
{
    constexpr std::chrono::milliseconds kFirst = 5s;
    constexpr std::chrono::milliseconds kLongest = 15min;
    return std::min<std::chrono::milliseconds>(kLongest, kFirst * (1LL << std::clamp(attempts - 1, 0, 16)));
}

} // namespace

bool concernsAccount(const Error &error)
{
    return error.kind == ErrorKind::Unauthorised || error.kind == ErrorKind::Secrets ||
           error.kind == ErrorKind::RateLimited || error.kind == ErrorKind::Offline ||
           error.kind == ErrorKind::Cancelled;
}

Verdict verdictOn(const Error &error, int attempts)
{
    switch (error.kind) {
    case ErrorKind::Unauthorised:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Rejected:
    case ErrorKind::Usage:
        return {OutboxState::Failed, {}};
    case ErrorKind::Cancelled:
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
    case ErrorKind::RateLimited: // 429 proves that nothing was done, 503 with a time to wait does not
    case ErrorKind::ServerTrouble:
    case ErrorKind::InvalidReply:
    case ErrorKind::Secrets:
    case ErrorKind::Storage:
    case ErrorKind::DiskFull:
    case ErrorKind::NewerSchema:
    case ErrorKind::InUse:
    case ErrorKind::Damaged:
    case ErrorKind::Internal:
        break;
    }
    if (error.provablyNotProcessed)
        return {OutboxState::Queued, error.retryAfter.value_or(backOff(attempts))};
    return {OutboxState::Unknown, {}};
}

} // namespace indelible::outbox
