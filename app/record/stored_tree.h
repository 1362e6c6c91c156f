// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/record/merkle_proof.h"
#include "app/store/connection.h"

namespace indelible::record {

/// The subtrees of the stored record, for proofs: those of 256 and 65,536 leaves are read, smaller ones are computed
/// from their entries. Throws StoreException Damaged where a row is missing. Lives as long as the function given to
/// Database.
[[nodiscard]] SubtreeSource storedSubtrees(store::Connection &connection);

} // namespace indelible::record
