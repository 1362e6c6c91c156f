// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/record_columns.h"

#include <QFontDatabase>
#include <QStyle>

namespace indelible::ui {

namespace {

constexpr int kRoomForSeal = 700; ///< in design pixels; narrower panes leave it to the entry's panel

} // namespace

RecordColumns recordColumns(const Theme &theme, const QRect &line, Qt::LayoutDirection direction)
{
    const auto px = [&theme](int value) { return theme.scaled(value); };
    RecordColumns columns;
    int x = line.left();
    const auto take = [&](int width, int gap) {
        const QRect place(x, line.top(), std::max(width - gap, 0), line.height());
        x += width;
        return place;
    };
    columns.chain = take(px(34), 0);
    columns.number = take(px(76), px(12));
    columns.time = take(px(96), px(8));
    const bool sealed = line.width() >= px(kRoomForSeal);
    const int seal = sealed ? px(92) : 0;
    const int rest = line.right() + 1 - x - seal - px(12);
    columns.who = take(rest * 20 / 100, px(8));
    columns.what = take(rest * 43 / 100, px(8));
    columns.about = take(rest * 37 / 100, px(8));
    if (sealed)
        columns.seal = take(seal, px(4));
    for (QRect *place :
         {&columns.chain, &columns.number, &columns.time, &columns.who, &columns.what, &columns.about, &columns.seal})
        *place = QStyle::visualRect(direction, line, *place);
    return columns;
}

QFont sealFont(const Theme &theme, QFont::Weight weight)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(theme.fontPixels(TextRole::Meta));
    font.setWeight(weight);
    return font;
}

} // namespace indelible::ui
