// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/verified_checkpoint.h"

#include "app/record/stored_tree.h"
#include "app/record/verify.h"
#include "app/store/record_table.h"

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

[[noreturn]] void refuse(const QString &problem)
{
    throw store::StoreException(
        ErrorKind::Damaged,
        u"%1 Nothing was written; run 'indelible record verify' and restore a backup."_s.arg(problem));
}

} // namespace

VerifiedCheckpoint verifiedCheckpoint(store::Connection &connection, const NoteKey &key)
{
    const Verification whole = verify(connection);
    if (!whole.isGood())
        refuse(u"The record does not match. "_s + whole.problem);
    const std::optional<store::CheckpointRow> last = store::lastCheckpoint(connection);
    const std::optional<Checkpoint> checkpoint = last ? openCheckpoint(last->note, key) : std::nullopt;
    if (!checkpoint || checkpoint->size > whole.entries ||
        rootOf(checkpoint->size, storedSubtrees(connection)) != checkpoint->root)
        refuse(u"The record does not match its newest signature."_s);
    return {*checkpoint, last->note};
}

} // namespace indelible::record
