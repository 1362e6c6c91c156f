// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/toast.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kPadding = 14;
constexpr int kGap = 12;
constexpr int kButtonPadding = 8;
constexpr int kRadius = 10;
constexpr int kWidest = 560;
constexpr int kHeight = 42; ///< with one line

} // namespace

Toast::Toast(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setMouseTracking(true);
    hide();
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Toast::setContent(const QString &text, const QString &action, const QString &key, std::function<void()> act)
{
    m_text = text;
    m_action = action;
    m_key = key;
    m_act = std::move(act);
    setAccessibleName(text);
    updateGeometry();
    update();
}

QString Toast::text() const
{
    return m_text;
}

int Toast::buttonWidth() const
{
    if (m_action.isEmpty())
        return 0;
    const QFontMetrics words(m_theme.font(TextRole::Small, QFont::DemiBold));
    const QFontMetrics keys(m_theme.font(TextRole::Small));
    return 2 * kButtonPadding + words.horizontalAdvance(m_action) +
           (m_key.isEmpty() ? 0 : 6 + keys.horizontalAdvance(m_key)) + 2;
}

int Toast::besides() const
{
    const int button = buttonWidth();
    return kPadding + (button > 0 ? kGap + button + 8 : kPadding);
}

TextBlock Toast::words(int width) const
{
    const QFont font = m_theme.font(TextRole::Body, QFont::Medium);
    TextBlock block;
    block.shape(m_text, {font, QFontMetrics(font).height()}, width - besides());
    return block;
}

QSize Toast::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(TextRole::Body, QFont::Medium));
    const int room = parentWidget() ? parentWidget()->width() : m_theme.scaled(kWidest);
    const int widest = qMin(room, m_theme.scaled(kWidest));
    const int wanted = besides() + metrics.horizontalAdvance(m_text) + 2;
    if (wanted <= widest)
        return {wanted, m_theme.scaled(kHeight)};
    return {widest, m_theme.scaled(kHeight) + words(widest).height() - metrics.height()};
}

QRect Toast::buttonRect() const
{
    const int height = m_theme.scaled(26);
    const QRect box(width() - 8 - buttonWidth(), (this->height() - height) / 2, buttonWidth(), height);
    return QStyle::visualRect(layoutDirection(), rect(), box);
}

void Toast::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.colour(Token::Text));
    painter.drawRoundedRect(rect(), kRadius, kRadius);

    const QColor letters = m_theme.colour(Token::Content);
    painter.setPen(letters);
    const TextBlock block = words(width());
    const QRect room = QStyle::visualRect(layoutDirection(), rect(), QRect(kPadding, 0, width() - besides(), height()));
    block.paint(painter, {room.left(), (height() - block.height()) / 2});
    if (buttonWidth() == 0)
        return;
    const QRect box = buttonRect();
    painter.setPen(letters);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const QRect inner = box.adjusted(kButtonPadding, 0, -kButtonPadding, 0);
    painter.setFont(m_theme.font(TextRole::Small, QFont::DemiBold));
    const auto side = [this](Qt::Alignment leading) {
        return static_cast<int>((Qt::AlignVCenter | QStyle::visualAlignment(layoutDirection(), leading)).toInt());
    };
    painter.drawText(inner, side(Qt::AlignLeft), m_action);
    QColor quiet = letters;
    quiet.setAlphaF(0.75F);
    painter.setPen(quiet);
    painter.setFont(m_theme.font(TextRole::Small));
    painter.drawText(inner, side(Qt::AlignRight), m_key);
}

void Toast::mouseMoveEvent(QMouseEvent *event)
{
    const bool over = buttonWidth() > 0 && buttonRect().contains(event->position().toPoint());
    setCursor(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void Toast::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_act && buttonWidth() > 0 && buttonRect().contains(event->position().toPoint())) {
        const auto act = m_act;
        hide();
        act();
    }
}

} // namespace indelible::ui
