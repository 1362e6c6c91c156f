// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/text.h"

#include <QTextBoundaryFinder>

namespace indelible {

namespace {

constexpr int kCombiningMarksShown = 4;

bool isDirectionControl(char16_t unit)
{
    return (unit >= 0x202A && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069) || unit == 0x200E ||
           unit == 0x200F || unit == 0x061C;
}

} // namespace

QString wellFormed(QString text)
{
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
    const QString line = displayText(text.left(graphemes * 16)).simplified();
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
    for (const QChar unit : text) {
        const bool mark = unit.isMark();
        marks = mark ? marks + 1 : 0;
        if (mark && marks > kCombiningMarksShown)
            continue;
        const bool control = (unit.category() == QChar::Other_Control && unit != u'\n' && unit != u'\t') ||
                             isDirectionControl(unit.unicode());
        shown.append(control ? QChar(QChar::ReplacementCharacter) : unit);
    }
    return shown;
}

QString isolated(const QString &text)
{
    return QChar(0x2068) + text + QChar(0x2069);
}

} // namespace indelible
