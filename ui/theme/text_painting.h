// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QString>

namespace indelible::ui {

/// Paints one line in the middle of `rect`'s height, shortened at the end where it does not fit. Runs in its own first
/// strong direction whatever the interface's is; `side` is where it stands (QStyle::visualAlignment).
void paintLine(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment side);

} // namespace indelible::ui
