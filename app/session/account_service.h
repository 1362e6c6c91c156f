// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/channels/channel.h"
#include "app/channels/registry.h"
#include "app/domain/account.h"

#include <QObject>
#include <QString>

#include <vector>

#include <QCoroTask>

namespace indelible::net {
class HttpClient;
}
namespace indelible::secrets {
class SecretStore;
}
namespace indelible::store {
class Database;
}
namespace indelible::sync {
class SyncEngine;
}

namespace indelible::session {

/// Where an account's tokens stay: in memory they are gone with the end of the program, and one signs in again.
enum class KeepSecret { InKeychain, ForSession };

/// Connecting, pausing and leaving accounts. Lives on the interface thread.
class AccountService : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        store::Database *database = nullptr;
        const Clock *clock = nullptr;
        net::HttpClient *http = nullptr;
        secrets::SecretStore *secrets = nullptr;
        sync::SyncEngine *sync = nullptr;
        QString folder;      ///< of the workspace
        QString workspaceId; ///< prefix of keychain entries
        quint32 member = 1;
    };
    explicit AccountService(Parts parts, QObject *parent = nullptr);

    /// All accounts as they are now, disconnected ones included, in the order they were connected. From memory.
    [[nodiscard]] const std::vector<Account> &accounts() const { return m_accounts; }
    [[nodiscard]] const Account *account(AccountId id) const;
    [[nodiscard]] Capabilities capabilities(AccountId id) const;

    /// Signs in on a network ("bluesky") and begins to watch the account; signing in to one that is known brings it
    /// back to life with its history. Errors: Unauthorised (wrong password), NotFound (no such handle), Secrets, Usage,
    /// and the network's.
    QCoro::Task<Result<Account>> connectAccount(QString channel, channels::SignIn credentials,
                                                KeepSecret keep = KeepSecret::InKeychain);

    /// Whether the keychain keeps secrets; the error says why not.
    QCoro::Task<Result<void>> probeKeychain();

    QCoro::Task<Result<void>> pause(AccountId id, bool paused);
    /// Whether what its author deletes there is sealed here as well (StorageRule). The choice goes on the record.
    QCoro::Task<Result<void>> followStorageRule(AccountId id, bool follows);
    /// Stops watching and forgets the tokens. Everything fetched stays.
    QCoro::Task<Result<void>> disconnectAccount(AccountId id);

    /// Reads the table anew and hands live accounts to the engine. At start-up and after commands.
    Result<void> load();
    /// Reads the table anew, where something that is shown of the accounts has changed.
    void refresh();

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] channels::ChannelContext contextFor(const Account &account) const;
    /// The key of the account that seems to be meant, where it is known already; only its sign-in can tell.
    [[nodiscard]] QString earlierKeyOf(const Account &asked) const;
    /// Gives up the tokens under the account's key that nobody needs any more, here and on the server.
    QCoro::Task<void> signOut(Account account);
    QCoro::Task<Result<void>> setState(AccountId id, AccountState state);

    Parts m_parts;
    std::vector<Account> m_accounts;
};

} // namespace indelible::session
