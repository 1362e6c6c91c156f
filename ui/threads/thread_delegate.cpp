// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threads/thread_delegate.h"

#include "app/base/text.h"
#include "ui/models/thread_list_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_painting.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kCachedSnippets = 400;
constexpr int kMostChips = 2;
constexpr double kLargeText = 1.5;

Tone tone(Urgency urgency)
{
    switch (urgency) {
    case Urgency::None:
    case Urgency::Calm:
        return Tone::Neutral;
    case Urgency::Soon:
        return Tone::Warn;
    case Urgency::Late:
        return Tone::Danger;
    }
    Q_UNREACHABLE();
}

/// One shaped line that begins at `start` of `text`; returns where the next one begins.
int shape(QTextLayout &layout, const QString &text, const QFont &font, Qt::LayoutDirection direction, int width,
          const QList<QTextLayout::FormatRange> &formats = {})
{
    QTextOption option(QStyle::visualAlignment(direction, Qt::AlignLeft));
    option.setTextDirection(direction);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setText(text);
    layout.setFont(font);
    layout.setTextOption(option);
    layout.setFormats(formats);
    layout.setCacheEnabled(true);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    int end = 0;
    if (line.isValid()) {
        line.setLineWidth(width);
        line.setPosition({0, 0});
        end = line.textStart() + line.textLength();
    }
    layout.endLayout();
    return end;
}

std::vector<PillLook> chips(const ThreadCard &card)
{
    std::vector<PillLook> result;
    if (card.row.caseNumber)
        result.push_back({u'#' + card.row.caseNumber->toString(), {}, Tone::Outline, PillLook::Shape::Chip});
    if (card.row.gone)
        result.push_back({ThreadDelegate::tr("Deleted"), u"eye-off"_s, Tone::Neutral, PillLook::Shape::Chip});
    if (card.row.edited)
        result.push_back({ThreadDelegate::tr("Edited"), u"history"_s, Tone::Neutral, PillLook::Shape::Chip});
    return result;
}

} // namespace

ThreadDelegate::ThreadDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_snippets(kCachedSnippets)
{
    refresh();
}

void ThreadDelegate::refresh()
{
    m_nameFont = m_theme.font(TextRole::Body, QFont::Medium);
    m_unreadFont = m_theme.font(TextRole::Body, QFont::Bold);
    m_snippetFont = m_theme.font(TextRole::Body);
    m_smallFont = m_theme.font(TextRole::Small);
    m_kindFont = m_theme.font(TextRole::Small, QFont::Medium);
    m_snippets.clear();
}

int ThreadDelegate::cardHeight() const
{
    return m_theme.scaled(102);
}

bool ThreadDelegate::isLarge() const
{
    return m_theme.textScale() >= kLargeText;
}

QSize ThreadDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.rect.width(), cardHeight()};
}

ThreadDelegate::Layout ThreadDelegate::layout(const QStyleOptionViewItem &option, const ThreadCard &card) const
{
    const auto px = [this](int value) { return m_theme.scaled(value); };
    const QRect whole = option.rect;
    const int left = whole.left() + px(14) + px(36) + px(12);
    const int right = whole.right() + 1 - px(12);
    const int top = whole.top() + px(10);
    Layout places;
    places.card = whole;
    places.avatar = {whole.left() + px(14), top, px(36), px(36)};
    places.bar = {whole.left(), whole.top(), 3, whole.height()};
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    places.unreadDot = {whole.left() + (selected ? 5 : 4), whole.top() + px(16), px(7), px(7)};
    const int ageWidth = QFontMetrics(m_smallFont).horizontalAdvance(card.age) + 2;
    places.age = {right - ageWidth, top, ageWidth, px(18)};
    const int side = px(26);
    places.actions = {whole.right() + 1 - px(8) - 2 * side, whole.top() + px(3), 2 * side, side};
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    places.name = {left, top, (hovered ? places.actions.left() : places.age.left()) - px(6) - left, px(18)};
    // Large letters: one line of words, and the countdown on a line of its own.
    const bool large = isLarge();
    places.snippet = {left, top + px(19), right - left, px(large ? 18 : 36)};
    places.foot = {left, top + px(large ? 40 : 61), right - left, px(20)};
    places.pill = {left, top + px(large ? 63 : 61), right - left, px(20)};
    places.done = places.actions.adjusted(0, 0, -side, 0);
    places.assign = places.actions.adjusted(side, 0, 0, 0);
    for (QRect *rect : {&places.avatar, &places.bar, &places.unreadDot, &places.age, &places.name, &places.snippet,
                        &places.foot, &places.pill, &places.actions, &places.done, &places.assign})
        *rect = QStyle::visualRect(option.direction, whole, *rect);
    return places;
}

