// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/surface.h"

#include <QPainter>

namespace indelible::ui {

Surface::Surface(const Theme &theme, Token fill, Qt::Edges lines, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_fill(fill)
    , m_lines(lines)
{
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Surface::setFill(Token fill)
{
    m_fill = fill;
    update();
}

void Surface::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colour(m_fill));
    const QColor line = m_theme.colour(Token::Line);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const bool left = m_lines.testFlag(mirrored ? Qt::RightEdge : Qt::LeftEdge);
    const bool right = m_lines.testFlag(mirrored ? Qt::LeftEdge : Qt::RightEdge);
    if (m_lines.testFlag(Qt::TopEdge))
        painter.fillRect(0, 0, width(), 1, line);
    if (m_lines.testFlag(Qt::BottomEdge))
        painter.fillRect(0, height() - 1, width(), 1, line);
    if (left)
        painter.fillRect(0, 0, 1, height(), line);
    if (right)
        painter.fillRect(width() - 1, 0, 1, height(), line);
}

} // namespace indelible::ui
