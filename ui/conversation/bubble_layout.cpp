// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conversation/bubble_layout.h"

#include <QFontMetrics>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kSide = 16;    ///< padding of the pane
constexpr int kGap = 8;      ///< between two lines of the conversation
constexpr int kPadding = 12; ///< inside a bubble

QList<QTextLayout::FormatRange> textFormats(const Bubble &bubble, const Theme &theme)
{
    QList<QTextLayout::FormatRange> formats;
    if (bubble.quoteStart >= 0 && bubble.quoteStart < bubble.text.size()) {
        QTextLayout::FormatRange quote;
        quote.start = static_cast<int>(bubble.quoteStart);
        quote.length = static_cast<int>(bubble.text.size() - bubble.quoteStart);
        quote.format.setForeground(theme.colour(Token::Text2));
        formats.append(quote);
    }
    for (const BubbleLink &link : bubble.links) {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(link.start);
        range.length = static_cast<int>(link.length);
        range.format.setForeground(theme.colour(Token::AccentText));
        range.format.setFontUnderline(!link.address.isEmpty());
        formats.append(range);
    }
    return formats;
}

/// The changed words as one text with its colours.
QString changesText(const std::vector<DiffPart> &parts, const Theme &theme, QList<QTextLayout::FormatRange> &formats)
{
    QString text;
    for (const DiffPart &part : parts) {
        if (part.kind == DiffPart::Kind::Added && !text.isEmpty() && !text.back().isSpace())
            text += u' ';
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(text.size());
        range.length = static_cast<int>(part.text.size());
        if (part.kind == DiffPart::Kind::Removed) {
            range.format.setForeground(theme.colour(Token::DangerText));
            range.format.setFontStrikeOut(true);
        } else if (part.kind == DiffPart::Kind::Added) {
            range.format.setForeground(theme.colour(Token::OkText));
            range.format.setBackground(theme.colour(Token::OkSoft));
        }
        if (part.kind != DiffPart::Kind::Same)
            formats.append(range);
        text += part.text;
    }
    return text;
}

/// Puts the pieces of one bubble under each other, from the inside out: first how wide the content wants to be, then
/// where everything stands.
class BubbleBuilder
{
public:
    BubbleBuilder(const Bubble &bubble, const Theme &theme, int width, Qt::LayoutDirection direction)
        : m_bubble(bubble)
        , m_theme(theme)
        , m_width(width)
        , m_direction(direction)
        , m_layout(std::make_unique<BubbleLayout>())
    {
    }

    std::unique_ptr<BubbleLayout> build();

private:
    [[nodiscard]] int px(int value) const { return m_theme.scaled(value); }
    [[nodiscard]] bool hasAvatar() const { return m_bubble.kind == Bubble::Kind::Theirs; }
    void buildWords();
    void shapeTexts();
    void placeHeading(int &y);
    void placeLines(int &y);
    void placeFooter(int &y);
    void placePart(BubbleLayout::Part &part, const QString &text, bool hasIcon, const QFont &font, int lineHeight,
                   int &x, int &y);
    void placeBody(int inner, int height);
    void mirror();

    const Bubble &m_bubble;
    const Theme &m_theme;
    int m_width;
    Qt::LayoutDirection m_direction;
    std::unique_ptr<BubbleLayout> m_layout;
    int m_most = 0; ///< widest content there may be
    int m_used = 0; ///< widest content there is
};

std::unique_ptr<BubbleLayout> BubbleBuilder::build()
{
    if (m_bubble.kind == Bubble::Kind::Day || m_bubble.kind == Bubble::Kind::Event) {
        buildWords();
        return std::move(m_layout);
    }
    const int room = m_width - 2 * px(kSide);
    const int widest = m_bubble.kind == Bubble::Kind::Note ? room * 84 / 100 : std::min(room * 88 / 100, px(620));
    m_most = std::max(px(60), widest - (hasAvatar() ? px(36) : 0) - 2 * px(kPadding));
    shapeTexts();
    int y = px(9);
    placeHeading(y);
    m_layout->text = {0, y, 0, m_layout->textBlock.height()};
    y += m_layout->textBlock.height();
    if (!m_layout->changesBlock.isEmpty()) {
        m_layout->changes = {0, y + px(7), 0, m_layout->changesBlock.height() + 2};
        y += px(7) + m_layout->changesBlock.height() + 2;
    }
    placeLines(y);
    placeFooter(y);
    placeBody(std::min(m_used, m_most), y + px(8));
    mirror();
    m_layout->height = m_layout->body.height() + px(kGap);
    return std::move(m_layout);
}

