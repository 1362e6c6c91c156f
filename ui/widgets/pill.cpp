// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pill.h"

#include "ui/theme/icons.h"
#include "ui/theme/text_painting.h"

#include <QFontMetrics>
#include <QStyle>

namespace indelible::ui {

namespace {

constexpr int kIcon = 12;
constexpr int kGap = 4;
constexpr int kPadding = 7;

QFont pillFont(const Theme &theme, PillLook::Shape shape)
{
    return theme.font(TextRole::Meta, shape == PillLook::Shape::Chip ? QFont::Medium : QFont::DemiBold);
}

int pillHeight(const Theme &theme, PillLook::Shape shape)
{
    return theme.scaled(shape == PillLook::Shape::Count ? 18 : 20);
}

} // namespace

ToneColours toneColours(const Theme &theme, Tone tone)
{
    const auto three = [&theme](Token fill, Token text, Token line) {
        return ToneColours{theme.colour(fill), theme.colour(text), theme.colour(line)};
    };
    switch (tone) {
    case Tone::Neutral:
        return three(Token::Chip, Token::Text2, Token::Line2);
    case Tone::Outline:
        return {QColor(), theme.colour(Token::Text2), theme.colour(Token::Line2)};
    case Tone::Accent:
        return three(Token::AccentSoft, Token::AccentText, Token::Accent);
    case Tone::Warn:
        return three(Token::WarnSoft, Token::WarnText, Token::Warn);
    case Tone::Danger:
        return three(Token::DangerSoft, Token::DangerText, Token::Danger);
    case Tone::Ok:
        return three(Token::OkSoft, Token::OkText, Token::Ok);
    case Tone::Plum:
        return three(Token::PlumSoft, Token::PlumText, Token::Plum);
    case Tone::Note:
        return three(Token::NoteBackground, Token::NoteText, Token::NoteLine);
    }
    Q_UNREACHABLE();
}

Token toneText(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
    case Tone::Outline:
        return Token::Text2;
    case Tone::Accent:
        return Token::AccentText;
    case Tone::Warn:
        return Token::WarnText;
    case Tone::Danger:
        return Token::DangerText;
    case Tone::Ok:
        return Token::OkText;
    case Tone::Plum:
        return Token::PlumText;
    case Tone::Note:
        return Token::NoteText;
    }
    Q_UNREACHABLE();
}

QSize pillSize(const Theme &theme, const PillLook &look)
{
    const QFontMetrics metrics(pillFont(theme, look.shape));
    const int height = pillHeight(theme, look.shape);
    int width = metrics.horizontalAdvance(look.text) + 1 +
                2 * theme.scaled(look.shape == PillLook::Shape::Count ? 6 : kPadding);
    if (!look.iconName.isEmpty())
        width += theme.scaled(kIcon) + (look.text.isEmpty() ? 0 : theme.scaled(kGap));
    return {look.shape == PillLook::Shape::Count ? qMax(width, theme.scaled(20)) : width, height};
}

void paintPill(QPainter &painter, const QRect &rect, const Theme &theme, const PillLook &look,
               Qt::LayoutDirection direction)
{
    const ToneColours colours = toneColours(theme, look.tone);
    const QFont font = pillFont(theme, look.shape);
    const qreal radius = look.shape == PillLook::Shape::Chip ? 5 : rect.height() / 2.0;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(look.tone == Tone::Outline ? QPen(colours.line, 1) : QPen(Qt::NoPen));
    painter.setBrush(colours.fill.isValid() ? QBrush(colours.fill) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(look.tone == Tone::Outline ? QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(rect),
                            radius, radius);

    const int padding = theme.scaled(look.shape == PillLook::Shape::Count ? 6 : kPadding);
    QRect inner = rect.adjusted(padding, 0, -padding, 0);
    if (!look.iconName.isEmpty()) {
        const int side = theme.scaled(kIcon);
        const QRect place(inner.left(), rect.top() + (rect.height() - side) / 2, side, side);
        paintIcon(painter, QStyle::visualRect(direction, inner, place), look.iconName, colours.text);
        inner = QStyle::visualRect(direction, inner, inner.adjusted(side + theme.scaled(kGap), 0, 0, 0));
    }
    painter.setFont(font);
    painter.setPen(colours.text);
    const Qt::Alignment side =
        look.shape == PillLook::Shape::Count ? Qt::AlignHCenter : QStyle::visualAlignment(direction, Qt::AlignLeft);
    paintLine(painter, inner, look.text, side);
    painter.restore();
}

Pill::Pill(const Theme &theme, PillLook look, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setLook(std::move(look));
    connect(&m_theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Pill::setLook(PillLook look)
{
    m_look = std::move(look);
    setAccessibleName(m_look.text);
    updateGeometry();
    update();
}

QSize Pill::sizeHint() const
{
    return pillSize(m_theme, m_look);
}

void Pill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int height = qMin(this->height(), sizeHint().height());
    paintPill(painter, QRect(0, (this->height() - height) / 2, width(), height), m_theme, m_look, layoutDirection());
}

} // namespace indelible::ui
