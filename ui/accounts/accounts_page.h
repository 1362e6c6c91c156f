// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/widgets/surface.h"

class QVBoxLayout;

namespace indelible::session {
class Session;
}

namespace indelible::ui {

class Button;
class Card;
class Prompter;

/// Settings, accounts: every account with its state and the way forward. Interface thread; theme, session and prompter
/// outlive it.
class AccountsPage : public Surface
{
    Q_OBJECT
public:
    AccountsPage(const Theme &theme, session::Session &session, Prompter &prompter, QWidget *parent = nullptr);

    void focusFirst();

Q_SIGNALS:
    void connectRequested();
    void signInRequested(indelible::AccountId account);
    void said(const QString &text);

private:
    void fill();
    void setPaused(AccountId account, bool paused);
    void askDisconnect(const Account &account);
    void disconnectAccount(AccountId account);

    const Theme &m_theme;
    session::Session &m_session;
    Prompter &m_prompter;
    Button *m_connect;
    QVBoxLayout *m_rows = nullptr;
};

} // namespace indelible::ui
