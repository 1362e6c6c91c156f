// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/models/time_words.h"
#include "ui/widgets/form_dialog.h"

namespace indelible::ui {

/// All there is to know of one account: who it is, how it is, what it reads and sends, what it does not see, what is
/// kept. Interface thread; theme outlives it.
class AccountDialog : public FormDialog
{
    Q_OBJECT
public:
    AccountDialog(const Theme &theme, const Account &account, const Capabilities &capabilities, const Here &here,
                  QWidget *parent = nullptr);

Q_SIGNALS:
    void checkRequested();

private:
    void addState(const Account &account, const Capabilities &capabilities, const Here &here);
};

} // namespace indelible::ui
