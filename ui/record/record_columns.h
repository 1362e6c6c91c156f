// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QRect>

namespace indelible::ui {

/// Places in a line of the record, the same in the list and in its heading; mirrored already. An empty one is not
/// shown.
struct RecordColumns
{
    QRect chain;
    QRect number;
    QRect time;
    QRect who;
    QRect what;
    QRect about;
    QRect seal;
};
[[nodiscard]] RecordColumns recordColumns(const Theme &theme, const QRect &line, Qt::LayoutDirection direction);

/// The seal's letters: all of one width, so that two can be compared with the eye.
[[nodiscard]] QFont sealFont(const Theme &theme, QFont::Weight weight = QFont::Normal);

} // namespace indelible::ui
