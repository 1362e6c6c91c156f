// SPDX-License-Identifier: GPL-3.0-or-later
// Proofs held against a second implementation (tests/data/record/make_proof_vectors.py) and against changed ones.
#include "app/record/merkle.h"
#include "app/record/merkle_proof.h"
#include "tests/record/vector_file.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::record;
using test::hexOf;

namespace {

const QJsonObject &tree()
{
    static const QJsonObject read = test::vectorsOf(u"proofs.json"_s).value("tree"_L1).toObject();
    return read;
}

QByteArray leaf(qint64 index)
{
    return leafHash("leaf " + QByteArray::number(index));
}

QByteArray subtree(int level, qint64 position)
{
    return level == 0 ? leaf(position)
                      : nodeHash(subtree(level - 1, 2 * position), subtree(level - 1, 2 * position + 1));
}

QByteArray rootAt(qint64 size)
{
    return hexOf(tree().value("roots"_L1).toArray().at(size));
}

std::vector<QByteArray> hashes(const QJsonValue &list)
{
    std::vector<QByteArray> result;
    for (const QJsonValue &value : list.toArray())
        result.push_back(hexOf(value));
    return result;
}

/// The proof with one bit of one hash turned, one hash more and one hash less: none of them may pass.
std::vector<std::vector<QByteArray>> spoiled(const std::vector<QByteArray> &proof)
{
    std::vector<std::vector<QByteArray>> result;
    for (size_t i = 0; i < proof.size(); ++i) {
        std::vector<QByteArray> changed = proof;
        changed[i][static_cast<qsizetype>(i % 32)] =
            static_cast<char>(changed[i].at(static_cast<qsizetype>(i % 32)) ^ 4);
        result.push_back(changed);
    }
    result.push_back(proof);
    result.back().push_back(leaf(99));
    if (!proof.empty())
        result.emplace_back(proof.begin(), proof.end() - 1);
    return result;
}

} // namespace

TEST_CASE("roots from subtrees are those of the second implementation")
{
    for (qint64 size = 0; size <= 40; ++size)
        CHECK(rootOf(size, &subtree) == rootAt(size));
}

TEST_CASE("inclusion proofs are those of the second implementation, and no changed one passes")
{
    for (const QJsonValue &value : tree().value("inclusion"_L1).toArray()) {
        const qint64 index = value.toObject().value("index"_L1).toInteger();
        const qint64 size = value.toObject().value("size"_L1).toInteger();
        const std::vector<QByteArray> proof = hashes(value.toObject().value("proof"_L1));
        INFO("leaf " << index << " of " << size);
        REQUIRE(inclusionProof(index, size, &subtree) == proof);
        REQUIRE(checkInclusion(leaf(index), index, size, proof, rootAt(size)));
        REQUIRE_FALSE(checkInclusion(leaf(index + 1), index, size, proof, rootAt(size)));
        REQUIRE_FALSE(checkInclusion(leaf(index), index, size, proof, rootAt(size - 1)));
        REQUIRE_FALSE(checkInclusion(leaf(index), size, size, proof, rootAt(size)));
        REQUIRE_FALSE(checkInclusion(leaf(index), -1, size, proof, rootAt(size)));
        if (index > 0)
            REQUIRE_FALSE(checkInclusion(leaf(index), index - 1, size, proof, rootAt(size)));
        for (const auto &changed : spoiled(proof))
            REQUIRE_FALSE(checkInclusion(leaf(index), index, size, changed, rootAt(size)));
    }
}

TEST_CASE("consistency proofs are those of the second implementation, and no changed one passes")
{
    for (const QJsonValue &value : tree().value("consistency"_L1).toArray()) {
        const qint64 earlier = value.toObject().value("earlier"_L1).toInteger();
        const qint64 size = value.toObject().value("size"_L1).toInteger();
        const std::vector<QByteArray> proof = hashes(value.toObject().value("proof"_L1));
        INFO(earlier << " to " << size);
        REQUIRE(consistencyProof(earlier, size, &subtree) == proof);
        REQUIRE(checkConsistency(earlier, rootAt(earlier), size, rootAt(size), proof));
        REQUIRE_FALSE(checkConsistency(earlier, rootAt(earlier - 1), size, rootAt(size), proof));
        REQUIRE_FALSE(checkConsistency(earlier, rootAt(earlier), size, rootAt(size - 1), proof));
        REQUIRE_FALSE(checkConsistency(size + 1, rootAt(earlier), size, rootAt(size), proof));
        REQUIRE_FALSE(checkConsistency(0, rootAt(0), size, rootAt(size), proof));
        for (const auto &changed : spoiled(proof))
            REQUIRE_FALSE(checkConsistency(earlier, rootAt(earlier), size, rootAt(size), changed));
    }
}
