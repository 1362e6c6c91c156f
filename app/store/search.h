// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/connection.h"

#include <QString>

#include <vector>

namespace indelible::store {

/// What a person typed as a full-text query: every word must occur, in any order; the last one may be a beginning while
/// it is being typed (no blank after it); "words in quotes" occur as they stand. Nothing typed is ever query syntax.
/// Empty where nothing searchable was typed.
[[nodiscard]] QString fullTextQuery(const QString &text);

/// Makes the words of one version findable. The index is kept by record entry, so that every version of an item stays
/// findable and none is ever taken out because it was edited.
void indexEntry(Connection &connection, qint64 entry, const QString &text, const QString &author);

/// The record entries [first, first + count) whose text or author has what was typed, in their order. None where
/// nothing searchable was typed.
[[nodiscard]] std::vector<qint64> entriesWith(Connection &connection, const QString &text, qint64 first, qint64 count);

} // namespace indelible::store
