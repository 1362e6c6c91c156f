// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/keychain_choice.h"

#include "app/base/when_done.h"
#include "ui/widgets/plain_label.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace indelible::ui {

KeychainChoice::KeychainChoice(const Theme &theme, session::AccountService &accounts, QWidget *parent)
    : QWidget(parent)
    , m_forSession(new QCheckBox(tr("&Keep the sign-in in memory only, until Indelible closes"), this))
{
    auto *words = new PlainLabel(theme, TextRole::Body, Token::WarnText, QFont::Normal, this);
    words->setWordWrap(true);
    words->setText(
        tr("There is no keychain here that keeps passwords, or it is locked. Unlock it and open this window again, or "
           "sign in for this session only: Indelible then asks you to sign in at every start."));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(words);
    column->addWidget(m_forSession);
    hide();
    whenDone(this, accounts.probeKeychain(), [this](const Result<void> &result) { setVisible(!result); });
}

session::KeepSecret KeychainChoice::keep() const
{
    return m_forSession->isChecked() ? session::KeepSecret::ForSession : session::KeepSecret::InKeychain;
}

} // namespace indelible::ui
