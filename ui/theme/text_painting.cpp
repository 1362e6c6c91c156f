// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/text_painting.h"

namespace indelible::ui {

void paintLine(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment side)
{
    const int direction = text.isRightToLeft() ? Qt::TextForceRightToLeft : Qt::TextForceLeftToRight;
    painter.drawText(rect,
                     static_cast<int>(side | Qt::AlignAbsolute | Qt::AlignVCenter) | Qt::TextSingleLine | direction,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}

} // namespace indelible::ui
