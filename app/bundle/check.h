// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/files.h"
#include "app/bundle/verdict.h"
#include "app/record/checkpoint.h"

namespace indelible::bundle {

/// What a bundle that is whole proves.
struct Proven
{
    QString caseNumber;
    qint64 entries = 0;
    qint64 sealed = 0;       ///< entries whose words were destroyed, as another entry says
    bool hidesLinks = false; ///< because of that, whether a conversation is missing cannot be told
    record::Checkpoint checkpoint;
    qint64 exportedMs = 0; ///< by the clock of the computer that wrote it
};

struct Checked
{
    Verdict verdict;
    Proven proven; ///< filled where the verdict is good
};

/// Checks a bundle from its bytes alone: the signature, every entry with its words and its proof, that none is missing,
/// and that the table says the same. `expectedKey` is the line of key.txt as the reader got it another way; empty = any
/// key. resources/bundle/verify.py and verify.html do the same in the same order. Pure; any thread.
[[nodiscard]] Checked check(const Files &files, const QByteArray &expectedKey = {});

} // namespace indelible::bundle
