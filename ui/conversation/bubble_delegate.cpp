// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conversation/bubble_delegate.h"

#include "ui/models/conversation_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_painting.h"

#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kCachedLayouts = 300;

/// A rounded rectangle with a small corner at the top on the side of the speaker.
QPainterPath speechPath(const QRectF &rect, qreal radius, qreal small, bool smallAtLeft)
{
    const qreal left = smallAtLeft ? small : radius;
    const qreal right = smallAtLeft ? radius : small;
    QPainterPath path;
    path.moveTo(rect.left() + left, rect.top());
    path.lineTo(rect.right() - right, rect.top());
    path.arcTo(QRectF(rect.right() - 2 * right, rect.top(), 2 * right, 2 * right), 90, -90);
    path.lineTo(rect.right(), rect.bottom() - radius);
    path.arcTo(QRectF(rect.right() - 2 * radius, rect.bottom() - 2 * radius, 2 * radius, 2 * radius), 0, -90);
    path.lineTo(rect.left() + radius, rect.bottom());
    path.arcTo(QRectF(rect.left(), rect.bottom() - 2 * radius, 2 * radius, 2 * radius), 270, -90);
    path.lineTo(rect.left(), rect.top() + left);
    path.arcTo(QRectF(rect.left(), rect.top(), 2 * left, 2 * left), 180, -90);
    path.closeSubpath();
    return path;
}

} // namespace

BubbleDelegate::BubbleDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_layouts(kCachedLayouts)
{
}

const BubbleLayout &BubbleDelegate::layout(const Bubble &bubble, int width, Qt::LayoutDirection direction) const
{
    // The direction is part of the key by its sign.
    const std::pair<quint64, int> key(bubble.stamp, direction == Qt::RightToLeft ? -width : width);
    if (const BubbleLayout *known = m_layouts.object(key))
        return *known;
    auto fresh = layoutBubble(bubble, m_theme, width, direction);
    const BubbleLayout &result = *fresh;
    m_layouts.insert(key, fresh.release());
    return result;
}

int BubbleDelegate::heightOf(const Bubble &bubble, int width, Qt::LayoutDirection direction) const
{
    return layout(bubble, width, direction).height;
}

QSize BubbleDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto bubble = index.data(ConversationModel::BubbleRole).value<std::shared_ptr<const Bubble>>();
    return bubble ? QSize(option.rect.width(), heightOf(*bubble, option.rect.width(), option.direction)) : QSize();
}

QRect BubbleDelegate::bodyRect(const QStyleOptionViewItem &option, const Bubble &bubble) const
{
    return layout(bubble, option.rect.width(), option.direction).body.translated(option.rect.topLeft());
}

QColor BubbleDelegate::fill(const Bubble &bubble) const
{
    if (bubble.kind == Bubble::Kind::Note)
        return m_theme.colour(Token::NoteBackground);
    if (bubble.gone)
        return m_theme.colour(Token::Content);
    if (bubble.isPrivate)
        return m_theme.colour(Token::BubblePrivate);
    return m_theme.colour(bubble.kind == Bubble::Kind::Theirs ? Token::BubbleIn : Token::BubbleOut);
}

QColor BubbleDelegate::textColour(const Bubble &bubble) const
{
    if (bubble.kind == Bubble::Kind::Note)
        return m_theme.colour(Token::NoteText);
    return m_theme.colour(bubble.gone ? Token::Text2 : Token::Text);
}

BubbleHit BubbleDelegate::hit(const QStyleOptionViewItem &option, const Bubble &bubble, const QPoint &point) const
{
    const BubbleLayout &places = layout(bubble, option.rect.width(), option.direction);
    const QPoint local = point - option.rect.topLeft();
    for (size_t i = 0; i < places.footer.size(); ++i) {
        // Small print, so the target reaches a little beyond the letters.
        if (places.footer[i].rect.adjusted(-3, -5, 3, 5).contains(local) &&
            bubble.footer[i].action != BubbleAction::None)
            return {bubble.footer[i].action, {}, -1};
    }
    for (size_t i = 0; i < places.lines.size(); ++i) {
        const BubbleLine &line = bubble.lines[i];
        if (places.lines[i].rect.contains(local) && line.action != BubbleAction::None)
            return {line.action, line.address, line.attachment};
    }
    if (bubble.links.empty() || !places.text.contains(local))
        return {};
    const qsizetype position = places.textBlock.positionAt(local - places.text.topLeft());
    for (const BubbleLink &link : bubble.links) {
        if (position >= link.start && position < link.start + link.length && !link.address.isEmpty())
            return {BubbleAction::OpenLink, link.address, -1};
    }
    return {};
}

void BubbleDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto bubble = index.data(ConversationModel::BubbleRole).value<std::shared_ptr<const Bubble>>();
    if (!bubble)
        return;
    const BubbleLayout &places = layout(*bubble, option.rect.width(), option.direction);
    const QPoint origin = option.rect.topLeft();
    painter->save();
    painter->setLayoutDirection(option.direction);
    const bool words = bubble->kind == Bubble::Kind::Day || bubble->kind == Bubble::Kind::Event;
    if (words) {
        paintWords(*painter, option, places, *bubble);
    } else {
        if (!places.avatar.isEmpty())
            paintAvatar(*painter, places.avatar.translated(origin), m_theme, bubble->avatarSeed, bubble->author);
        paintBody(*painter, places.body.translated(origin), *bubble, option.direction);
        paintHeading(*painter, origin, places, *bubble, option.direction);
        painter->setPen(textColour(*bubble));
        places.textBlock.paint(*painter, origin + places.text.topLeft());
        paintChanges(*painter, origin, places, option.direction);
        paintLines(*painter, origin, places, *bubble, option.direction);
        paintFooter(*painter, origin, places, *bubble, option.direction);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        const int out = words ? 4 : 3;
        paintFocusRing(*painter, places.body.translated(origin).adjusted(-out, -3, out, 3),
                       m_theme.colour(Token::Accent), words ? 5 : 14);
    }
    painter->restore();
}

void BubbleDelegate::paintWords(QPainter &painter, const QStyleOptionViewItem &option, const BubbleLayout &places,
                                const Bubble &bubble) const
{
    const bool day = bubble.kind == Bubble::Kind::Day;
    const QPoint origin = option.rect.topLeft();
    const QRect body = places.body.translated(origin);
    const QColor colour = m_theme.colour(Token::Text3);
    painter.setFont(day ? m_theme.font(TextRole::Meta, QFont::DemiBold) : m_theme.font(TextRole::Small));
    painter.setPen(colour);
    paintLine(painter, places.text.translated(origin), bubble.text, Qt::AlignHCenter);
    if (day)
        return;
    paintIcon(painter, places.headingIcon.translated(origin), bubble.headingIcon, colour, false,
              bubble.headingIcon == "undo-2"_L1);
    const int side = m_theme.scaled(16);
    const int gap = m_theme.scaled(8);
    const int middle = body.center().y();
    const QColor line = m_theme.colour(Token::Line);
    painter.fillRect(QRect(QPoint(option.rect.left() + side, middle), QPoint(body.left() - gap, middle)), line);
    painter.fillRect(QRect(QPoint(body.right() + gap, middle), QPoint(option.rect.right() - side, middle)), line);
}

void BubbleDelegate::paintBody(QPainter &painter, const QRect &body, const Bubble &bubble,
                               Qt::LayoutDirection direction) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(Qt::NoPen);
    if (bubble.gone) {
        pen = QPen(m_theme.colour(Token::Control), 1, Qt::CustomDashLine);
        pen.setDashPattern({3, 3});
    } else if (bubble.failed) {
        pen = QPen(m_theme.colour(Token::Danger), 1);
    } else if (bubble.kind == Bubble::Kind::Note) {
        pen = QPen(m_theme.colour(Token::NoteLine), 1);
    }
    painter.setPen(pen);
    painter.setBrush(fill(bubble));
    const QRectF rect = pen.style() == Qt::NoPen ? QRectF(body) : QRectF(body).adjusted(0.5, 0.5, -0.5, -0.5);
    if (bubble.kind == Bubble::Kind::Note)
        painter.drawRoundedRect(rect, 8, 8);
    else
        painter.drawPath(
            speechPath(rect, 12, 4, (bubble.kind == Bubble::Kind::Theirs) == (direction == Qt::LeftToRight)));
    painter.restore();
}

