// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backup/checked_copy.h"
#include "app/base/clock.h"
#include "app/record/log.h"
#include "app/record/restore.h"
#include "app/seal/erasure_list.h"
#include "app/store/lock.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace indelible::backup {

/// What restoring has done.
struct Restored
{
    record::Restore said; ///< as the RESTORE entry says it
    QString replaced;     ///< where the database that lay in place is kept; empty = there was none
    int sealed = 0;       ///< entries whose words were sealed since, and now are again
    int held = 0;         ///< answers that wait for a person's word, because they may have gone out since
};

/// A backup on its way into a workspace. First it is copied beside what lies there and checked as a whole; nothing that
/// lies there is touched. Then it takes its place in one step, and what lay there is kept under a name of its own.
/// Holds the workspace's lock as long as it lives. Any thread; reads and writes whole files.
class StagedRestore
{
public:
    /// Errors: NotFound, Rejected (the workspace's own file, a network drive), Damaged (no workspace, or what it holds
    /// does not match), NewerSchema, Conflict (it belongs to another workspace than the one in place), InUse, DiskFull,
    /// Storage. Then nothing was changed.
    [[nodiscard]] static Result<std::unique_ptr<StagedRestore>> stage(const QString &file, const QString &workspace);
    ~StagedRestore();
    StagedRestore(const StagedRestore &) = delete;
    StagedRestore &operator=(const StagedRestore &) = delete;

    [[nodiscard]] const CopyReport &copy() const { return m_copy; }

    /// Puts the RESTORE entry on the copy's record, and holds back the answers that wait in its outbox, since they may
    /// have gone out after the backup was made; what was sealed after it was made is sealed again (erasures.list). All
    /// of that is in it before it takes its place. `marks` are those outside the
    /// workspace. The record is to be signed next (RecordKeeper::continueAfterRestore()). Errors: Storage, DiskFull,
    /// Conflict (the copy contradicts what was signed; then only with `evenOtherHistory`), Damaged (a list of seals
    /// that cannot be understood).
    [[nodiscard]] Result<Restored> putInPlace(const std::vector<record::Checkpoint> &marks, const QString &reason,
                                              const Clock &clock, bool evenOtherHistory = false);

private:
    StagedRestore(QString workspace, QString file, std::unique_ptr<store::FolderLock> lock);
    /// The lists of what was sealed: beside the backup, below it, and beside the workspace's own backups.
    [[nodiscard]] Result<std::vector<seal::ErasureList>> erasures() const;
    [[nodiscard]] Result<void> requireSameWorkspace(const QString &file);
    [[nodiscard]] QString stagedFile() const;
    void removeStaged() const;
    [[nodiscard]] QString databaseFile() const;
    [[nodiscard]] Result<bool> isOtherHistory(const std::vector<record::Checkpoint> &marks) const;
    [[nodiscard]] Result<void> record(const record::Restore &restore, const Clock &clock,
                                      const std::vector<seal::ErasureList> &erasures, Restored &restored);
    [[nodiscard]] QString keptName(Instant now) const;
    [[nodiscard]] Result<QString> moveAway(Instant now) const;

    QString m_workspace;
    QString m_file; ///< the backup
    std::unique_ptr<store::FolderLock> m_lock;
    CopyReport m_copy;
    std::optional<record::Head> m_inPlace; ///< of the record that lies there, where it can be read
};

} // namespace indelible::backup
