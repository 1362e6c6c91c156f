// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icon_label.h"

#include "ui/theme/icons.h"

#include <QPainter>

namespace indelible::ui {

IconLabel::IconLabel(const Theme &theme, const QString &iconName, int side, Token colour, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_iconName(iconName)
    , m_side(side)
    , m_colour(colour)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void IconLabel::setIcon(const QString &iconName, Token colour)
{
    m_iconName = iconName;
    m_networkId.clear();
    m_colour = colour;
    update();
}

void IconLabel::setNetwork(const QString &networkId)
{
    m_networkId = networkId;
    update();
}

QSize IconLabel::sizeHint() const
{
    const int side = m_theme.scaled(m_side);
    return {side, side};
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_networkId.isEmpty())
        paintBadge(painter, rect(), m_networkId);
    else if (!m_iconName.isEmpty())
        paintIcon(painter, rect(), m_iconName, m_theme.colour(m_colour));
}

} // namespace indelible::ui