void BubbleBuilder::buildWords()
{
    const bool day = m_bubble.kind == Bubble::Kind::Day;
    const QFontMetrics metrics(day ? m_theme.font(TextRole::Meta, QFont::DemiBold) : m_theme.font(TextRole::Small));
    const int icon = day ? 0 : px(13) + px(6);
    const int width = std::min(metrics.horizontalAdvance(m_bubble.text) + 2 + icon, m_width - 4 * px(kSide));
    const int height = px(16);
    m_layout->body = {(m_width - width) / 2, 0, width, height};
    m_layout->text = m_layout->body;
    if (icon > 0) {
        m_layout->headingIcon = {m_layout->body.left(), (height - px(13)) / 2, px(13), px(13)};
        m_layout->text.adjust(icon, 0, 0, 0);
        for (QRect *rect : {&m_layout->headingIcon, &m_layout->text})
            *rect = QStyle::visualRect(m_direction, m_layout->body, *rect);
    }
    m_layout->height = height + px(kGap);
}

void BubbleBuilder::shapeTexts()
{
    m_layout->textBlock.shape(m_bubble.text, messageStyle(m_bubble, m_theme), m_most, textFormats(m_bubble, m_theme));
    // Wrapped texts all get the full width, so that their edges stand in line.
    m_used = m_layout->textBlock.isWrapped() ? m_most : m_layout->textBlock.naturalWidth();
    if (m_bubble.changes.empty())
        return;
    QList<QTextLayout::FormatRange> formats;
    const QString text = changesText(m_bubble.changes, m_theme, formats);
    m_layout->changesBlock.shape(text, {m_theme.font(TextRole::Body), px(18)}, m_most - px(11), formats);
    m_used = std::max(m_used, m_layout->changesBlock.naturalWidth() + px(11));
}

void BubbleBuilder::placeHeading(int &y)
{
    if (m_bubble.heading.isEmpty() && !m_bubble.stars)
        return;
    const int height = px(16);
    int x = 0;
    if (m_bubble.stars) {
        const int side = px(12);
        m_layout->stars = {x, y + (height - side) / 2, 5 * side + 4, side};
        x += m_layout->stars.width() + px(6);
    }
    if (!m_bubble.headingIcon.isEmpty()) {
        m_layout->headingIcon = {x, y + (height - px(13)) / 2, px(13), px(13)};
        x += px(13) + px(6);
    }
    const QFontMetrics metrics(m_theme.font(TextRole::Small, QFont::DemiBold));
    const int width = std::min(metrics.horizontalAdvance(m_bubble.heading) + 2, std::max(0, m_most - x));
    m_layout->heading = {x, y, width, height};
    m_used = std::max(m_used, x + width);
    y += height + px(3);
}

void BubbleBuilder::placePart(BubbleLayout::Part &part, const QString &text, bool hasIcon, const QFont &font,
                              int lineHeight, int &x, int &y)
{
    const int icon = hasIcon ? px(12) : 0;
    const int gap = hasIcon && !text.isEmpty() ? px(4) : 0;
    const int textWidth = text.isEmpty() ? 0 : QFontMetrics(font).horizontalAdvance(text) + 1;
    int width = icon + gap + textWidth;
    if (x > 0 && x + width > m_most) {
        x = 0;
        y += lineHeight;
    }
    int height = lineHeight;
    if (width > m_most) {
        part.block = std::make_unique<TextBlock>();
        part.block->shape(text, {font, lineHeight}, m_most - icon - gap);
        width = m_most;
        height = part.block->height();
    }
    part.rect = {x, y, width, height};
    if (hasIcon)
        part.icon = {x, y + (lineHeight - icon) / 2, icon, icon};
    m_used = std::max(m_used, x + width);
    x += width + px(8);
    y += height - lineHeight;
}

