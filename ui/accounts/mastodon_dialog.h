// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/widgets/form_dialog.h"

#include <QPromise>
#include <QString>

#include <optional>

class QLineEdit;
class QPushButton;

namespace indelible::session {
class AccountService;
}

namespace indelible::ui {

class ExternalOpener;
class KeychainChoice;

/// Connects an account on Mastodon, or signs one in again: asks for the server, opens the server's own page in the
/// browser and waits until the person has allowed the program there. Closing it ends the wait. Interface thread; theme,
/// service and opener outlive it.
class MastodonDialog : public FormDialog
{
    Q_OBJECT
public:
    MastodonDialog(const Theme &theme, session::AccountService &accounts, ExternalOpener &opener,
                   QWidget *parent = nullptr);
    ~MastodonDialog() override;

    /// Signs in again: the server stands there already.
    void setAccount(const Account &account);
    void done(int result) override;

Q_SIGNALS:
    void connected(const QString &handle);

private:
    void buildForm();
    void start();
    void stop();
    void setBusy(bool busy);
    void check();

    session::AccountService &m_accounts;
    ExternalOpener &m_opener;
    QLineEdit *m_server;
    KeychainChoice *m_keychain;
    PlainLabel *m_waiting;
    QPushButton *m_connect = nullptr;
    std::optional<QPromise<void>> m_stop; ///< while the browser is waited for
};

} // namespace indelible::ui
