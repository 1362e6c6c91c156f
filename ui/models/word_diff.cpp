// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/word_diff.h"

#include <QHash>
#include <QStringView>

#include <algorithm>

namespace indelible::ui {

namespace {

constexpr size_t kWordsCompared = 2000;

struct Word
{
    qsizetype start = 0;
    qsizetype length = 0;
    int id = 0; ///< equal words have equal ids
    [[nodiscard]] qsizetype end() const { return start + length; }
};

/// Scripts written without spaces: every sign is a word of its own.
bool standsAlone(QChar letter)
{
    const QChar::Script script = letter.script();
    return script == QChar::Script_Han || script == QChar::Script_Hiragana || script == QChar::Script_Katakana;
}

std::vector<Word> wordsOf(const QString &text, QHash<QStringView, int> &ids)
{
    std::vector<Word> words;
    for (qsizetype i = 0; i < text.size();) {
        if (text.at(i).isSpace()) {
            ++i;
            continue;
        }
        qsizetype end = i + 1;
        if (!standsAlone(text.at(i)))
            while (end < text.size() && !text.at(end).isSpace() && !standsAlone(text.at(end)))
                ++end;
        const QStringView word = QStringView(text).mid(i, end - i);
        const int id = ids.value(word, static_cast<int>(ids.size()));
        ids.insert(word, id);
        words.push_back({i, end - i, id});
        i = end;
    }
    return words;
}

using Matches = std::vector<std::pair<size_t, size_t>>;

/// Pairs of equal words in [from, endA) and [from, endB) along a longest common subsequence.
void matchMiddle(const std::vector<Word> &a, const std::vector<Word> &b, size_t from, size_t endA, size_t endB,
                 Matches &matches)
{
    const size_t rows = endA - from;
    const size_t columns = endB - from;
    if (rows > kWordsCompared || columns > kWordsCompared)
        return;
    std::vector<quint16> length((rows + 1) * (columns + 1), 0);
    const auto at = [&](size_t row, size_t column) -> quint16 & { return length[row * (columns + 1) + column]; };
    for (size_t row = rows; row-- > 0;)
        for (size_t column = columns; column-- > 0;)
            at(row, column) = a[from + row].id == b[from + column].id
                                  ? static_cast<quint16>(at(row + 1, column + 1) + 1)
                                  : std::max(at(row + 1, column), at(row, column + 1));
    for (size_t row = 0, column = 0; row < rows && column < columns;) {
        if (a[from + row].id == b[from + column].id)
            matches.emplace_back(from + row++, from + column++);
        else if (at(row + 1, column) >= at(row, column + 1))
            ++row;
        else
            ++column;
    }
}

Matches matchWords(const std::vector<Word> &a, const std::vector<Word> &b)
{
    size_t start = 0;
    while (start < a.size() && start < b.size() && a[start].id == b[start].id)
        ++start;
    size_t endA = a.size();
    size_t endB = b.size();
    while (endA > start && endB > start && a[endA - 1].id == b[endB - 1].id) {
        --endA;
        --endB;
    }
    Matches matches;
    for (size_t i = 0; i < start; ++i)
        matches.emplace_back(i, i);
    matchMiddle(a, b, start, endA, endB, matches);
    for (; endA < a.size(); ++endA, ++endB)
        matches.emplace_back(endA, endB);
    return matches;
}

void append(std::vector<DiffPart> &parts, DiffPart::Kind kind, QStringView text)
{
    if (text.isEmpty())
        return;
    if (!parts.empty() && parts.back().kind == kind)
        parts.back().text += text;
    else
        parts.push_back({kind, text.toString()});
}

/// What lies between two matched words in both texts; white space that both share stays out of the change.
void appendGap(std::vector<DiffPart> &parts, QStringView removed, QStringView added)
{
    qsizetype head = 0;
    while (head < removed.size() && head < added.size() && removed.at(head) == added.at(head) &&
           removed.at(head).isSpace())
        ++head;
    append(parts, DiffPart::Kind::Same, removed.left(head));
    removed = removed.mid(head);
    added = added.mid(head);
    qsizetype tail = 0;
    while (tail < removed.size() && tail < added.size() &&
           removed.at(removed.size() - 1 - tail) == added.at(added.size() - 1 - tail) &&
           added.at(added.size() - 1 - tail).isSpace())
        ++tail;
    append(parts, DiffPart::Kind::Removed, removed.chopped(tail));
    append(parts, DiffPart::Kind::Added, added.chopped(tail));
    append(parts, DiffPart::Kind::Same, removed.last(tail));
}

/// The last (or first) `count` words of `text`, with an ellipsis where something was left out.
QString edge(const QString &text, int count, bool last)
{
    QHash<QStringView, int> ids;
    const std::vector<Word> words = wordsOf(text, ids);
    const auto wanted = static_cast<size_t>(count);
    if (words.size() <= wanted)
        return text;
    const QChar ellipsis(0x2026);
    if (wanted == 0)
        return ellipsis;
    return last ? ellipsis + text.mid(words[words.size() - wanted].start)
                : text.left(words[wanted - 1].end()) + ellipsis;
}

} // namespace

std::vector<DiffPart> wordDiff(const QString &before, const QString &after)
{
    QHash<QStringView, int> ids;
    const std::vector<Word> a = wordsOf(before, ids);
    const std::vector<Word> b = wordsOf(after, ids);
    std::vector<DiffPart> parts;
    qsizetype doneA = 0;
    qsizetype doneB = 0;
    for (const auto &[i, j] : matchWords(a, b)) {
        appendGap(parts, QStringView(before).mid(doneA, a[i].start - doneA),
                  QStringView(after).mid(doneB, b[j].start - doneB));
        append(parts, DiffPart::Kind::Same, QStringView(before).mid(a[i].start, a[i].length));
        doneA = a[i].end();
        doneB = b[j].end();
    }
    appendGap(parts, QStringView(before).mid(doneA), QStringView(after).mid(doneB));
    return parts;
}

std::vector<DiffPart> shortened(const std::vector<DiffPart> &parts, int words)
{
    std::vector<DiffPart> result = parts;
    for (size_t i = 0; i < result.size(); ++i) {
        if (result[i].kind != DiffPart::Kind::Same)
            continue;
        const QString whole = result[i].text;
        const bool first = i == 0;
        const bool last = i + 1 == result.size();
        if (first && last)
            continue;
        const QString head = first ? QString() : edge(whole, words, false);
        const QString tail = last ? QString() : edge(whole, words, true);
        const bool cut = !first && !last && head.size() + tail.size() < whole.size();
        result[i].text = first ? tail : last ? head : cut ? head + u' ' + tail.mid(1) : whole;
    }
    return result;
}

} // namespace indelible::ui
