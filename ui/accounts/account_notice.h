// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/models/time_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"

#include <QString>

#include <optional>
#include <vector>

namespace indelible::ui {

/// How a state looks in lists: the small icon, its colour, and the words.
struct AccountLook
{
    QString icon;
    Token colour = Token::Text2;
    QString text;
};

[[nodiscard]] AccountLook accountLook(AccountState state);
/// The same for one account: an account that works and was not visited for long is not up to date.
[[nodiscard]] AccountLook accountLook(const Account &account, Instant now);

/// The words of a state beside an account, with times: "Up to date, 14:32", "Slowed down until 14:50",
/// "Last checked 3 Oct, 14:50".
[[nodiscard]] QString accountStateText(const Account &account, const Here &here);

/// What the one button of an account's banner does.
enum class AccountAction { None, SignIn, TryNow, Resume };

[[nodiscard]] AccountAction accountAction(const Account &account);

/// The banner of a state that needs saying; empty where the account simply works, is paused, or was disconnected.
[[nodiscard]] std::optional<BannerContent> accountBanner(const Account &account, const Here &here);

/// The account whose banner stands over the inbox: the most serious one; BannerContent::others counts the rest.
struct AccountAlert
{
    AccountId account; ///< invalid: the notice is about the keychain
    AccountAction action = AccountAction::None;
    BannerContent content;
};
[[nodiscard]] std::optional<AccountAlert> worstAlert(const std::vector<Account> &accounts, bool secretsLast,
                                                     const Here &here);

/// Accounts that wait for the person, for the status line.
[[nodiscard]] int accountsNeedingPerson(const std::vector<Account> &accounts);

/// What went wrong as one sentence for people, from an error of the services.
[[nodiscard]] QString errorSentence(const Error &error);

} // namespace indelible::ui
