// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/row_check.h"

#include "app/record/merkle.h"
#include "app/record/merkle_proof.h"

namespace indelible::bundle {

namespace {

constexpr quint64 kLatestMs = 253'402'300'799'999; // 9999-12-31: what a table can name

} // namespace

Fault checkRow(const RowText &text, const record::Checkpoint &checkpoint, const Row *before, Row &row)
{
    const std::optional<record::Entry> entry = record::Entry::fromBytes(text.entry);
    if (!entry || entry->idx != static_cast<quint64>(text.idx) || entry->timeMs > kLatestMs ||
        record::originOf(entry->logId) != checkpoint.origin)
        return Fault::Entry;
    if (before && before->entry.idx >= entry->idx)
        return Fault::Order;
    row = {*entry, text.salt, text.body, {}, text.proof};
    if (text.body) {
        const std::optional<QJsonObject> said = objectFromBody(*text.body);
        if (record::commitment(*text.salt, *text.body) != entry->commitment || !said)
            return Fault::Body;
        row.said = *said;
    }
    const bool proven =
        record::checkInclusion(record::leafHash(text.entry), text.idx, checkpoint.size, text.proof, checkpoint.root);
    return proven ? Fault::None : Fault::Proof;
}

} // namespace indelible::bundle
