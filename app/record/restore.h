// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/record/checkpoint.h"
#include "app/store/connection.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace indelible::record {

/// What a RESTORE entry says: an older copy of this record was put in place on purpose, and this is what is not in it
/// any more.
struct Restore
{
    qint64 backupSize = 0;          ///< entries of the copy, without this one
    std::vector<Checkpoint> marks;  ///< all that was signed of the record and found outside the workspace
    std::optional<qint64> replaced; ///< entries of the record that lay in place before, where it could be read
    QString reason;

    /// How many entries it is known that the record once had and has no more.
    [[nodiscard]] qint64 lost() const;
};

[[nodiscard]] QJsonObject bodyOf(const Restore &restore);

struct StoredRestore
{
    qint64 entry = 0;
    Restore restore;
};
/// All of them, newest first. Reads the entries of the system only, of which there are few.
[[nodiscard]] std::vector<StoredRestore> readRestores(store::Connection &connection);

/// Those of `marks` that a RESTORE among the first `signedSize` entries does not name. To be asked only with the size
/// of a checkpoint that was signed with the key in the keychain: a RESTORE that somebody else wrote into the file
/// answers for nothing. Pure.
[[nodiscard]] std::vector<Checkpoint> unansweredMarks(const std::vector<Checkpoint> &marks,
                                                      const std::vector<StoredRestore> &restores, qint64 signedSize);

} // namespace indelible::record
