// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/form_dialog.h"

#include <QString>

namespace indelible::ui {

/// Asks which network is to be connected; says it with chosen() and closes. Interface thread; theme outlives it.
class NetworkDialog : public FormDialog
{
    Q_OBJECT
public:
    explicit NetworkDialog(const Theme &theme, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QString &channel);

private:
    void addNetwork(const QString &channel, const QString &networkId, const QString &what);
};

} // namespace indelible::ui
