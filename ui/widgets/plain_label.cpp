// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plain_label.h"

#include "ui/theme/text_painting.h"

#include <QPainter>
#include <QResizeEvent>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace indelible::ui {

QString plainToolTip(const QString &text)
{
    return text.isEmpty() ? QString() : "<span>"_L1 + text.toHtmlEscaped().replace(u'\n', "<br>"_L1) + "</span>"_L1;
}

PlainLabel::PlainLabel(const Theme &theme, TextRole role, Token colour, QFont::Weight weight, QWidget *parent)
    : QLabel(parent)
    , m_theme(theme)
    , m_role(role)
    , m_colour(colour)
    , m_weight(weight)
{
    setTextFormat(Qt::PlainText);
    alignWithInterface();
    applyTheme();
    connect(&m_theme, &Theme::changed, this, &PlainLabel::applyTheme);
}

void PlainLabel::setColour(Token colour)
{
    m_colour = colour;
    applyTheme();
}

void PlainLabel::setRole(TextRole role, QFont::Weight weight)
{
    m_role = role;
    m_weight = weight;
    applyTheme();
}

void PlainLabel::setTrailing(bool trailing)
{
    m_trailing = trailing;
    alignWithInterface();
}

void PlainLabel::setElided(bool elided)
{
    m_elided = elided;
    setSizePolicy(elided ? QSizePolicy::Ignored : QSizePolicy::Preferred, QSizePolicy::Preferred);
    updateGeometry();
    update();
}

QSize PlainLabel::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    return m_elided ? QSize(fontMetrics().averageCharWidth() * 3, hint.height()) : hint;
}

int PlainLabel::heightForWidth(int width) const
{
    if (!wordWrap())
        return QLabel::heightForWidth(width);
    constexpr qsizetype kMostWidths = 64; // while a window is being dragged wider
    if (m_measuredText != text() || m_heights.size() > kMostWidths) {
        m_measuredText = text();
        m_heights.clear();
    }
    const auto known = m_heights.constFind(width);
    return known != m_heights.constEnd() ? *known : *m_heights.insert(width, QLabel::heightForWidth(width));
}

void PlainLabel::changeEvent(QEvent *event)
{
    // Fonts, styles and languages change what a text needs.
    m_heights.clear();
    if (event->type() == QEvent::LayoutDirectionChange)
        alignWithInterface();
    QLabel::changeEvent(event);
}

void PlainLabel::alignWithInterface()
{
    if (!alignment().testFlag(Qt::AlignLeft) && !alignment().testFlag(Qt::AlignRight))
        return;
    const bool right = (layoutDirection() == Qt::RightToLeft) != m_trailing;
    const Qt::Alignment side = right ? Qt::AlignRight : Qt::AlignLeft;
    setAlignment((alignment() & Qt::AlignVertical_Mask) | side | Qt::AlignAbsolute);
}

void PlainLabel::applyTheme()
{
    setFont(m_theme.font(m_role, m_weight));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, m_theme.colour(m_colour));
    setPalette(colours);
}

void PlainLabel::paintEvent(QPaintEvent *event)
{
    if (!m_elided) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    const Qt::Alignment side = QStyle::visualAlignment(layoutDirection(), alignment());
    paintLine(painter, contentsRect(), text(), side & Qt::AlignHorizontal_Mask);
}

void PlainLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    if (m_elided)
        setToolTip(fontMetrics().horizontalAdvance(text()) > width() ? plainToolTip(text()) : QString());
}

} // namespace indelible::ui
