// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/case_lines.h"
#include "app/bundle/verdict.h"
#include "app/record/checkpoint.h"

#include <vector>

namespace indelible::bundle {

/// A checkpoint that others were given to keep, as the record says, and that the record begins with. Whether they were
/// is for them to say: who has it, has it for longer than the bundle is old.
struct ProvenAnchor
{
    qint64 size = 0; ///< entries that it covers
    qint64 atMs = 0; ///< by the clock of the computer
    QString to;      ///< whom, or the time server, in the business's words
};

/// Checks anchors.jsonl: each line is an ANCHOR entry of the record, whose checkpoint the record begins with, and they
/// are those that the EXPORT entry names. Fills `anchors`. Pure.
[[nodiscard]] Verdict checkAnchors(const QByteArray &lines, const Row &exported, const record::Checkpoint &checkpoint,
                                   std::vector<ProvenAnchor> &anchors);

} // namespace indelible::bundle