void BubbleDelegate::paintHeading(QPainter &painter, const QPoint &origin, const BubbleLayout &places,
                                  const Bubble &bubble, Qt::LayoutDirection direction) const
{
    if (!places.stars.isEmpty())
        paintStars(painter, places.stars.translated(origin), bubble.stars.value_or(0), m_theme.colour(Token::Star),
                   direction);
    if (!places.headingIcon.isEmpty())
        paintIcon(painter, places.headingIcon.translated(origin), bubble.headingIcon, textColour(bubble));
    if (places.heading.isEmpty())
        return;
    painter.setFont(m_theme.font(TextRole::Small, QFont::DemiBold));
    painter.setPen(textColour(bubble));
    paintLine(painter, places.heading.translated(origin), bubble.heading,
              QStyle::visualAlignment(direction, Qt::AlignLeft));
}

void BubbleDelegate::paintChanges(QPainter &painter, const QPoint &origin, const BubbleLayout &places,
                                  Qt::LayoutDirection direction) const
{
    if (places.changes.isEmpty())
        return;
    const QRect area = places.changes.translated(origin);
    painter.fillRect(QStyle::visualRect(direction, area, QRect(area.left(), area.top(), 2, area.height())),
                     m_theme.colour(Token::Line2));
    painter.setPen(m_theme.colour(Token::Text2));
    const int indent = direction == Qt::LeftToRight ? m_theme.scaled(11) : 0;
    places.changesBlock.paint(painter, area.topLeft() + QPoint(indent, 1));
}

void BubbleDelegate::paintPart(QPainter &painter, const QPoint &origin, const BubbleLayout::Part &part,
                               const QString &text, const QString &iconName, const QColor &colour,
                               Qt::LayoutDirection direction) const
{
    QRect area = part.rect.translated(origin);
    if (!part.icon.isEmpty()) {
        paintIcon(painter, part.icon.translated(origin), iconName, colour, false, iconName == "send"_L1);
        area = QStyle::visualRect(direction, area, area.adjusted(part.icon.width() + m_theme.scaled(4), 0, 0, 0));
    }
    painter.setPen(colour);
    if (part.block)
        part.block->paint(painter, area.topLeft());
    else if (!text.isEmpty())
        paintLine(painter, area, text, QStyle::visualAlignment(direction, Qt::AlignLeft));
}

void BubbleDelegate::paintLines(QPainter &painter, const QPoint &origin, const BubbleLayout &places,
                                const Bubble &bubble, Qt::LayoutDirection direction) const
{
    painter.setFont(m_theme.font(TextRole::Small));
    for (size_t i = 0; i < places.lines.size(); ++i) {
        const BubbleLine &line = bubble.lines[i];
        const Token token = line.isWarning                      ? Token::WarnText
                            : line.action == BubbleAction::None ? Token::Text2
                                                                : Token::AccentText;
        paintPart(painter, origin, places.lines[i], line.text, line.iconName, m_theme.colour(token), direction);
    }
}

void BubbleDelegate::paintFooter(QPainter &painter, const QPoint &origin, const BubbleLayout &places,
                                 const Bubble &bubble, Qt::LayoutDirection direction) const
{
    for (size_t i = 0; i < places.footer.size(); ++i) {
        const FooterPart &part = bubble.footer[i];
        QColor colour =
            bubble.kind == Bubble::Kind::Note ? m_theme.colour(Token::NoteText) : m_theme.colour(Token::Text3);
        if (part.style == FooterPart::Style::Link)
            colour = m_theme.colour(Token::AccentText);
        else if (part.style == FooterPart::Style::Danger)
            colour = m_theme.colour(Token::DangerText);
        else if (part.style == FooterPart::Style::Private)
            colour = m_theme.colour(Token::PlumText);
        painter.setFont(
            m_theme.font(TextRole::Meta, part.style == FooterPart::Style::Link ? QFont::Medium : QFont::Normal));
        paintPart(painter, origin, places.footer[i], part.text, part.iconName, colour, direction);
    }
}

} // namespace indelible::ui