CardPart ThreadDelegate::partAt(const QStyleOptionViewItem &option, const QModelIndex &index, const QPoint &point) const
{
    const auto card = index.data(ThreadListModel::CardRole).value<std::shared_ptr<const ThreadCard>>();
    if (!card || !option.rect.contains(point))
        return CardPart::None;
    const Layout places = layout(option, *card);
    if (places.done.contains(point))
        return CardPart::Done;
    return places.assign.contains(point) ? CardPart::Assign : CardPart::Card;
}

const ThreadDelegate::Snippet &ThreadDelegate::snippet(const ThreadCard &card, int width) const
{
    const std::pair<quint64, int> key(card.stamp, width);
    if (const Snippet *known = m_snippets.object(key))
        return *known;
    auto *fresh = new Snippet;
    const Qt::LayoutDirection direction = card.snippet.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight;
    QString text = card.snippet;
    QList<QTextLayout::FormatRange> formats;
    if (card.row.snippetIsDraft) {
        const QString draft = tr("Draft:");
        QTextLayout::FormatRange range;
        range.start = 0;
        range.length = static_cast<int>(draft.size());
        range.format.setForeground(m_theme.colour(Token::DangerText));
        range.format.setFontWeight(QFont::Medium);
        formats.append(range);
        text = draft + u' ' + text;
    }
    if (isLarge())
        text = QFontMetrics(m_snippetFont).elidedText(text, Qt::ElideRight, width);
    const int end = shape(fresh->first, text, m_snippetFont, direction, width, formats);
    if (end < text.size()) {
        const QString rest = QFontMetrics(m_snippetFont).elidedText(text.mid(end), Qt::ElideRight, width);
        shape(fresh->second, rest, m_snippetFont, direction, width);
    }
    m_snippets.insert(key, fresh);
    return *fresh;
}

void ThreadDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto card = index.data(ThreadListModel::CardRole).value<std::shared_ptr<const ThreadCard>>();
    if (!card)
        return;
    painter->save();
    painter->setLayoutDirection(option.direction);
    const Layout places = layout(option, *card);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    const QColor surface = m_theme.colour(selected ? Token::Selection : hovered ? Token::Hover : Token::List);
    painter->fillRect(places.card, surface);
    painter->fillRect(QRect(places.card.left(), places.card.bottom(), places.card.width(), 1),
                      m_theme.colour(Token::Line));
    if (selected)
        painter->fillRect(places.bar, m_theme.colour(Token::Accent));
    if (card->row.unread) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.colour(Token::Accent));
        painter->drawEllipse(places.unreadDot);
    }
    paintAvatar(*painter, places.avatar, m_theme, card->row.person.remoteId, card->name);
    paintCornerBadge(*painter, places.avatar, m_theme, card->row.network, 16, surface, option.direction);
    paintHead(*painter, places, *card, option);
    paintSnippet(*painter, places, *card);
    paintFoot(*painter, places, *card, option.direction);
    if (hovered)
        paintActions(*painter, places, *card);
    if (option.state.testFlag(QStyle::State_HasFocus))
        paintFocusRing(*painter, places.card.adjusted(1, 1, -1, -2), m_theme.colour(Token::Accent), 7);
    painter->restore();
}

void ThreadDelegate::paintHead(QPainter &painter, const Layout &places, const ThreadCard &card,
                               const QStyleOptionViewItem &option) const
{
    const QFont &font = card.row.unread ? m_unreadFont : m_nameFont;
    painter.setFont(font);
    painter.setPen(m_theme.colour(Token::Text));
    // A name begins at the start side of the card even where its own letters run the other way.
    paintLine(painter, places.name, isolated(card.name), QStyle::visualAlignment(option.direction, Qt::AlignLeft));
    if (option.state.testFlag(QStyle::State_MouseOver))
        return;
    painter.setFont(m_smallFont);
    painter.setPen(m_theme.colour(Token::Text3));
    paintLine(painter, places.age, card.age, QStyle::visualAlignment(option.direction, Qt::AlignRight));
}

void ThreadDelegate::paintSnippet(QPainter &painter, const Layout &places, const ThreadCard &card) const
{
    const Snippet &text = snippet(card, places.snippet.width());
    painter.setPen(m_theme.colour(card.row.unread ? Token::Text : Token::Text2));
    const int lineHeight = m_theme.scaled(18);
    const bool oneLine = places.snippet.height() < 2 * lineHeight;
    // Lines keep their distance whatever script or emoji is in them: they hang from one baseline, not from their
    // height.
    const QFontMetricsF metrics(m_snippetFont);
    const double baseline = (lineHeight - metrics.height()) / 2 + metrics.ascent();
    int top = places.snippet.top();
    for (const QTextLayout *line : {&text.first, &text.second}) {
        if (line->lineCount() > 0)
            line->draw(&painter, QPointF(places.snippet.left(), top + baseline - line->lineAt(0).ascent()));
        if (oneLine)
            break;
        top += lineHeight;
    }
}

