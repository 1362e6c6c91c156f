// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/anchor/anchor_text.h"
#include "app/record/checkpoint.h"
#include "app/record/merkle_proof.h"

#include <QList>

#include <vector>

namespace indelible::anchor {

/// The record as it is now.
struct RecordNow
{
    QString origin;
    QList<QByteArray> keys; ///< every public key that it ever had
    qint64 size = 0;
    QByteArray root;
};

/// That the record as it is now begins with what was anchored.
struct AnchorProof
{
    record::Checkpoint anchored;
    record::Checkpoint now;
    std::vector<QByteArray> proof; ///< of consistency, RFC 9162
};

/// Makes the proof and checks it as others would. Asks `subtree` for a few hashes only, and throws what it throws.
/// Errors, each one sentence: Rejected (of another record; signed with a key that the record never had; a signature
/// that is not good), Damaged (the record is shorter than what was anchored, or its beginning is another one).
[[nodiscard]] Result<AnchorProof> proveAnchor(const AnchorText &anchor, const RecordNow &now,
                                              const record::SubtreeSource &subtree);

} // namespace indelible::anchor
