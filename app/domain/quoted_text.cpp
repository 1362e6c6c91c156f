// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/quoted_text.h"

#include "app/domain/network.h"
#include "app/domain/quote_words.h"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

namespace indelible {

namespace {

constexpr size_t kLinesOfAttribution = 4;
constexpr size_t kBlankBelowAttribution = 2;
constexpr size_t kLinesOfHeader = 12;
constexpr qsizetype kLongestAttribution = 500;
/// People also quote a line or two of a letter by hand, to say something about it.
constexpr size_t kFewestMarked = 3;

struct Line
{
    qsizetype start = 0;
    QStringView words; ///< without white space and direction marks at both ends

    [[nodiscard]] bool isBlank() const { return words.isEmpty(); }
    [[nodiscard]] bool isMarked() const { return words.startsWith(u'>'); }
};

QStringView bare(QStringView line)
{
    const auto isNothing = [](QChar unit) { return unit.isSpace() || unit.category() == QChar::Other_Format; };
    while (!line.isEmpty() && isNothing(line.front()))
        line = line.sliced(1);
    while (!line.isEmpty() && isNothing(line.back()))
        line.chop(1);
    return line;
}

std::vector<Line> linesOf(const QString &text)
{
    std::vector<Line> lines;
    for (const QStringView line : QStringView(text).tokenize(u'\n'))
        lines.push_back({line.data() - text.constData(), bare(line)});
    return lines;
}

/// The first line of what says who wrote the marked lines that begin at `marked`; `marked` where nothing does.
size_t attributionStart(const std::vector<Line> &lines, size_t marked)
{
    size_t end = marked;
    while (end > 0 && lines[end - 1].isBlank() && marked - end < kBlankBelowAttribution)
        --end;
    size_t start = marked;
    QString joined;
    for (size_t count = 1; count <= std::min(end, kLinesOfAttribution); ++count) {
        const QStringView words = lines[end - count].words;
        if (joined.size() + words.size() > kLongestAttribution || (count > 1 && !mayBeginAttribution(words)))
            break;
        joined.prepend(words.toString() + u' ');
        if (isAttribution(QStringView(joined).trimmed()))
            start = end - count;
        if (start < marked && !continuesAttribution(words))
            break;
    }
    return start;
}

/// Where marked lines begin that go on to the end.
std::optional<size_t> markedTail(const std::vector<Line> &lines)
{
    size_t start = lines.size();
    size_t marked = 0;
    for (size_t i = lines.size(); i > 0 && (lines[i - 1].isBlank() || lines[i - 1].isMarked()); --i) {
        if (lines[i - 1].isBlank())
            continue;
        start = i - 1;
        ++marked;
    }
    if (marked == 0)
        return std::nullopt;
    const size_t attributed = attributionStart(lines, start);
    return attributed < start || marked >= kFewestMarked ? std::optional(attributed) : std::nullopt;
}

bool isHeader(const std::vector<Line> &lines, size_t first)
{
    QuoteHeader header;
    if (!header.begin(lines[first].words))
        return false;
    const size_t end = std::min(lines.size(), first + kLinesOfHeader);
    for (size_t i = first + 1; i < end && !lines[i].isBlank(); ++i) {
        if (header.take(lines[i].words))
            return true;
    }
    return false;
}

/// Outlook draws one above its header.
bool isRule(const Line &line)
{
    constexpr qsizetype kShortest = 5;
    return line.words.size() >= kShortest &&
           std::ranges::all_of(line.words, [&line](QChar unit) { return unit == line.words.front(); }) &&
           (line.words.front() == u'_' || line.words.front() == u'-');
}

/// Where a mail begins that stands below as it was, without marks.
std::optional<size_t> originalBelow(const std::vector<Line> &lines)
{
    for (size_t i = 0; i < lines.size(); ++i) {
        if (isOriginalMark(lines[i].words))
            return i;
        if (lines[i].isBlank() || !isHeader(lines, i))
            continue;
        size_t above = i;
        while (above > 0 && lines[above - 1].isBlank())
            --above;
        return above > 0 && isRule(lines[above - 1]) ? above - 1 : i;
    }
    return std::nullopt;
}

} // namespace

qsizetype quoteStart(const QString &text)
{
    const std::vector<Line> lines = linesOf(text);
    std::optional<size_t> start = originalBelow(lines);
    if (!start)
        start = markedTail(lines);
    if (!start)
        return text.size();
    const auto above = std::span(lines).first(*start);
    const auto first = std::ranges::find_if_not(above, &Line::isBlank);
    const bool saysNothing = first == above.end();
    const bool isInterleaved = std::ranges::any_of(above, &Line::isMarked);
    const bool isPassedOn =
        !saysNothing && (isForwardSubject(first->words) || std::ranges::any_of(above, isForwardMark, &Line::words));
    return saysNothing || isInterleaved || isPassedOn ? text.size() : lines[*start].start;
}

qsizetype quoteStart(const QString &text, const QString &network)
{
    return indelible::network(network).quotesBelow ? quoteStart(text) : text.size();
}

QString newWords(const QString &text, const QString &network)
{
    return text.left(quoteStart(text, network));
}

} // namespace indelible
