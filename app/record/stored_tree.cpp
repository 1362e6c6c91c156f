// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/stored_tree.h"

#include "app/record/merkle.h"
#include "app/store/record_table.h"

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

[[noreturn]] void missing(const QString &what)
{
    throw store::StoreException(
        ErrorKind::Damaged,
        u"%1 of the record is missing. Nothing was changed; run 'indelible record verify' and restore a backup."_s.arg(
            what));
}

QByteArray subtreeHash(store::Connection &connection, int level, qint64 position)
{
    if (level == 0) {
        const std::optional<QByteArray> entry = store::readRecordEntry(connection, position);
        return entry ? leafHash(*entry) : (missing(u"Entry %1"_s.arg(position)), QByteArray());
    }
    if (level == 8 || level == 16) {
        const std::optional<QByteArray> node = store::readRecordNode(connection, level, position);
        return node ? *node : (missing(u"A subtree"_s), QByteArray());
    }
    return nodeHash(subtreeHash(connection, level - 1, 2 * position),
                    subtreeHash(connection, level - 1, 2 * position + 1));
}

} // namespace

SubtreeSource storedSubtrees(store::Connection &connection)
{
    return [&connection](int level, qint64 position) { return subtreeHash(connection, level, position); };
}

} // namespace indelible::record
