// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/avatar_widget.h"

#include "app/domain/network.h"
#include "ui/theme/icons.h"

#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace indelible::ui {

AvatarWidget::AvatarWidget(const Theme &theme, int diameter, int badge, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_diameter(diameter)
    , m_badge(badge)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&m_theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void AvatarWidget::setPerson(const QString &seed, const QString &name, const QString &networkId, Token ring)
{
    m_seed = seed;
    m_name = name;
    m_networkId = networkId;
    m_ring = ring;
    setAccessibleName(networkId.isEmpty() ? name : tr("%1, %2", "person, network").arg(name, network(networkId).name));
    updateGeometry();
    update();
}

QSize AvatarWidget::sizeHint() const
{
    const int side = m_theme.scaled(m_diameter);
    return m_networkId.isEmpty() ? QSize(side, side) : QSize(side + m_theme.scaled(6), side + m_theme.scaled(5));
}

void AvatarWidget::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int side = m_theme.scaled(m_diameter);
    const QRect avatar = QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, side, side));
    paintAvatar(painter, avatar, m_theme, m_seed, m_name);
    if (!m_networkId.isEmpty())
        paintCornerBadge(painter, avatar, m_theme, m_networkId, m_badge, m_theme.colour(m_ring), layoutDirection());
}

} // namespace indelible::ui
