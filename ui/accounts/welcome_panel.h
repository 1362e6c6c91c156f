// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace indelible::ui {

/// The blue side of the first page: the mark, what the program promises, where the data stays. Interface thread.
class WelcomePanel : public QWidget
{
    Q_OBJECT
public:
    explicit WelcomePanel(const Theme &theme, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace indelible::ui
