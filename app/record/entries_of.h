// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/record/entry.h"
#include "app/store/connection.h"

#include <vector>

namespace indelible::record {

/// The entries of one kind about one subject, newest first. Reads every entry of the subject, and stops where one is
/// damaged. For a function given to Database.
[[nodiscard]] std::vector<Entry> entriesOf(store::Connection &connection, const QByteArray &subject, Kind kind);

} // namespace indelible::record
