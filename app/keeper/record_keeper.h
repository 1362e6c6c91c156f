// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/keeper/mark_file.h"
#include "app/record/ed25519.h"
#include "app/record/standing.h"

#include <QObject>
#include <QTimer>

#include <optional>

#include <QCoroTask>

namespace indelible::secrets {
class SecretStore;
}
namespace indelible::store {
class Database;
}

namespace indelible::keeper {

/// Keeps the record's promises beyond the file: holds the key, signs checkpoints, leaves the newest one in the keychain
/// and in a file outside the workspace, and says at the start how the record stands against them. Lives on the
/// interface thread; the parts outlive it.
class RecordKeeper : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        store::Database *database = nullptr;
        secrets::SecretStore *secrets = nullptr;
        const Clock *clock = nullptr;
        QString workspaceId; ///< prefix of keychain entries
        QString markFolder;
    };
    explicit RecordKeeper(Parts parts, QObject *parent = nullptr);
    ~RecordKeeper() override;

    /// Reads key and marks, and compares. Reads a few hashes of the record, not all of it. Errors: Damaged (a row is
    /// missing), Storage; a keychain that does not answer is no error but Standing::Unsigned.
    QCoro::Task<Result<record::Standing>> open();
    [[nodiscard]] record::Standing standing() const { return m_standing; }
    /// False until open() has compared.
    [[nodiscard]] bool isOpened() const { return m_opened; }

    /// Signs the record as it is now, where something was added since the last time, and leaves the marks. The first
    /// time it makes the key and puts it on the record (KEY_CHANGE). Nothing happens where there is no key to sign
    /// with, and never in a state that isHalted(). Errors: Storage, DiskFull, Secrets (the mark in the keychain),
    /// Damaged.
    QCoro::Task<Result<void>> sign();

    /// Signs now and then while things happen: at most once a minute. To be told of every growth of the record.
    void recordGrown();

    /// After the key was lost: makes a new one, says so on the record with the old one's fingerprint, and signs.
    QCoro::Task<Result<void>> replaceKey();

    /// After a backup was put in place whose RESTORE entry names the marks that speak against it: signs it, by which
    /// the marks are those of the record as it is now, and it stands open. Only for the command that a person gave. A
    /// key that is lost is replaced on the record. Errors: Damaged (the entry does not name what speaks against it),
    /// Secrets (the keychain is locked: the record stays as it stood), as sign().
    QCoro::Task<Result<void>> continueAfterRestore();

    /// Who signs, for others who want to check; nothing before the first signature.
    [[nodiscard]] std::optional<record::NoteKey> publicKey() const;

Q_SIGNALS:
    void standingChanged(indelible::record::Standing standing);
    /// A signature or its marks could not be stored; the record itself is safe.
    void failed(const indelible::Error &error);

private:
    struct Stored;

    void signSoon();
    [[nodiscard]] std::optional<record::Checkpoint> own(const Stored &stored) const;
    /// NotFound where the keychain has none, Conflict where it has another one.
    QCoro::Task<Result<void>> readKey();
    QCoro::Task<Result<void>> makeKey();
    /// The key in hand: read, or made where nothing was ever signed.
    QCoro::Task<Result<void>> findKey();
    QCoro::Task<Result<void>> signWith(record::SigningKey key, bool newKey);
    void setStanding(record::Standing standing);

    Parts m_parts;
    QByteArray m_logId;
    std::optional<QByteArray> m_publicKey; ///< as the record says
    std::optional<record::SigningKey> m_key;
    std::optional<record::SigningKey> m_otherKey; ///< what the keychain holds where the record names another one
    record::Evidence m_evidence;                  ///< as open() found it
    record::Standing m_standing = record::Standing::Unsigned;
    bool m_opened = false;
    QTimer m_signTimer;
};

} // namespace indelible::keeper
