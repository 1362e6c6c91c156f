// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/item.h"
#include "app/store/connection.h"

#include <QString>

#include <vector>

namespace indelible::store {

/// What a person typed as a full-text query: every word must occur, in any order; the last one may be a beginning while
/// it is being typed (no blank after it); "words in quotes" occur as they stand. Nothing typed is ever query syntax.
/// Empty where nothing searchable was typed.
[[nodiscard]] QString fullTextQuery(const QString &text);

/// Makes the words of one version findable. The index is kept by record entry, so that every version of an item stays
/// findable and none is ever taken out because it was edited; only a seal takes one out.
void indexEntry(Connection &connection, qint64 entry, const QString &text, const QString &author);

/// By whom a version that a channel brought is found, and by whom an answer of ours that went out from here.
[[nodiscard]] QString searchedAuthor(const Author &author);
[[nodiscard]] QString searchedSender(const Author &author);

/// Takes it out again, which needs exactly what was indexed: the index does not hold the texts. The words stay in the
/// file until optimizeIndex().
void unindexEntry(Connection &connection, qint64 entry, const QString &text, const QString &author);
/// Writes the index anew, without what was taken out (SQLite 3.40 has no FTS5 'secure-delete'). Takes seconds for a
/// large one.
void optimizeIndex(Connection &connection);

/// The record entries [first, first + count) whose text or author has what was typed, in their order. None where
/// nothing searchable was typed.
[[nodiscard]] std::vector<qint64> entriesWith(Connection &connection, const QString &text, qint64 first, qint64 count);

} // namespace indelible::store
