// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/bubble.h"
#include "ui/theme/theme.h"

#include <QRect>
#include <QTextLayout>

#include <memory>
#include <vector>

namespace indelible::ui {

/// A text shaped into lines of one width, paragraph by paragraph. Paragraphs longer than 2,000 letters are shaped in
/// pieces: one layout of 100,000 letters takes most of a second. Runs in its own first strong direction. Not copyable.
class TextBlock
{
public:
    struct Style
    {
        QFont font;
        int lineHeight = 0; ///< least distance of two lines
    };

    /// `formats` are in positions of `text`.
    void shape(const QString &text, const Style &style, int width, const QList<QTextLayout::FormatRange> &formats = {});
    void paint(QPainter &painter, const QPoint &topLeft) const;
    /// Width of the longest line.
    [[nodiscard]] int naturalWidth() const { return m_naturalWidth; }
    [[nodiscard]] int height() const { return m_height; }
    /// Some paragraph did not fit on one line.
    [[nodiscard]] bool isWrapped() const { return m_isWrapped; }
    [[nodiscard]] bool isEmpty() const { return m_pieces.empty(); }
    /// Narrows the block to `width`, at least naturalWidth(): lines that run from the right move along.
    void narrow(int width);
    /// Position in the text under a point relative to the top left; -1 beside the lines.
    [[nodiscard]] qsizetype positionAt(const QPoint &point) const;

private:
    struct Piece
    {
        std::unique_ptr<QTextLayout> layout;
        qsizetype start = 0;
        int top = 0;
        int height = 0;
    };
    [[nodiscard]] int shapePiece(QTextLayout &layout, const Style &style, int width);

    std::vector<Piece> m_pieces;
    int m_width = 0;
    int m_shift = 0; ///< how far lines from the right moved to the left
    int m_naturalWidth = 0;
    int m_height = 0;
    bool m_rightToLeft = false;
    bool m_isWrapped = false;
};

/// Where everything of one line of the conversation stands, in pixels from the row's top left, already mirrored in
/// right-to-left interfaces. Made once per stamp and width, then only painted.
struct BubbleLayout
{
    struct Part
    {
        QRect rect;
        QRect icon;                       ///< empty = none
        std::unique_ptr<TextBlock> block; ///< a text too long for one line
    };

    int height = 0;
    QRect body;   ///< the bubble itself; the words of a day or an event
    QRect avatar; ///< empty = none
    QRect headingIcon;
    QRect stars;
    QRect heading;
    QRect text;
    TextBlock textBlock;
    QRect changes;
    TextBlock changesBlock;
    std::vector<Part> lines;
    std::vector<Part> footer;
};

/// `width` is that of the row.
[[nodiscard]] std::unique_ptr<BubbleLayout> layoutBubble(const Bubble &bubble, const Theme &theme, int width,
                                                         Qt::LayoutDirection direction);

/// Type of the message text of a bubble.
[[nodiscard]] TextBlock::Style messageStyle(const Bubble &bubble, const Theme &theme);

} // namespace indelible::ui
