// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/text.h"

#include <QTextBoundaryFinder>

#include <algorithm>
#include <utility>

namespace indelible {

namespace {

constexpr int kCombiningMarksShown = 4;

/// Half of one of the invisible letters U+E0000 to U+E007F, which carry text that nobody sees.
bool isTag(const QString &text, qsizetype at)
{
    const QChar unit = text.at(at);
    const QChar high = unit.isLowSurrogate() && at > 0 ? text.at(at - 1) : unit;
    const QChar low = unit.isHighSurrogate() && at + 1 < text.size() ? text.at(at + 1) : unit;
    if (!high.isHighSurrogate() || !low.isLowSurrogate())
        return false;
    const char32_t code = QChar::surrogateToUcs4(high, low);
    return code >= 0xE0000 && code <= 0xE007F;
}

bool isDirectionControl(char16_t unit)
{
    return (unit >= 0x202A && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069) || unit == 0x200E ||
           unit == 0x200F || unit == 0x061C;
}

} // namespace

QString wellFormed(QString text)
{
    // Nearly every text has none, and only reading is quick.
    if (std::ranges::none_of(std::as_const(text), [](QChar unit) { return unit.isSurrogate(); }))
        return text;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text.at(i);
        if (unit.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate())
            ++i;
        else if (unit.isSurrogate())
            text[i] = QChar(QChar::ReplacementCharacter);
    }
    return text;
}

qsizetype graphemeCount(const QString &text)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype count = 0;
    while (finder.toNextBoundary() != -1)
        ++count;
    return count;
}

QString snippetOf(const QString &text, qsizetype graphemes)
{
    // A grapheme can be thousands of marks long: bound what is looked at before anything is counted.
    QString line = displayText(wellFormed(text.left(graphemes * 16))).simplified();
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, line);
    qsizetype end = 0;
    for (qsizetype count = 0; count < graphemes; ++count) {
        const qsizetype next = finder.toNextBoundary();
        if (next == -1)
            return line;
        end = next;
    }
    return end == line.size() ? line : line.left(end) + QChar(0x2026);
}

QString displayText(const QString &text)
{
    QString shown;
    shown.reserve(text.size());
    int marks = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text.at(i);
        if (unit == u'\r' && i + 1 < text.size() && text.at(i + 1) == u'\n')
            continue;
        const bool mark = unit.isMark();
        marks = mark ? marks + 1 : 0;
        if (mark && marks > kCombiningMarksShown)
            continue;
        const bool control = (unit.category() == QChar::Other_Control && unit != u'\n' && unit != u'\t') ||
                             isTag(text, i) || isDirectionControl(unit.unicode());
        shown.append(control ? QChar(QChar::ReplacementCharacter) : unit);
    }
    return shown;
}

QString isolated(const QString &text)
{
    return QChar(0x2068) + text + QChar(0x2069);
}

bool isUnspaced(char32_t c)
{
    if (c < 0x0E00) // Thai is the first of them, and nearly every letter lies below
        return false;
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:                // an enumeration of Qt's that grows with Unicode
        return c == 0x30FC; // the mark that lengthens a Japanese vowel
    }
}

} // namespace indelible
