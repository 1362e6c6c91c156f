// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"

#include <QObject>
#include <QString>

#include <memory>

#include <QCoroTask>

namespace indelible::store {
class Database;
}
namespace indelible::inbox {
class InboxService;
}
namespace indelible::outbox {
class OutboxService;
}
namespace indelible::cases {
class CaseService;
}
namespace indelible::coverage {
class CoverageService;
}
namespace indelible::sync {
class SyncEngine;
}
namespace indelible::net {
class HttpClient;
}
namespace indelible::exchange {
class ExportService;
}
namespace indelible::anchor {
class AnchorService;
}
namespace indelible::bundle {
class BundleService;
}
namespace indelible::people {
class PeopleService;
}
namespace indelible::secrets {
class SecretStore;
}
namespace indelible::backup {
class BackupService;
}
namespace indelible::seal {
class SealService;
}
namespace indelible::keeper {
class RecordKeeper;
class RecordReader;
} // namespace indelible::keeper

namespace indelible::session {

class AccountService;
class AttachmentService;
class StorageRule;

struct SessionOptions
{
    QString folder;               ///< the workspace; made where it does not exist
    bool practice = false;        ///< make it a practice inbox where it is new
    const Clock *clock = nullptr; ///< outlives the session
    bool useKeychain = true;      ///< else secrets last as long as the session
    QString markFolder;           ///< of the record's marks; empty = the user's own (keeper::defaultMarkFolder())
    bool readOnly = false;        ///< look, do not touch (the folder may be in use by another program)
};

/// One open workspace: builds every service in order, owns them, ends them in reverse. Lives on the interface thread.
class Session : public QObject
{
    Q_OBJECT
public:
    /// Errors: InUse, NewerSchema, Damaged, Storage, DiskFull. Each says what happened, what is safe and what to do.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(SessionOptions options);
    ~Session() override;

    [[nodiscard]] const Clock &clock() const;
    [[nodiscard]] QString folder() const;
    [[nodiscard]] bool isPractice() const;
    [[nodiscard]] bool isReadOnly() const;
    [[nodiscard]] QString businessName() const;
    [[nodiscard]] QString memberName() const; ///< who sits at the desk
    [[nodiscard]] bool secretsLast() const;   ///< false = passwords are asked again next time

    [[nodiscard]] inbox::InboxService &inbox() const;
    [[nodiscard]] outbox::OutboxService &outbox() const;
    [[nodiscard]] cases::CaseService &cases() const;
    [[nodiscard]] coverage::CoverageService &coverage() const;
    [[nodiscard]] exchange::ExportService &exports() const;
    [[nodiscard]] anchor::AnchorService &anchors() const;
    [[nodiscard]] bundle::BundleService &bundles() const;
    [[nodiscard]] AccountService &accounts() const;
    [[nodiscard]] AttachmentService &attachments() const;
    [[nodiscard]] sync::SyncEngine &sync() const;
    [[nodiscard]] store::Database &database() const;
    [[nodiscard]] secrets::SecretStore &secrets() const;
    [[nodiscard]] backup::BackupService &backups() const;
    [[nodiscard]] seal::SealService &seals() const;
    [[nodiscard]] people::PeopleService &people() const;
    [[nodiscard]] StorageRule &storageRule() const;
    /// Begins to fetch, send, back up (practice is not backed up by itself) and follow storage rules, once the record
    /// has been compared with its marks, and unless it isHalted(). For windows and long-running commands.
    void startWork();

    /// Before the program ends: nothing more is fetched or sent, and what happened since the last signature is signed.
    QCoro::Task<Result<void>> finishWork();

    /// For the window that shows the record.
    [[nodiscard]] keeper::RecordReader &recordReader() const;

    /// Null in a practice inbox, whose record proves nothing to anybody.
    [[nodiscard]] keeper::RecordKeeper *keeper() const;

    /// Number of record entries, from memory; changes are announced by recordGrown().
    [[nodiscard]] qint64 recordSize() const;

Q_SIGNALS:
    void recordGrown(qint64 entries);
    /// The daily backup could not be made.
    void backupFailed(const indelible::Error &error);

private:
    Session();
    void build();
    void countRecord();
    void noteRecordSize(qint64 size);
    void followConnection();

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace indelible::session
