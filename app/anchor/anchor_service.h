// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/anchor/anchor_entry.h"
#include "app/anchor/anchor_proof.h"
#include "app/base/clock.h"
#include "app/base/result.h"

#include <QFuture>
#include <QObject>
#include <QString>
#include <QUrl>

#include <QCoroTask>

namespace indelible::store {
class Database;
}
namespace indelible::net {
class HttpClient;
}
namespace indelible::keeper {
class RecordKeeper;
}

namespace indelible::anchor {

/// What left the computer.
struct AnchorReport
{
    record::Checkpoint checkpoint;
    qint64 entry = 0;               ///< the ANCHOR entry that says so
    QByteArray digest;              ///< SHA-256 of the note
    std::optional<Instant> stamped; ///< by a time server's clock
};

/// A time stamp to be asked for.
struct StampOrder
{
    QUrl server;          ///< as the person typed it: https, or http on this computer
    QString certificates; ///< PEM file of whom to trust; empty = the system's
    QString fileName;     ///< of the receipt, .tsr
};

/// Hands checkpoints to others, so that whoever has the file, the keychain and the folder of marks still cannot rewrite
/// what was anchored. Lives on the interface thread; hashing happens on the database's threads.
///
/// Before a checkpoint leaves, the record is signed and every entry and body read from disk and hashed. The file
/// appears whole or not at all, and the ANCHOR entry only after it. Errors of both ways: Rejected (practice, or a file
/// of another kind has that name), Secrets (nothing to sign with), Damaged, Storage, DiskFull, Cancelled.
class AnchorService : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        store::Database *database = nullptr;
        const Clock *clock = nullptr;
        net::HttpClient *http = nullptr;
        keeper::RecordKeeper *keeper = nullptr; ///< null in a practice inbox
        quint32 member = 0;
        QString business; ///< its name, for whoever keeps a checkpoint; empty = it was given none
    };
    /// The parts outlive it.
    explicit AnchorService(Parts parts, QObject *parent = nullptr);

    /// As a file for somebody to keep, in any form but Rfc3161, whose ending (endingOf()) is the file's; `to` says
    /// whom, in a few words. Errors too: Usage, those of keeperFrom().
    QCoro::Task<Result<AnchorReport>> write(How form, QString to, QString fileName);

    /// Stamped by a time server. Only the 32-byte digest of the note and a random number are sent, and the answer is
    /// verified before anything is written. Errors too: those of HttpClient and of verifyStamp().
    QCoro::Task<Result<AnchorReport>> stamp(StampOrder order);

    /// Everything that was anchored, newest first.
    QFuture<Result<std::vector<StoredAnchor>>> anchors();

    /// Reads and hashes the whole record, and proves that it begins with what the text was signed over. Errors: those
    /// of anchorFromText() and proveAnchor(), Damaged, Storage.
    QFuture<Result<AnchorProof>> check(QByteArray text);

Q_SIGNALS:
    /// Something was put on the record.
    void recorded();

private:
    /// The newest checkpoint, signed now and verified from disk, with its key.
    QCoro::Task<Result<AnchorText>> readyToLeave();
    QCoro::Task<Result<AnchorReport>> putOnRecord(Anchor anchor);

    Parts m_parts;
};

} // namespace indelible::anchor
