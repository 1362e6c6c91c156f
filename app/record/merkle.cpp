// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/merkle.h"

#include "app/record/hash.h"

#include <bit>

namespace indelible::record {

namespace {

constexpr char kLeaf = 0x00;
constexpr char kNode = 0x01;

} // namespace

QByteArray leafHash(QByteArrayView data)
{
    return sha256({QByteArrayView(&kLeaf, 1), data});
}

QByteArray nodeHash(QByteArrayView left, QByteArrayView right)
{
    return sha256({QByteArrayView(&kNode, 1), left, right});
}

QByteArray emptyRoot()
{
    return sha256({});
}

std::optional<Frontier> Frontier::fromBytes(qint64 size, const QByteArray &bytes)
{
    if (size < 0 || bytes.size() != std::popcount(static_cast<quint64>(size)) * kHashBytes)
        return std::nullopt;
    Frontier frontier;
    frontier.m_size = size;
    for (qsizetype at = 0; at < bytes.size(); at += kHashBytes)
        frontier.m_roots.push_back(bytes.mid(at, kHashBytes));
    return frontier;
}

QByteArray Frontier::toBytes() const
{
    QByteArray bytes;
    bytes.reserve(static_cast<qsizetype>(m_roots.size()) * kHashBytes);
    for (const QByteArray &root : m_roots)
        bytes += root;
    return bytes;
}

const std::vector<Frontier::Node> &Frontier::append(const QByteArray &leaf)
{
    m_completed.clear();
    QByteArray hash = leaf;
    // As many subtrees are completed as the old size has ones at its low end, as when counting in binary.
    const int merges = std::countr_one(static_cast<quint64>(m_size));
    for (int level = 1; level <= merges; ++level) {
        hash = nodeHash(m_roots.back(), hash);
        m_roots.pop_back();
        m_completed.push_back({level, m_size >> level, hash});
    }
    m_roots.push_back(hash);
    ++m_size;
    return m_completed;
}

QByteArray Frontier::root() const
{
    if (m_roots.empty())
        return emptyRoot();
    QByteArray hash = m_roots.back();
    for (auto left = m_roots.rbegin() + 1; left != m_roots.rend(); ++left)
        hash = nodeHash(*left, hash);
    return hash;
}

} // namespace indelible::record
