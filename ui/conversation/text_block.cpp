// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conversation/bubble_layout.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace indelible::ui {

namespace {

constexpr qsizetype kLettersAtOnce = 2000;

/// End of the piece that begins at `start`: the paragraph's, or a word's before it gets too long.
qsizetype pieceEnd(const QString &text, qsizetype start)
{
    const qsizetype newline = text.indexOf(u'\n', start);
    const qsizetype end = newline < 0 ? text.size() : newline;
    if (end - start <= kLettersAtOnce)
        return end;
    const qsizetype space = text.lastIndexOf(u' ', start + kLettersAtOnce);
    qsizetype cut = space > start ? space + 1 : start + kLettersAtOnce;
    if (text.at(cut - 1).isHighSurrogate())
        ++cut;
    return cut;
}

QList<QTextLayout::FormatRange> within(const QList<QTextLayout::FormatRange> &formats, qsizetype start, qsizetype end)
{
    QList<QTextLayout::FormatRange> result;
    for (QTextLayout::FormatRange range : formats) {
        const qsizetype from = std::max<qsizetype>(range.start, start);
        const qsizetype to = std::min<qsizetype>(range.start + range.length, end);
        if (from >= to)
            continue;
        range.start = static_cast<int>(from - start);
        range.length = static_cast<int>(to - from);
        result.append(range);
    }
    return result;
}

} // namespace

int TextBlock::shapePiece(QTextLayout &layout, const Style &style, int width)
{
    int height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        // Scripts with tall letters get more room than the design's line height, but not all that their fonts ask for.
        const int lineHeight =
            std::clamp(static_cast<int>(std::ceil(line.height())), style.lineHeight, style.lineHeight * 6 / 5);
        line.setPosition({0, height + (lineHeight - line.height()) / 2});
        m_naturalWidth = std::max(m_naturalWidth, static_cast<int>(std::ceil(line.naturalTextWidth())) + 1);
        height += lineHeight;
    }
    layout.endLayout();
    m_isWrapped = m_isWrapped || layout.lineCount() > 1;
    return height;
}

void TextBlock::shape(const QString &text, const Style &style, int width,
                      const QList<QTextLayout::FormatRange> &formats)
{
    m_pieces.clear();
    m_width = width;
    m_shift = 0;
    m_naturalWidth = 0;
    m_height = 0;
    m_isWrapped = false;
    m_rightToLeft = text.isRightToLeft();
    QTextOption option(QStyle::visualAlignment(m_rightToLeft ? Qt::RightToLeft : Qt::LeftToRight, Qt::AlignLeft));
    option.setTextDirection(m_rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    for (qsizetype start = 0; start < text.size();) {
        const qsizetype end = pieceEnd(text, start);
        Piece piece;
        piece.start = start;
        piece.top = m_height;
        piece.layout = std::make_unique<QTextLayout>(text.mid(start, end - start), style.font);
        piece.layout->setTextOption(option);
        piece.layout->setCacheEnabled(true);
        piece.layout->setFormats(within(formats, start, end));
        piece.height = end == start ? style.lineHeight : shapePiece(*piece.layout, style, width);
        m_height += piece.height;
        m_pieces.push_back(std::move(piece));
        start = end < text.size() && text.at(end) == u'\n' ? end + 1 : end;
    }
    m_naturalWidth = std::min(m_naturalWidth, width);
}

void TextBlock::narrow(int width)
{
    m_shift = m_rightToLeft ? m_width - width : 0;
}

void TextBlock::paint(QPainter &painter, const QPoint &topLeft) const
{
    const QRectF clip = painter.hasClipping() ? painter.clipBoundingRect() : QRectF();
    for (const Piece &piece : m_pieces) {
        const QPoint place = topLeft + QPoint(-m_shift, piece.top);
        // Of a very long text only what can be seen is drawn.
        if (!clip.isNull() && (place.y() > clip.bottom() || place.y() + piece.height < clip.top()))
            continue;
        piece.layout->draw(&painter, place);
    }
}

qsizetype TextBlock::positionAt(const QPoint &point) const
{
    for (const Piece &piece : m_pieces) {
        const qreal y = point.y() - piece.top;
        if (y < 0 || y >= piece.height)
            continue;
        for (int i = 0; i < piece.layout->lineCount(); ++i) {
            const QTextLine line = piece.layout->lineAt(i);
            const QRectF rect = line.naturalTextRect().translated(-m_shift, 0);
            if (y >= rect.top() && y < rect.bottom() && point.x() >= rect.left() && point.x() < rect.right())
                return piece.start + line.xToCursor(point.x() + m_shift, QTextLine::CursorOnCharacter);
        }
    }
    return -1;
}

} // namespace indelible::ui
