// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/widgets/surface.h"

#include <QList>

namespace indelible::session {
class Session;
}

namespace indelible::ui {

class AccountRow;
class Button;
class CoverageWatch;
class ExternalOpener;
class PlainLabel;
class Prompter;
class RowCard;

/// Settings, accounts: every account with its state and the way forward, and below them the places that no account
/// reaches. Interface thread; all that it is given outlives it.
class AccountsPage : public Surface
{
    Q_OBJECT
public:
    struct Parts
    {
        const Theme *theme = nullptr;
        session::Session *session = nullptr;
        Prompter *prompter = nullptr;
        ExternalOpener *opener = nullptr;
        CoverageWatch *watch = nullptr;
    };
    explicit AccountsPage(Parts parts, QWidget *parent = nullptr);

    void focusFirst();

Q_SIGNALS:
    void connectRequested();
    void signInRequested(indelible::AccountId account);
    void said(const QString &text);

private:
    QWidget *makeHeader();
    QWidget *makeBody();
    void fill();
    void makeRows(qsizetype count);
    void checkNow(AccountId account);
    void openAbout(const Account &account);
    void setPaused(AccountId account, bool paused);
    void askDisconnect(const Account &account);
    void disconnectAccount(AccountId account);
    void askStorageRule(const Account &account, bool follows);
    void followStorageRule(AccountId account, bool follows);

    Parts m_parts;
    Button *m_connect;
    PlainLabel *m_none;
    RowCard *m_card;
    QList<AccountRow *> m_rows;
};

} // namespace indelible::ui
