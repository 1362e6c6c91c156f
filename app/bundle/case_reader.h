// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/case_lines.h"
#include "app/domain/ids.h"
#include "app/record/log.h"
#include "app/store/connection.h"

namespace indelible::bundle {

/// Puts on the record that the case is exported, with how many entries there are of it and of each of its
/// conversations, and which anchors cover them; returns the entry's number. Throws NotFound. For a function given to
/// Database::write().
[[nodiscard]] qint64 appendExport(store::Connection &connection, const Clock &clock, quint32 member, CaseId id);

/// Every entry that the EXPORT entry `exportEntry` counts, the seals of those without words, and their proofs in the
/// tree of `size` entries, in order. Throws Damaged where a row is missing. For a function given to Database::scan().
[[nodiscard]] std::vector<Row> readCase(store::Connection &connection, qint64 exportEntry, qint64 size);

/// The ANCHOR entries that the EXPORT entry names, with their proofs in the tree of `size` entries. Throws Damaged. For
/// a function given to Database::scan().
[[nodiscard]] std::vector<AnchorRow> readAnchors(store::Connection &connection, const Row &exported, qint64 size);

} // namespace indelible::bundle
