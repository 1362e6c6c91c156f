// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace indelible::record {

// The Merkle tree of RFC 6962 section 2.1, over SHA-256. Pure and thread-safe.

[[nodiscard]] QByteArray leafHash(QByteArrayView data);
[[nodiscard]] QByteArray nodeHash(QByteArrayView left, QByteArrayView right);
[[nodiscard]] QByteArray emptyRoot();

/// The roots of the perfect subtrees that a tree of some size is made of, largest (leftmost) first: all that is needed
/// to go on appending and to know the root.
class Frontier
{
public:
    Frontier() = default;

    /// Reads what toBytes() wrote; nothing where the length does not fit `size`.
    [[nodiscard]] static std::optional<Frontier> fromBytes(qint64 size, const QByteArray &bytes);
    [[nodiscard]] QByteArray toBytes() const;

    /// A perfect subtree that an append has completed.
    struct Node
    {
        int level = 0;
        qint64 position = 0;
        QByteArray hash;
    };
    /// Adds a leaf hash; returns the subtrees of level 1 and above that it completed, lowest first. Valid until the
    /// next call.
    const std::vector<Node> &append(const QByteArray &leaf);

    [[nodiscard]] qint64 size() const { return m_size; }
    [[nodiscard]] QByteArray root() const;

private:
    qint64 m_size = 0;
    std::vector<QByteArray> m_roots;
    std::vector<Node> m_completed; ///< by the last append(); kept so that appending does not allocate
};

} // namespace indelible::record
