// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/record/checkpoint.h"
#include "app/store/connection.h"

#include <QByteArray>

namespace indelible::record {

/// A checkpoint that may leave the computer.
struct VerifiedCheckpoint
{
    Checkpoint checkpoint;
    QByteArray note;
};

/// The newest checkpoint, once every entry and body was read from disk and led to the root that `key` signed: a wrong
/// root that others hold cannot be taken back. For a function given to Database::scan(). Throws Damaged.
[[nodiscard]] VerifiedCheckpoint verifiedCheckpoint(store::Connection &connection, const NoteKey &key);

} // namespace indelible::record
