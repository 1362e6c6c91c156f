// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/record_delegate.h"

#include "app/base/text.h"
#include "ui/record/record_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_painting.h"

#include <QPainter>

namespace indelible::ui {

namespace {

/// A square of `side` at the start of `place`, in its middle.
QRect startSquare(const QRect &place, int side, Qt::LayoutDirection direction)
{
    return QStyle::alignedRect(direction, Qt::AlignLeft | Qt::AlignVCenter, {side, side}, place);
}

/// What is left of `place` behind its first `taken` pixels.
QRect behind(const QRect &place, int taken, Qt::LayoutDirection direction)
{
    return direction == Qt::RightToLeft ? place.adjusted(0, 0, -taken, 0) : place.adjusted(taken, 0, 0, 0);
}

} // namespace

RecordDelegate::RecordDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

int RecordDelegate::lineHeight() const
{
    return m_theme.scaled(36);
}

QSize RecordDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.rect.width(), lineHeight()};
}

void RecordDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto line = index.data(RecordModel::LineRole).value<std::shared_ptr<const RecordLine>>();
    const RecordColumns places = recordColumns(m_theme, option.rect, option.direction);
    painter->save();
    painter->setLayoutDirection(option.direction);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    painter->fillRect(option.rect, m_theme.colour(selected  ? Token::Selection
                                                  : hovered ? Token::Hover
                                                            : Token::Content));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      m_theme.colour(Token::Line));
    paintChain(*painter, places.chain, line.get());
    if (line)
        paintWords(*painter, places, *line, option.direction);
    if (option.state.testFlag(QStyle::State_HasFocus))
        paintFocusRing(*painter, option.rect.adjusted(1, 1, -1, -2), m_theme.colour(Token::Accent), 5);
    painter->restore();
}

void RecordDelegate::paintChain(QPainter &painter, const QRect &place, const RecordLine *line) const
{
    const bool broken = line && m_broken == line->idx;
    const QColor colour = m_theme.colour(broken ? Token::Danger : Token::Ok);
    const int side = m_theme.scaled(8);
    QRect ring(0, 0, side, side);
    ring.moveCenter(place.center());
    const int gap = broken ? place.height() / 4 : 0;
    painter.fillRect(QRect(place.center().x(), place.top(), 2, place.height() / 2 - gap), colour);
    painter.fillRect(QRect(place.center().x(), place.center().y() + gap, 2, place.height() / 2 + 1 - gap), colour);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 2));
    painter.setBrush(m_theme.colour(Token::Content));
    painter.drawEllipse(QRectF(ring).translated(0.5, 0.5));
}

void RecordDelegate::paintWho(QPainter &painter, const QRect &place, const RecordLine &line,
                              Qt::LayoutDirection direction) const
{
    const int side = m_theme.scaled(20);
    const QRect mark = startSquare(place, side, direction);
    if (line.whoSeed.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.colour(Token::Chip));
        painter.drawEllipse(mark);
        const int inset = side / 4;
        paintIcon(painter, mark.adjusted(inset, inset, -inset, -inset), line.whoIcon, m_theme.colour(Token::Text2));
    } else {
        paintAvatar(painter, mark, m_theme, line.whoSeed, line.who);
    }
    painter.setPen(m_theme.colour(Token::Text));
    paintLine(painter, behind(place, side + m_theme.scaled(7), direction), isolated(line.who),
              QStyle::visualAlignment(direction, Qt::AlignLeft));
}

void RecordDelegate::paintWords(QPainter &painter, const RecordColumns &places, const RecordLine &line,
                                Qt::LayoutDirection direction) const
{
    const Qt::Alignment start = QStyle::visualAlignment(direction, Qt::AlignLeft);
    painter.setFont(m_theme.font(TextRole::Body));
    painter.setPen(m_theme.colour(Token::Text2));
    paintLine(painter, places.number, line.number, start);
    paintLine(painter, places.time, line.time, start);
    paintWho(painter, places.who, line, direction);

    const int icon = m_theme.scaled(15);
    const int gap = m_theme.scaled(8);
    const bool notable = line.isNotable;
    paintIcon(painter, startSquare(places.what, icon, direction), line.whatIcon,
              m_theme.colour(notable ? Token::WarnText : Token::Text2));
    painter.setPen(m_theme.colour(Token::Text));
    painter.setFont(m_theme.font(TextRole::Body, notable ? QFont::DemiBold : QFont::Normal));
    paintLine(painter, behind(places.what, icon + gap, direction), line.what, start);

    painter.setFont(m_theme.font(TextRole::Body));
    const int badge = line.network.isEmpty() ? 0 : m_theme.scaled(15);
    if (badge > 0)
        paintBadge(painter, startSquare(places.about, badge, direction), line.network);
    paintLine(painter, behind(places.about, badge > 0 ? badge + gap : 0, direction), isolated(line.about), start);

    painter.setFont(sealFont(m_theme));
    painter.setPen(m_theme.colour(Token::Text2));
    paintLine(painter, places.seal, line.seal, start);
}

} // namespace indelible::ui
