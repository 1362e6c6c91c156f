// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/connection.h"

#include <QtGlobal>

#include <optional>

struct sqlite3;

namespace indelible::store {

// A deleted row leaves bytes behind, also with secure_delete: SQLite does not clear the unused middle of a page that it
// filled anew while it balanced a tree, and FTS5 keeps deleted words in old segments. They are gone once the index and
// the file were written anew and the write-ahead log was emptied. All of these throw StoreException.

/// In the transaction of the ERASE entry `by`: the file still has to be written anew.
void noteTraces(Connection &connection, qint64 by);
/// The newest seal that the file still has traces of.
[[nodiscard]] std::optional<qint64> readTraces(Connection &connection);
/// They are gone, unless there has been another seal since `by`.
void forgetTraces(Connection &connection, qint64 by);

/// Writes the search index and then the whole file anew, from what they hold. Outside of transactions, on the writing
/// thread; writes wait meanwhile (some seconds for 100,000 items), readers do not. Needs free room of twice the file's
/// size. No row gets another number. Throws DiskFull, Storage; the file is then as it was.
void rewriteFile(Connection &connection);

/// Writes the write-ahead log back and empties it; false where somebody still reads an older state. Tries once and does
/// not wait.
[[nodiscard]] bool emptyLog(Connection &connection);

/// For a copy that nobody else has open, and that knows no guards: rewrites it where it has traces. False where SQLite
/// failed.
[[nodiscard]] bool rewriteCopy(sqlite3 *copy);

} // namespace indelible::store
