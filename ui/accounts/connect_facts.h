// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace indelible::ui {

/// Three plain facts before an account is connected: what is read, what is sent, what disconnecting does. Interface
/// thread.
class ConnectFacts : public QWidget
{
    Q_OBJECT
public:
    enum class Shape { Rows, Columns };
    enum class Of { Account, Bot, Feed, Mailbox };
    ConnectFacts(const Theme &theme, Shape shape, QWidget *parent = nullptr);
    ConnectFacts(const Theme &theme, Shape shape, Of of, QWidget *parent = nullptr);
};

} // namespace indelible::ui
