// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <functional>
#include <vector>

namespace indelible::record {

// Proofs about the tree of RFC 6962, made and checked. Pure; any thread. Making one asks `subtree(level, position)` for
// the hash of the perfect subtree over the leaves [position << level, (position + 1) << level): level 0 is a leaf hash.

using SubtreeSource = std::function<QByteArray(int level, qint64 position)>;

/// That the leaf `index` is in the tree of `size` leaves: its audit path, lowest first (RFC 6962, 2.1.1).
/// 0 <= index < size.
[[nodiscard]] std::vector<QByteArray> inclusionProof(qint64 index, qint64 size, const SubtreeSource &subtree);

/// That the tree of `size` leaves begins with the tree of `earlier` leaves (RFC 6962, 2.1.2). 0 < earlier <= size.
[[nodiscard]] std::vector<QByteArray> consistencyProof(qint64 earlier, qint64 size, const SubtreeSource &subtree);

/// The root of the first `size` leaves.
[[nodiscard]] QByteArray rootOf(qint64 size, const SubtreeSource &subtree);

/// RFC 9162, 2.1.3.2. False also for numbers that make no sense and for proofs of another length.
[[nodiscard]] bool checkInclusion(const QByteArray &leafHash, qint64 index, qint64 size,
                                  const std::vector<QByteArray> &proof, const QByteArray &root);

/// RFC 9162, 2.1.4.2.
[[nodiscard]] bool checkConsistency(qint64 earlier, const QByteArray &earlierRoot, qint64 size, const QByteArray &root,
                                    const std::vector<QByteArray> &proof);

} // namespace indelible::record
