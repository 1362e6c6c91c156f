// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/widgets/form_dialog.h"

#include <QString>
#include <QUrl>

#include <optional>

class QLineEdit;
class QPushButton;

namespace indelible::session {
class AccountService;
}

namespace indelible::ui {

class Button;
class KeychainChoice;
class PlainLabel;

/// Where to sign in, from what was typed: https, or http for this computer alone (a server under test). Nothing = it is
/// no such address.
[[nodiscard]] std::optional<QUrl> serverAddress(const QString &typed);

/// Connects a Bluesky account by handle and app password, or signs one in again. Says before what is read, what is sent
/// and what disconnecting does; says errors in one sentence beside the fields. The password leaves the field with every
/// try. Where the keychain keeps nothing, says so and asks whether it may stay in memory until the program ends.
/// Interface thread; theme and service outlive it.
class ConnectDialog : public FormDialog
{
    Q_OBJECT
public:
    ConnectDialog(const Theme &theme, session::AccountService &accounts, QWidget *parent = nullptr);

    /// Signs in again: handle and server stand there already.
    void setAccount(const Account &account);

Q_SIGNALS:
    void connected(const QString &handle);

private:
    void buildForm();
    void buildFacts();
    void start();
    void setBusy(bool busy);
    void check();

    session::AccountService &m_accounts;
    QLineEdit *m_handle;
    QLineEdit *m_password;
    Button *m_advanced;
    PlainLabel *m_serverLabel;
    QLineEdit *m_server;
    KeychainChoice *m_keychain;
    QPushButton *m_connect = nullptr;
};

} // namespace indelible::ui
