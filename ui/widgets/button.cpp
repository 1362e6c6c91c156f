// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/button.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/plain_label.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kRadius = 6;
constexpr int kGap = 6;

} // namespace

Button::Button(const Theme &theme, Kind kind, Size size, const QString &text, const QString &iconName, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_kind(kind)
    , m_size(size)
    , m_iconName(iconName)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Button::setIconName(const QString &name)
{
    if (m_iconName == name)
        return;
    m_iconName = name;
    updateGeometry();
    update();
}

void Button::setMenuMark(bool shown)
{
    m_menuMark = shown;
    updateGeometry();
    update();
}

void Button::setName(const QString &name, const QString &toolTip)
{
    setAccessibleName(name);
    setToolTip(plainToolTip(toolTip.isEmpty() ? name : toolTip));
}

QFont Button::textFont() const
{
    return m_theme.font(m_size == Size::Small ? TextRole::Small : TextRole::Body,
                        m_kind == Kind::Primary ? QFont::DemiBold : QFont::Medium);
}

int Button::leadWidth() const
{
    if (m_iconName.isEmpty())
        return 0;
    return m_theme.scaled(m_size == Size::Small ? 14 : 16);
}

QSize Button::sizeHint() const
{
    const int height = m_theme.scaled(m_size == Size::Small ? 26 : 30);
    if (text().isEmpty() && !m_menuMark && leadWidth() <= height)
        return {height, height};
    const QFontMetrics metrics(textFont());
    int width = 2 * (m_size == Size::Small ? 8 : 10);
    const QString shown = QString(text()).remove(u'&');
    if (!shown.isEmpty())
        width += metrics.horizontalAdvance(shown) + 1;
    if (leadWidth() > 0)
        width += leadWidth() + (shown.isEmpty() ? 0 : kGap);
    if (m_menuMark)
        width += m_theme.scaled(14) + kGap;
    return {width, qMax(height, metrics.height() + 4)};
}

void Button::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

QSize Button::minimumSizeHint() const
{
    return sizeHint();
}

QColor Button::letters() const
{
    if (!isEnabled())
        return m_theme.colour(Token::Text3);
    switch (m_kind) {
    case Kind::Primary:
        return m_theme.colour(Token::OnAccent);
    case Kind::Normal:
        return m_theme.colour(Token::Text);
    case Kind::Flat:
        return m_theme.colour(underMouse() || isDown() ? Token::Text : Token::Text2);
    }
    Q_UNREACHABLE();
}

void Button::paintBox(QPainter &painter) const
{
    const bool hot = isEnabled() && (underMouse() || isDown());
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(Qt::NoPen);
    switch (m_kind) {
    case Kind::Primary:
        painter.setBrush(m_theme.colour(!isEnabled() ? Token::Chip : hot ? Token::AccentHover : Token::Accent));
        painter.drawRoundedRect(QRectF(rect()), kRadius, kRadius);
        return;
    case Kind::Normal:
        painter.setPen(m_theme.colour(hot ? Token::Control : Token::Line2));
        painter.setBrush(m_theme.colour(isDown() ? Token::Hover : isChecked() ? Token::AccentSoft : Token::Raised));
        painter.drawRoundedRect(box, kRadius, kRadius);
        return;
    case Kind::Flat:
        if (!hot && !isChecked())
            return;
        painter.setBrush(m_theme.colour(isDown() || isChecked() ? Token::Chip : Token::Hover));
        painter.drawRoundedRect(QRectF(rect()), kRadius, kRadius);
        return;
    }
}

void Button::paintLead(QPainter &painter, const QRect &rect, const QColor &colour)
{
    if (!m_iconName.isEmpty())
        paintIcon(painter, rect, m_iconName, colour, false, m_mirrored && layoutDirection() == Qt::RightToLeft);
}

void Button::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBox(painter);
    const QColor colour = letters();
    painter.setFont(textFont());
    const QFontMetrics metrics(textFont());
    const QString shown = QString(text()).remove(u'&');
    const int lead = leadWidth();
    const int mark = m_menuMark ? m_theme.scaled(14) : 0;
    int textWidth = shown.isEmpty() ? 0 : metrics.horizontalAdvance(shown) + 1;
    const int gaps = (lead > 0 && textWidth > 0 ? kGap : 0) + (mark > 0 ? kGap : 0);
    textWidth = qMin(textWidth, width() - lead - mark - gaps - 8);
    int x = (width() - lead - mark - gaps - textWidth) / 2;
    const auto place = [&](int w, int h) {
        const QRect box(x, (height() - h) / 2, w, h);
        return QStyle::visualRect(layoutDirection(), rect(), box);
    };
    if (lead > 0) {
        paintLead(painter, place(lead, qMin(lead, height())), colour);
        x += lead + (textWidth > 0 ? kGap : 0);
    }
    painter.setPen(colour);
    if (textWidth > 0) {
        painter.drawText(place(textWidth, height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         metrics.elidedText(shown, Qt::ElideRight, textWidth));
        x += textWidth;
    }
    if (mark > 0) {
        x += textWidth + lead > 0 ? kGap : 0;
        paintIcon(painter, place(mark, mark), u"chevron-down"_s, colour);
    }
    if (hasFocus())
        paintFocusRing(painter, rect(), m_theme.colour(m_kind == Kind::Primary ? Token::Text : Token::Accent), kRadius);
}

} // namespace indelible::ui
