// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/anchor_proof.h"

using namespace Qt::StringLiterals;

namespace indelible::anchor {

namespace {

/// That the note is signed with the key that stands beside it, which this record must have had; where there is none,
/// with any that it had.
Result<void> requireOwnSignature(const AnchorText &anchor, const RecordNow &now)
{
    if (!anchor.key) {
        for (const QByteArray &key : now.keys) {
            if (record::openCheckpoint(anchor.note, {now.origin, key}))
                return {};
        }
        return failure(
            ErrorKind::Rejected,
            u"No key that the record here ever had signed this checkpoint: it was changed or misread, it is a forgery, or the record was rewritten since."_s);
    }
    if (!now.keys.contains(anchor.key->publicKey))
        return failure(
            ErrorKind::Rejected,
            u"This checkpoint is signed with a key that the record here never had: it is a forgery, or the record was rewritten since."_s);
    if (!record::openCheckpoint(anchor.note, *anchor.key))
        return failure(ErrorKind::Rejected,
                       u"The signature under this checkpoint is not good: somebody changed it, or its key."_s);
    return {};
}

/// The checkpoint, if this record can have made it.
Result<record::Checkpoint> ownCheckpoint(const AnchorText &anchor, const RecordNow &now)
{
    const std::optional<record::Checkpoint> claimed = record::soleCheckpoint(anchor.note);
    if (!claimed || claimed->size == 0)
        return failure(ErrorKind::Rejected, u"This note is no checkpoint of one record."_s);
    if (claimed->origin != now.origin)
        return failure(ErrorKind::Rejected,
                       u"This is a checkpoint of another workspace (%1); the record here is %2."_s.arg(claimed->origin,
                                                                                                       now.origin));
    INDELIBLE_TRY(requireOwnSignature(anchor, now));
    return *claimed;
}

} // namespace

Result<AnchorProof> proveAnchor(const AnchorText &anchor, const RecordNow &now, const record::SubtreeSource &subtree)
{
    const Result<record::Checkpoint> anchored = ownCheckpoint(anchor, now);
    if (!anchored)
        return failure(anchored.error());
    if (anchored->size > now.size)
        return failure(
            ErrorKind::Damaged,
            u"The record was cut or rolled back: it has %1 entries, and had %2 when this checkpoint was signed."_s
                .arg(now.size)
                .arg(anchored->size));
    std::vector<QByteArray> proof = record::consistencyProof(anchored->size, now.size, subtree);
    if (!record::checkConsistency(anchored->size, anchored->root, now.size, now.root, proof))
        return failure(
            ErrorKind::Damaged,
            u"The record was rewritten: its first %1 entries are not those that this checkpoint was signed over."_s.arg(
                anchored->size));
    return AnchorProof{*anchored, {now.origin, now.size, now.root}, std::move(proof)};
}

} // namespace indelible::anchor
