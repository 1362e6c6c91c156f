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
    bool otherHistory = false; ///< a person was told that the copy contradicts what was signed, and wanted it

    /// How many entries it is known that the record once had and has no more.
    [[nodiscard]] qint64 lost() const;
};

[[nodiscard]] QJsonObject bodyOf(const Restore &restore);

struct StoredRestore
{
    qint64 entry = 0;
    Restore restore;
};
/// All that the file has, newest first, believed as they stand. Reads the entries of the system only, of which there
/// are few.
[[nodiscard]] std::vector<StoredRestore> readRestores(store::Connection &connection);

/// Those of them that `known` answers for: the entry leads to its root by an inclusion proof, and the body is the one
/// the entry is bound to. To be asked with a checkpoint that was signed with the key in the keychain, so that a RESTORE
/// that somebody wrote into the file, or made of another entry, answers for nothing.
[[nodiscard]] std::vector<StoredRestore> provenRestores(store::Connection &connection, const Checkpoint &known);

/// Those of `marks` that none of `restores` names. Pure.
[[nodiscard]] std::vector<Checkpoint> unansweredMarks(const std::vector<Checkpoint> &marks,
                                                      const std::vector<StoredRestore> &restores);

} // namespace indelible::record
