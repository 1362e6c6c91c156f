// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "app/store/connection.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace indelible::store {

// Accounts and where fetching each of them goes on. All functions belong inside a function given to Database.

[[nodiscard]] std::vector<Account> readAccounts(Connection &connection);
[[nodiscard]] std::optional<Account> readAccount(Connection &connection, AccountId id);
[[nodiscard]] std::optional<AccountId> findAccount(Connection &connection, const QString &channel,
                                                   const QString &network, const QString &remoteId);

/// `subject` is the 16-byte subject of the account's record entries.
[[nodiscard]] AccountId insertAccount(Connection &connection, const Account &account, const QByteArray &subject,
                                      Instant now);
void updateAccountIdentity(Connection &connection, const Account &account);
void updateAccountState(Connection &connection, AccountId id, AccountState state, const QString &detail,
                        std::optional<Instant> retryAt, const FailedRounds &failed = {});
void setFollowsStorageRule(Connection &connection, AccountId id, bool follows);
/// The account that these record entries are about.
[[nodiscard]] std::optional<Account> findAccount(Connection &connection, const QByteArray &subject);
[[nodiscard]] QByteArray accountSubject(Connection &connection, AccountId id);

[[nodiscard]] QByteArray readCursor(Connection &connection, AccountId id);
/// In the same transaction as what was fetched before it.
void writeCursor(Connection &connection, AccountId id, const QByteArray &cursor, Instant fetchedAt);

} // namespace indelible::store
