// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/domain/account.h"

#include <optional>

namespace indelible::sync {

/// What the end of a round says about the account.
struct Health
{
    AccountState state = AccountState::Live;
    QString detail;
    std::optional<Instant> retryAt;
};

/// The account's state after a round that failed with `error`; `failures` counts the rounds that failed one after the
/// other, this one included, and makes the wait longer (1 min to 15 min) unless the server named a time. Trouble of our
/// own (storage, disk) says nothing about the account: then nothing is returned. Pure.
[[nodiscard]] std::optional<Health> healthAfter(const Error &error, int failures, Instant now);

} // namespace indelible::sync
