// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace indelible::ui {

/// A pane's background in one of the theme's surfaces, with hair lines on some of its edges (start and end follow the
/// reading direction: LeftEdge is the start). Interface thread.
class Surface : public QWidget
{
    Q_OBJECT
public:
    Surface(const Theme &theme, Token fill, Qt::Edges lines = {}, QWidget *parent = nullptr);
    void setFill(Token fill);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Token m_fill;
    Qt::Edges m_lines;
};

} // namespace indelible::ui