void BubbleBuilder::placeLines(int &y)
{
    const QFont font = m_theme.font(TextRole::Small);
    const int height = px(16);
    int x = 0;
    for (const BubbleLine &line : m_bubble.lines) {
        if (line.isBesides) {
            y -= height;
        } else {
            x = 0;
            y += px(5);
        }
        BubbleLayout::Part part;
        placePart(part, line.text, !line.iconName.isEmpty(), font, height, x, y);
        if (line.isBesides && part.rect.left() == 0) // no room: under the words, not under their icon
            part.rect.translate(px(12) + px(4), 0);
        m_layout->lines.push_back(std::move(part));
        y += height;
    }
}

void BubbleBuilder::placeFooter(int &y)
{
    if (m_bubble.footer.empty())
        return;
    y += px(5);
    int x = 0;
    for (const FooterPart &piece : m_bubble.footer) {
        const QFont font =
            m_theme.font(TextRole::Meta, piece.style == FooterPart::Style::Link ? QFont::Medium : QFont::Normal);
        BubbleLayout::Part part;
        placePart(part, piece.text, !piece.iconName.isEmpty(), font, px(15), x, y);
        m_layout->footer.push_back(std::move(part));
    }
    y += px(15);
}

void BubbleBuilder::placeBody(int inner, int height)
{
    const int width = inner + 2 * px(kPadding);
    int left = px(kSide);
    if (m_bubble.kind == Bubble::Kind::Note) {
        left = (m_width - width) / 2;
    } else if (hasAvatar()) {
        m_layout->avatar = {left, 0, px(28), px(28)};
        left += px(36);
        height = std::max(height, px(28));
    } else {
        left = m_width - px(kSide) - width;
    }
    m_layout->body = {left, 0, width, height};
    m_layout->textBlock.narrow(inner);
    m_layout->text.setWidth(inner);
    if (!m_layout->changesBlock.isEmpty()) {
        m_layout->changesBlock.narrow(inner - px(11));
        m_layout->changes.setWidth(inner);
    }
}

void BubbleBuilder::mirror()
{
    const QRect content = m_layout->body.adjusted(px(kPadding), 0, -px(kPadding), 0);
    const auto place = [&](QRect &rect) {
        if (!rect.isEmpty())
            rect = QStyle::visualRect(m_direction, content, rect.translated(content.left(), 0));
    };
    for (QRect *rect :
         {&m_layout->headingIcon, &m_layout->stars, &m_layout->heading, &m_layout->text, &m_layout->changes})
        place(*rect);
    for (auto *parts : {&m_layout->lines, &m_layout->footer}) {
        for (BubbleLayout::Part &part : *parts) {
            place(part.rect);
            place(part.icon);
        }
    }
    if (m_direction == Qt::LeftToRight)
        return;
    // Then the bubble as a whole changes its side of the pane.
    const QRect pane(0, 0, m_width, m_layout->body.height());
    const int shift = QStyle::visualRect(m_direction, pane, m_layout->body).left() - m_layout->body.left();
    m_layout->body.translate(shift, 0);
    if (!m_layout->avatar.isEmpty())
        m_layout->avatar = QStyle::visualRect(m_direction, pane, m_layout->avatar);
    for (QRect *rect :
         {&m_layout->headingIcon, &m_layout->stars, &m_layout->heading, &m_layout->text, &m_layout->changes})
        rect->translate(shift, 0);
    for (auto *parts : {&m_layout->lines, &m_layout->footer}) {
        for (BubbleLayout::Part &part : *parts) {
            part.rect.translate(shift, 0);
            part.icon.translate(shift, 0);
        }
    }
}

} // namespace

TextBlock::Style messageStyle(const Bubble &bubble, const Theme &theme)
{
    const bool quiet = bubble.kind == Bubble::Kind::Note || bubble.gone;
    return {theme.font(quiet ? TextRole::Body : TextRole::Message), theme.scaled(quiet ? 18 : 20)};
}

std::unique_ptr<BubbleLayout> layoutBubble(const Bubble &bubble, const Theme &theme, int width,
                                           Qt::LayoutDirection direction)
{
    return BubbleBuilder(bubble, theme, width, direction).build();
}

} // namespace indelible::ui
