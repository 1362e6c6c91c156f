// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/account_service.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QCheckBox;

namespace indelible::ui {

/// Stays hidden while the computer's keychain keeps secrets. Where it does not, says so and asks whether the sign-in
/// may stay in memory until the program ends. Interface thread; theme and service outlive it.
class KeychainChoice : public QWidget
{
    Q_OBJECT
public:
    KeychainChoice(const Theme &theme, session::AccountService &accounts, QWidget *parent = nullptr);

    [[nodiscard]] session::KeepSecret keep() const;

private:
    QCheckBox *m_forSession;
};

} // namespace indelible::ui
