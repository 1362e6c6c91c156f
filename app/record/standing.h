// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/record/checkpoint.h"
#include "app/record/merkle_proof.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace indelible::record {

/// How the record stands when a workspace is opened, from best to worst.
enum class Standing {
    Open,       ///< signed, and whole as far as the marks outside the workspace can tell
    Unanchored, ///< no mark outside the workspace to compare with (a new computer, or they were removed)
    Unsigned,   ///< the key cannot be read now; what happens goes on the record and is signed later
    RolledBack, ///< shorter than what was signed: an old copy, or its end was cut off
    Forked,     ///< another history than what was signed: as long as it, or another record altogether
    Damaged     ///< does not fit its own signed checkpoint, or its own rows
};

/// English, for log, commands and the record: "open", "rolled-back".
[[nodiscard]] QString toString(Standing standing);

/// What happened, what is safe, what to do: one English sentence or two, for log and commands; empty where all is well.
[[nodiscard]] QString sentenceOn(Standing standing);

/// Whether the history may only be read, and nothing new is fetched or sent.
[[nodiscard]] constexpr bool isHalted(Standing standing)
{
    return standing >= Standing::RolledBack;
}

/// What is known of the record at the start.
struct Evidence
{
    QString origin; ///< of this record; a mark of any other says that this is not the record that was signed
    qint64 size = 0;
    QByteArray root;                ///< of the stored frontier
    std::optional<Checkpoint> last; ///< the newest of the workspace's own checkpoints whose signature holds
    bool lastIsFalse = false;       ///< there is a newer one whose signature does not hold
    std::vector<Checkpoint> marks;  ///< high-water marks, believed because they were kept outside the workspace
    bool hasKey = false;            ///< the private key could be read
};

/// Asks `subtree` for a few hashes only. Throws what `subtree` throws.
[[nodiscard]] Standing standingOf(const Evidence &evidence, const SubtreeSource &subtree);

} // namespace indelible::record
