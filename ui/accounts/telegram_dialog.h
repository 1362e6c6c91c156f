// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/widgets/form_dialog.h"

class QLineEdit;
class QPushButton;

namespace indelible::session {
class AccountService;
}

namespace indelible::ui {

class KeychainChoice;

/// Connects a Telegram bot by the token that @BotFather gives out, or signs one in again. The token leaves the field
/// with every try. Interface thread; theme and service outlive it.
class TelegramDialog : public FormDialog
{
    Q_OBJECT
public:
    TelegramDialog(const Theme &theme, session::AccountService &accounts, QWidget *parent = nullptr);

    /// Signs in again: the same bot, whose token has to be typed anew.
    void setAccount(const Account &account);

Q_SIGNALS:
    void connected(const QString &handle);

private:
    void buildForm();
    void start();
    void setBusy(bool busy);
    void check();

    session::AccountService &m_accounts;
    QLineEdit *m_token;
    KeychainChoice *m_keychain;
    QPushButton *m_connect = nullptr;
    QUrl m_server; ///< an API server of one's own, that of the account which is signed in again
};

} // namespace indelible::ui
