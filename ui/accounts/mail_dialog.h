// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/widgets/form_dialog.h"

#include <QString>

class QLineEdit;
class QPushButton;

namespace indelible::session {
class AccountService;
}

namespace indelible::ui {

class KeychainChoice;

/// Connects a mailbox by address, password and its two servers, or signs one in again. Says before what is read, what
/// is sent and what disconnecting does; says errors in one sentence beside the fields. The password leaves the field
/// with every try. Interface thread; theme and service outlive it.
class MailDialog : public FormDialog
{
    Q_OBJECT
public:
    MailDialog(const Theme &theme, session::AccountService &accounts, QWidget *parent = nullptr);

    /// Signs in again: the address and the server for reading stand there already; the one for sending is kept unless
    /// another is typed.
    void setAccount(const Account &account);

Q_SIGNALS:
    void connected(const QString &handle);

private:
    void prepareFields();
    void buildForm();
    void start();
    void setBusy(bool busy);
    void check();

    session::AccountService &m_accounts;
    QLineEdit *m_address;
    QLineEdit *m_password;
    QLineEdit *m_reading;
    QLineEdit *m_sending;
    KeychainChoice *m_keychain;
    QPushButton *m_connect = nullptr;
    bool m_isAgain = false;
};

} // namespace indelible::ui