int ThreadDelegate::paintKind(QPainter &painter, const QRect &foot, const ThreadCard &card,
                              Qt::LayoutDirection direction) const
{
    const auto place = [&](int x, int width, int height) {
        return QStyle::visualRect(direction, foot,
                                  QRect(foot.left() + x, foot.top() + (foot.height() - height) / 2, width, height));
    };
    const bool isPrivate = card.row.audience == Audience::Private;
    const QColor colour = m_theme.colour(isPrivate ? Token::PlumText : Token::Text2);
    int x = 0;
    if (card.row.kind != ItemKind::Review) {
        const QString name = isPrivate                            ? u"lock"_s
                             : card.row.kind == ItemKind::Mention ? u"at-sign"_s
                                                                  : u"message-square"_s;
        const int side = m_theme.scaled(isPrivate ? 13 : 14);
        paintIcon(painter, place(x, side, side), name, colour);
        x += side + m_theme.scaled(4);
    }
    const int width = QFontMetrics(m_kindFont).horizontalAdvance(card.kind);
    painter.setFont(m_kindFont);
    painter.setPen(colour);
    paintLine(painter, place(x, width + 2, foot.height()), card.kind,
              QStyle::visualAlignment(direction, Qt::AlignLeft));
    x += width + m_theme.scaled(6);
    if (card.row.stars)
        x += paintRating(painter, foot, x, *card.row.stars, direction) + m_theme.scaled(6);
    return x;
}

int ThreadDelegate::paintRating(QPainter &painter, const QRect &foot, int x, int stars,
                                Qt::LayoutDirection direction) const
{
    const int side = m_theme.scaled(11);
    const QColor colour = m_theme.colour(Token::Star);
    const auto place = [&](int at, int width, int height) {
        return QStyle::visualRect(direction, foot,
                                  QRect(foot.left() + at, foot.top() + (foot.height() - height) / 2, width, height));
    };
    const int width = 5 * side + 4;
    if (x + width <= foot.width()) {
        paintStars(painter, place(x, width, side), stars, colour, direction);
        return width;
    }
    // No room for five at large text: the number and one star.
    const QString number = QString::number(stars);
    const int digits = QFontMetrics(m_kindFont).horizontalAdvance(number) + 2;
    paintLine(painter, place(x, digits, foot.height()), number, QStyle::visualAlignment(direction, Qt::AlignLeft));
    paintIcon(painter, place(x + digits, side, side), u"star"_s, colour, true);
    return digits + side;
}

void ThreadDelegate::paintFoot(QPainter &painter, const Layout &places, const ThreadCard &card,
                               Qt::LayoutDirection direction) const
{
    const QRect foot = places.foot;
    int x = paintKind(painter, foot, card, direction);
    int end = foot.width();
    if (!card.countdown.text.isEmpty()) {
        const PillLook pill{card.countdown.text, card.countdownIcon, tone(card.countdown.urgency),
                            PillLook::Shape::Pill};
        const QSize size = pillSize(m_theme, pill);
        const bool sameLine = places.pill.top() == foot.top();
        const int start = sameLine ? end - size.width() : 0;
        paintPill(painter,
                  QStyle::visualRect(direction, places.pill, QRect(places.pill.topLeft() + QPoint(start, 0), size)),
                  m_theme, pill, direction);
        if (sameLine)
            end = start - m_theme.scaled(6);
    }
    const std::vector<PillLook> all = chips(card);
    for (size_t i = 0; i < all.size(); ++i) {
        const bool tooMany = i == kMostChips;
        PillLook look =
            tooMany ? PillLook{u"+%1"_s.arg(all.size() - i), {}, Tone::Neutral, PillLook::Shape::Chip} : all[i];
        // A sign alone says more than half a word.
        if (!look.iconName.isEmpty() && pillSize(m_theme, look).width() > end - x)
            look.text.clear();
        const QSize size = pillSize(m_theme, look);
        if (size.width() > end - x)
            break;
        const QRect place(foot.left() + x, foot.top(), size.width(), size.height());
        paintPill(painter, QStyle::visualRect(direction, foot, place), m_theme, look, direction);
        x += size.width() + m_theme.scaled(6);
        if (tooMany)
            break;
    }
}

void ThreadDelegate::paintActions(QPainter &painter, const Layout &places, const ThreadCard &card) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.colour(Token::Line2));
    painter.setBrush(m_theme.colour(Token::Raised));
    painter.drawRoundedRect(QRectF(places.actions).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const int inset = (places.done.width() - m_theme.scaled(15)) / 2;
    const QColor colour = m_theme.colour(Token::Text2);
    paintIcon(painter, places.done.adjusted(inset, inset, -inset, -inset),
              card.row.turn == Turn::Done ? u"undo-2"_s : u"check"_s, colour);
    paintIcon(painter, places.assign.adjusted(inset, inset, -inset, -inset), u"user-plus"_s, colour);
}

} // namespace indelible::ui
