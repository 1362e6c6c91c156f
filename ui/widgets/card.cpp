// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include <QPainter>

namespace indelible::ui {

namespace {

constexpr qreal kRadius = 10;

} // namespace

Card::Card(const Theme &theme, Token fill, Token line, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_fill(fill)
    , m_line(line)
{
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.colour(m_line));
    painter.setBrush(m_theme.colour(m_fill));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

} // namespace indelible::ui
