// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/merkle_proof.h"

#include "app/record/hash.h"
#include "app/record/merkle.h"

#include <algorithm>
#include <bit>

namespace indelible::record {

namespace {

/// How many leaves are left of where a tree is split: the largest power of two below `count`; count > 1.
qint64 leftOf(qint64 count)
{
    return static_cast<qint64>(std::bit_floor(static_cast<quint64>(count - 1)));
}

/// Hash of the leaves [begin, begin + count), which is a subtree of the whole: `begin` is a multiple of a power of two
/// that is at least `count`.
QByteArray rangeHash(qint64 begin, qint64 count, const SubtreeSource &subtree)
{
    if (std::has_single_bit(static_cast<quint64>(count))) {
        const int level = std::countr_zero(static_cast<quint64>(count));
        return subtree(level, begin >> level);
    }
    const qint64 left = leftOf(count);
    return nodeHash(rangeHash(begin, left, subtree), rangeHash(begin + left, count - left, subtree));
}

void addPath(qint64 index, qint64 begin, qint64 count, const SubtreeSource &subtree, std::vector<QByteArray> &path)
{
    if (count == 1)
        return;
    const qint64 left = leftOf(count);
    if (index < left) {
        addPath(index, begin, left, subtree, path);
        path.push_back(rangeHash(begin + left, count - left, subtree));
    } else {
        addPath(index - left, begin + left, count - left, subtree, path);
        path.push_back(rangeHash(begin, left, subtree));
    }
}

/// SUBPROOF of RFC 6962: `known` = the earlier root itself covers this range.
void addSubproof(qint64 earlier, qint64 begin, qint64 count, bool known, const SubtreeSource &subtree,
                 std::vector<QByteArray> &proof)
{
    if (earlier == count) {
        if (!known)
            proof.push_back(rangeHash(begin, count, subtree));
        return;
    }
    const qint64 left = leftOf(count);
    if (earlier <= left) {
        addSubproof(earlier, begin, left, known, subtree, proof);
        proof.push_back(rangeHash(begin + left, count - left, subtree));
    } else {
        addSubproof(earlier - left, begin + left, count - left, false, subtree, proof);
        proof.push_back(rangeHash(begin, left, subtree));
    }
}

bool areHashes(const std::vector<QByteArray> &hashes)
{
    return std::ranges::all_of(hashes, [](const QByteArray &hash) { return hash.size() == kHashBytes; });
}

} // namespace

std::vector<QByteArray> inclusionProof(qint64 index, qint64 size, const SubtreeSource &subtree)
{
    Q_ASSERT(index >= 0 && index < size);
    std::vector<QByteArray> path;
    addPath(index, 0, size, subtree, path);
    return path;
}

std::vector<QByteArray> consistencyProof(qint64 earlier, qint64 size, const SubtreeSource &subtree)
{
    Q_ASSERT(earlier > 0 && earlier <= size);
    std::vector<QByteArray> proof;
    addSubproof(earlier, 0, size, true, subtree, proof);
    return proof;
}

QByteArray rootOf(qint64 size, const SubtreeSource &subtree)
{
    return size == 0 ? emptyRoot() : rangeHash(0, size, subtree);
}

bool checkInclusion(const QByteArray &leafHash, qint64 index, qint64 size, const std::vector<QByteArray> &proof,
                    const QByteArray &root)
{
    if (index < 0 || index >= size || leafHash.size() != kHashBytes || !areHashes(proof))
        return false;
    qint64 node = index;
    qint64 last = size - 1;
    QByteArray hash = leafHash;
    for (const QByteArray &sibling : proof) {
        if (last == 0)
            return false;
        if ((node & 1) != 0 || node == last) {
            hash = nodeHash(sibling, hash);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = nodeHash(hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && hash == root;
}

bool checkConsistency(qint64 earlier, const QByteArray &earlierRoot, qint64 size, const QByteArray &root,
                      const std::vector<QByteArray> &proof)
{
    if (earlier <= 0 || earlier > size || earlierRoot.size() != kHashBytes || !areHashes(proof))
        return false;
    if (earlier == size)
        return proof.empty() && earlierRoot == root;
    std::vector<QByteArray> path = proof;
    if (std::has_single_bit(static_cast<quint64>(earlier)))
        path.insert(path.begin(), earlierRoot);
    if (path.empty())
        return false;
    qint64 node = earlier - 1;
    qint64 last = size - 1;
    while ((node & 1) != 0) {
        node >>= 1;
        last >>= 1;
    }
    QByteArray first = path.front();
    QByteArray second = path.front();
    for (auto sibling = path.begin() + 1; sibling != path.end(); ++sibling) {
        if (last == 0)
            return false;
        if ((node & 1) != 0 || node == last) {
            first = nodeHash(*sibling, first);
            second = nodeHash(*sibling, second);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            second = nodeHash(second, *sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && first == earlierRoot && second == root;
}

} // namespace indelible::record
