// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/domain/conversation.h"

#include <chrono>
#include <optional>

namespace indelible::outbox {

/// What an attempt's failure makes of an answer. Pure.
struct Verdict
{
    OutboxState next = OutboxState::Unknown;
    std::chrono::milliseconds pause{0}; ///< before the next attempt, where there will be one by itself

    friend bool operator==(const Verdict &, const Verdict &) = default;
};

/// Trouble of the whole account: what follows would fail too, sending as well as fetching.
[[nodiscard]] bool concernsAccount(const Error &error);

/// Back to QUEUED only where it is certain that the network did not act on the attempt; FAILED where it refused for
/// good; UNKNOWN for everything else, because two public answers to one person cannot be taken back. `attempts` counts
/// the one that failed. Pauses grow from 5 s to 15 min unless the server named a time.
[[nodiscard]] Verdict verdictOn(const Error &error, int attempts);

} // namespace indelible::outbox
