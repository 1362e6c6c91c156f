// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/context/timeline.h"

#include "ui/theme/text_painting.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStringList>
#include <QStyle>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kText = 22; ///< where the words begin
constexpr int kGap = 10;
constexpr int kDot = 10;
constexpr int kMostLines = 2;
constexpr int kNarrow = 200;

} // namespace

Timeline::Timeline(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, &Timeline::layOutAgain);
}

void Timeline::layOutAgain()
{
    m_wordsWidth.reset();
    updateGeometry();
    update();
}

void Timeline::setSteps(std::vector<TimelineStep> steps)
{
    m_steps = std::move(steps);
    QStringList sentences;
    for (const TimelineStep &step : m_steps)
        sentences.append(u"%1, %2. %3"_s.arg(step.what, step.when, step.words));
    setAccessibleName(sentences.join(u' '));
    layOutAgain();
}

int Timeline::lineHeight() const
{
    return QFontMetrics(m_theme.font(TextRole::Small)).height();
}

int Timeline::stepHeight(const Words &words) const
{
    return lineHeight() + kGap + words.height;
}

const std::vector<Timeline::Words> &Timeline::wordsFor(int width) const
{
    if (m_wordsWidth != width) {
        m_words.clear();
        for (const TimelineStep &step : m_steps)
            m_words.push_back(layOut(step.words, width - kText));
        m_wordsWidth = width;
    }
    return m_words;
}

Timeline::Words Timeline::layOut(const QString &text, int width) const
{
    Words words;
    if (text.isEmpty() || width <= 0)
        return words;
    const QFont font = m_theme.font(TextRole::Small);
    QTextLayout layout(text, font);
    QTextOption option;
    option.setTextDirection(Qt::LayoutDirectionAuto);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        const bool last = words.lines.size() + 1 == kMostLines;
        const QString rest = last ? text.mid(line.textStart()) : text.mid(line.textStart(), line.textLength());
        words.lines.append(last ? QFontMetrics(font).elidedText(rest, Qt::ElideRight, width) : rest.trimmed());
        words.height += static_cast<int>(std::ceil(line.height()));
        if (last)
            break;
    }
    layout.endLayout();
    return words;
}

QSize Timeline::sizeHint() const
{
    return {kNarrow, heightForWidth(std::max(width(), kNarrow))};
}

int Timeline::heightForWidth(int width) const
{
    const std::vector<Words> &words = wordsFor(width);
    return std::accumulate(words.begin(), words.end(), 0,
                           [this](int sum, const Words &step) { return sum + stepHeight(step); });
}

void Timeline::paintEvent(QPaintEvent *)
{
    if (m_steps.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const std::vector<Words> &words = wordsFor(width());
    const int middle = lineHeight() / 2;
    const int last = heightForWidth(width()) - stepHeight(words.back()) + middle;
    painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), {kDot / 2 - 1, middle, 2, last - middle}),
                     m_theme.colour(Token::Line2));
    int y = 0;
    for (size_t i = 0; i < m_steps.size(); ++i) {
        paintStep(painter, m_steps[i], words[i], y);
        y += stepHeight(words[i]);
    }
}

void Timeline::paintStep(QPainter &painter, const TimelineStep &step, const Words &words, int y) const
{
    const auto place = [this](const QRect &box) { return QStyle::visualRect(layoutDirection(), rect(), box); };
    const QFont strong = m_theme.font(TextRole::Small, QFont::DemiBold);
    const QFont plain = m_theme.font(TextRole::Small);
    const QFontMetrics metrics(plain);
    const QFontMetrics strongMetrics(strong);
    const int space = width() - kText;

    const QRect dot = place({0, y + metrics.height() / 2 - kDot / 2, kDot, kDot});
    const bool fresh = step.theirs && y == 0;
    const QColor ring = m_theme.colour(fresh ? Token::Accent : Token::Control);
    painter.setPen(QPen(ring, 2));
    painter.setBrush(fresh ? ring : m_theme.colour(Token::Nav));
    painter.drawEllipse(QRectF(dot).adjusted(1, 1, -1, -1));

    const int when = metrics.horizontalAdvance(step.when) + 1;
    const QString what = strongMetrics.elidedText(step.what, Qt::ElideRight, space - when - 6);
    const int wide = strongMetrics.horizontalAdvance(what) + 1;
    constexpr int kOneLine = Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine;
    painter.setFont(strong);
    painter.setPen(m_theme.colour(Token::Text));
    painter.drawText(place({kText, y, wide, metrics.height()}), kOneLine, what);
    painter.setFont(plain);
    painter.setPen(m_theme.colour(Token::Text3));
    painter.drawText(place({kText + wide + 5, y, when, metrics.height()}), kOneLine, step.when);

    painter.setPen(m_theme.colour(Token::Text2));
    int top = y + metrics.height();
    for (const QString &line : words.lines) {
        const int high = words.height / static_cast<int>(words.lines.size());
        paintLine(painter, place({kText, top, space, high}), line,
                  QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft));
        top += high;
    }
}

} // namespace indelible::ui
