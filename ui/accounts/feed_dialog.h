// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/widgets/form_dialog.h"

#include <QString>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace indelible::session {
class AccountService;
}

namespace indelible::ui {

/// Connects a feed by its address, with watch words where only mentions of them are wanted, at once or as a digest.
/// Says before what is read and that nothing is ever sent; says errors in one sentence above the buttons. Interface
/// thread; theme and service outlive it.
class FeedDialog : public FormDialog
{
    Q_OBJECT
public:
    FeedDialog(const Theme &theme, session::AccountService &accounts, QWidget *parent = nullptr);

    /// Connects a feed again. Its address stands there, unless that is a secret, which only the keychain knew; words
    /// and cadence as they were, where the feed was fetched since the program began.
    void setAccount(const Account &account);

Q_SIGNALS:
    void connected(const QString &name);

private:
    void buildForm();
    void start();
    void setBusy(bool busy);
    void check();

    session::AccountService &m_accounts;
    QLineEdit *m_address;
    QLineEdit *m_words;
    QComboBox *m_cadence;
    QPushButton *m_connect = nullptr;
};

} // namespace indelible::ui
