// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/theme/theme.h"

#include <QDialog>
#include <QString>
#include <QUrl>

#include <optional>

class QCheckBox;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace indelible::session {
class AccountService;
}

namespace indelible::ui {

class Button;
class PlainLabel;

/// Where to sign in, from what was typed: https, or http for this computer alone (a server under test). Nothing = it is
/// no such address.
[[nodiscard]] std::optional<QUrl> serverAddress(const QString &typed);

/// Connects a Bluesky account by handle and app password, or signs one in again. Says before what is read, what is sent
/// and what disconnecting does; says errors in one sentence beside the fields. The password leaves the field with every
/// try. Where the keychain keeps nothing, says so and asks whether it may stay in memory until the program ends.
/// Window-modal: show it with open(). Interface thread; theme and service outlive it.
class ConnectDialog : public QDialog
{
    Q_OBJECT
public:
    ConnectDialog(const Theme &theme, session::AccountService &accounts, QWidget *parent = nullptr);

    /// Signs in again: handle and server stand there already.
    void setAccount(const Account &account);

Q_SIGNALS:
    void connected(const QString &handle);

private:
    void buildForm(QVBoxLayout *column);
    void buildFacts(QVBoxLayout *column);
    void buildKeychainChoice(QVBoxLayout *column);
    void buildButtons(QVBoxLayout *column);
    /// Asks the keychain; where there is none, offers to do without.
    void probeKeychain();
    void start();
    void setBusy(bool busy);
    void showError(const QString &sentence, QWidget *field);
    void check();

    const Theme &m_theme;
    session::AccountService &m_accounts;
    PlainLabel *m_title;
    QLineEdit *m_handle;
    QLineEdit *m_password;
    Button *m_advanced;
    PlainLabel *m_serverLabel;
    QLineEdit *m_server;
    QWidget *m_noKeychain;
    PlainLabel *m_keychainWords;
    QCheckBox *m_forSession;
    PlainLabel *m_error;
    QProgressBar *m_progress;
    QPushButton *m_connect = nullptr;
};

} // namespace indelible::ui
