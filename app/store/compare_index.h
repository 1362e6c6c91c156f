// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/compare.h"

namespace indelible::store {

/// Compares the search index of a database with the one made anew from the record: every place of every word, and what
/// is found by the first two and three letters of each. Keeps nothing; about twenty places an item. Throws
/// StoreException: Damaged (the index cannot be read), Storage.
[[nodiscard]] TableComparison compareIndex(Connection &kept, Connection &rebuilt);

} // namespace indelible::store
