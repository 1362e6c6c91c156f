// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QDialog>

namespace indelible::ui {

class ActionRegistry;

/// Every key of the window, made from the table of commands. Window-modal: show it with open(). Interface thread.
class KeyboardSheet : public QDialog
{
    Q_OBJECT
public:
    KeyboardSheet(const Theme &theme, const ActionRegistry &actions, QWidget *parent = nullptr);
};

} // namespace indelible::ui
