// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/connection.h"

#include <QString>

#include <functional>
#include <optional>

namespace indelible::record {

/// What a full check of the record found.
struct Verification
{
    qint64 entries = 0;             ///< read and hashed
    QByteArray root;                ///< computed from the stored entries
    std::optional<qint64> badEntry; ///< the first entry that does not match; none with `problem` set = the state itself
    QString problem;                ///< one English sentence; empty = everything matches

    [[nodiscard]] bool isGood() const { return problem.isEmpty(); }
};

/// Reads every entry and body from disk, hashes them, and compares with each other and with the stored state: numbers
/// without a gap, one log, each body with its commitment, a body missing exactly
/// where one later entry says that it was sealed, each subject's chain, the stored subtrees, size and root.
/// Belongs into Database::scan(), whose unchanging state keeps appending meanwhile from giving a false alarm.
/// `progress` gets the number of entries read, now and then, and returns false to cancel.
[[nodiscard]] Verification verify(store::Connection &connection, const std::function<bool(qint64)> &progress = {});

} // namespace indelible::record
