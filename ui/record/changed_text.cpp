// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/changed_text.h"

#include "app/base/text.h"
#include "ui/models/word_diff.h"

#include <QPainter>

#include <algorithm>

namespace indelible::ui {

namespace {

constexpr qsizetype kMostLetters = 6000;
constexpr qsizetype kLettersBefore = 500; ///< left of a first change that lies far behind
constexpr int kNarrow = 200;

/// Where the part begins that is shown: at the start, or a little before the first change where the cut would hide it.
qsizetype startOf(const QString &before, const QString &after)
{
    const auto [a, b] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    const qsizetype change = a - before.begin();
    if ((a == before.end() && b == after.end()) || std::max(before.size(), after.size()) <= kMostLetters ||
        change <= kMostLetters - kLettersBefore)
        return 0;
    const qsizetype start = change - kLettersBefore;
    return before.at(start).isLowSurrogate() ? start - 1 : start;
}

QString partFrom(const QString &text, qsizetype start)
{
    const QChar ellipsis(0x2026);
    qsizetype end = std::min(start + kMostLetters, text.size());
    if (end < text.size() && text.at(end - 1).isHighSurrogate())
        --end;
    QString part = text.sliced(start, end - start);
    if (start > 0)
        part.prepend(ellipsis);
    return end < text.size() ? part + ellipsis : part;
}

} // namespace

ChangedText::ChangedText(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, &ChangedText::compose);
}

void ChangedText::setTexts(const std::optional<QString> &before, const QString &after)
{
    const QString now = displayText(after);
    const QString then = before ? displayText(*before) : now;
    const qsizetype start = startOf(then, now);
    m_before = before ? std::optional(partFrom(then, start)) : std::nullopt;
    m_after = partFrom(now, start);
    compose();
}

void ChangedText::setMode(Mode mode)
{
    m_mode = mode;
    compose();
}

void ChangedText::compose()
{
    m_shown.clear();
    m_formats.clear();
    if (m_before && m_mode == Mode::Changes) {
        for (const DiffPart &part : wordDiff(*m_before, m_after)) {
            if (part.kind != DiffPart::Kind::Same) {
                const bool gone = part.kind == DiffPart::Kind::Removed;
                QTextLayout::FormatRange range;
                range.start = static_cast<int>(m_shown.size());
                range.length = static_cast<int>(part.text.size());
                range.format.setForeground(m_theme.colour(gone ? Token::DangerText : Token::OkText));
                range.format.setBackground(m_theme.colour(gone ? Token::DangerSoft : Token::OkSoft));
                range.format.setFontStrikeOut(gone);
                m_formats.append(range);
            }
            m_shown += part.text;
        }
    } else {
        m_shown = m_before && m_mode == Mode::Before ? *m_before : m_after;
    }
    setAccessibleName(m_before && m_mode == Mode::Changes ? tr("Before: %1. Now: %2").arg(*m_before, m_after)
                                                          : m_shown);
    m_blockWidth = -1;
    updateGeometry();
    update();
}

const TextBlock &ChangedText::block(int width) const
{
    if (m_blockWidth != width) {
        const QFont font = m_theme.font(TextRole::Body);
        m_block.shape(m_shown, {font, m_theme.scaled(20)}, width, m_formats);
        m_blockWidth = width;
    }
    return m_block;
}

int ChangedText::heightForWidth(int width) const
{
    return block(width).height();
}

QSize ChangedText::sizeHint() const
{
    return {kNarrow, heightForWidth(std::max(width(), kNarrow))};
}

void ChangedText::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_theme.colour(Token::Text));
    block(width()).paint(painter, {0, 0});
}

} // namespace indelible::ui
