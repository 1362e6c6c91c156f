// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/item.h"
#include "app/store/connection.h"

#include <optional>

namespace indelible::store {

// How handles look to the eye (look_alike.h): an index over `handle`, made anew where the rules of looks changed. All
// functions belong inside a function given to Database.

/// Notes how the handle of this row looks now.
void noteLook(Connection &connection, qint64 id, const QString &handle);

/// Makes the index anew where it was made by other rules. Once at opening, before anything is written.
void refreshLooks(Connection &connection);

/// Who was here before this person and has a handle of the same look on the same network; the first of them. Nothing in
/// a workspace of a schema that has no such index.
[[nodiscard]] std::optional<LookAlike> earlierLookAlike(Connection &connection, const QString &network,
                                                        const Author &person);

} // namespace indelible::store
