// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/models/time_words.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace indelible::ui {

class Banner;
class Button;
class IconLabel;
class PlainLabel;

/// One account on the accounts page: mark, name, what it does, its state, what to do about it. Interface thread.
class AccountRow : public QWidget
{
    Q_OBJECT
public:
    AccountRow(const Theme &theme, const Account &account, const Capabilities &capabilities, const Here &here,
               QWidget *parent = nullptr);

Q_SIGNALS:
    void signInRequested();
    void tryRequested();
    void pauseRequested(bool paused);
    void disconnectRequested();

private:
    void openMenu(QWidget *button);
    void act();

    Account m_account;
};

/// "Public answers, messages · up to 300 characters".
[[nodiscard]] QString capabilityText(const Capabilities &capabilities);

} // namespace indelible::ui
