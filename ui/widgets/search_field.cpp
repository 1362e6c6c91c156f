// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/search_field.h"

#include "ui/theme/icons.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kIcon = 16;
constexpr int kIconMargin = 10;
constexpr int kKeyMargin = 7;
constexpr int kPauseMs = 80;

} // namespace

SearchField::SearchField(const Theme &theme, const QString &key, QWidget *parent)
    : QLineEdit(parent)
    , m_theme(theme)
    , m_key(key)
{
    setProperty("kind", u"search"_s);
    setClearButtonEnabled(true);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, [this] { Q_EMIT searchChanged(text().trimmed()); });
    connect(this, &QLineEdit::textChanged, this, &SearchField::onTyped);
    connect(&theme, &Theme::changed, this, &SearchField::makeRoom);
    makeRoom();
}

void SearchField::makeRoom()
{
    const int room = m_theme.scaled(kIcon) + kIconMargin + 2;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    setTextMargins(mirrored ? 0 : room, 0, mirrored ? room : 0, 0);
    // Else words of the other direction would lie under the key.
    setAlignment((mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter);
}

void SearchField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LayoutDirectionChange)
        makeRoom();
    QLineEdit::changeEvent(event);
}

void SearchField::onTyped(const QString &text)
{
    if (!text.isEmpty()) {
        m_pause.start();
        return;
    }
    // An emptied field is a decision, not typing.
    m_pause.stop();
    Q_EMIT searchChanged({});
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Down && event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        QLineEdit::keyPressEvent(event);
        return;
    }
    if (m_pause.isActive()) {
        m_pause.stop();
        Q_EMIT searchChanged(text().trimmed());
    }
    Q_EMIT searchLeft();
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int side = m_theme.scaled(kIcon);
    const QRect icon(kIconMargin, (height() - side) / 2, side, side);
    paintIcon(painter, QStyle::visualRect(layoutDirection(), rect(), icon), u"search"_s, m_theme.colour(Token::Text3));
    if (text().isEmpty() && !hasFocus() && !m_key.isEmpty())
        paintKey(painter);
}

void SearchField::paintKey(QPainter &painter)
{
    const QFont font = m_theme.font(TextRole::Meta, QFont::Medium);
    const QFontMetrics metrics(font);
    const int wide = metrics.horizontalAdvance(m_key) + 12;
    const int high = metrics.height() + 4;
    const QRect box =
        QStyle::visualRect(layoutDirection(), rect(), {width() - kKeyMargin - wide, (height() - high) / 2, wide, high});
    painter.setPen(m_theme.colour(Token::Line2));
    painter.setBrush(m_theme.colour(Token::Nav));
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(font);
    painter.setPen(m_theme.colour(Token::Text2));
    painter.drawText(box, Qt::AlignCenter, m_key);
}

} // namespace indelible::ui
