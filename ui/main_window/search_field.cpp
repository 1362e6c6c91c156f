// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/search_field.h"

#include "ui/theme/icons.h"

#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kIcon = 16;
constexpr int kIconMargin = 10;
constexpr int kKeyMargin = 7;

} // namespace

SearchField::SearchField(const Theme &theme, const QString &key, QWidget *parent)
    : QLineEdit(parent)
    , m_theme(theme)
    , m_key(key)
{
    setProperty("kind", u"search"_s);
    setClearButtonEnabled(true);
    const auto makeRoom = [this] {
        const int room = m_theme.scaled(kIcon) + kIconMargin + 2;
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        setTextMargins(mirrored ? 0 : room, 0, mirrored ? room : 0, 0);
    };
    connect(&theme, &Theme::changed, this, makeRoom);
    makeRoom();
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto place = [this](const QRect &box) { return QStyle::visualRect(layoutDirection(), rect(), box); };
    const int side = m_theme.scaled(kIcon);
    paintIcon(painter, place({kIconMargin, (height() - side) / 2, side, side}), u"search"_s,
              m_theme.colour(Token::Text3));
    if (!text().isEmpty() || hasFocus())
        return;
    const QFont font = m_theme.font(TextRole::Meta, QFont::Medium);
    const QFontMetrics metrics(font);
    const int wide = metrics.horizontalAdvance(m_key) + 12;
    const int high = metrics.height() + 4;
    const QRect box = place({width() - kKeyMargin - wide, (height() - high) / 2, wide, high});
    painter.setPen(m_theme.colour(Token::Line2));
    painter.setBrush(m_theme.colour(Token::Nav));
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(font);
    painter.setPen(m_theme.colour(Token::Text2));
    painter.drawText(box, Qt::AlignCenter, m_key);
}

} // namespace indelible::ui
