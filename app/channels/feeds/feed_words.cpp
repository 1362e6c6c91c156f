// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_words.h"

#include "app/base/text.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

QString folded(const QString &text)
{
    QString apart = text.normalized(QString::NormalizationForm_KD).toCaseFolded();
    apart.removeIf([](QChar unit) { return unit.category() == QChar::Mark_NonSpacing; });
    return apart.simplified();
}

char32_t letterAt(const QString &text, qsizetype at)
{
    if (at < 0 || at >= text.size())
        return U' ';
    const QChar unit = text.at(at);
    if (unit.isLowSurrogate() && at > 0)
        return QChar::surrogateToUcs4(text.at(at - 1), unit);
    if (unit.isHighSurrogate() && at + 1 < text.size())
        return QChar::surrogateToUcs4(unit, text.at(at + 1));
    return unit.unicode();
}

/// Whether a word that has `inside` at its edge may end there, with `outside` beyond it.
bool isEdge(char32_t inside, char32_t outside)
{
    return !QChar::isLetterOrNumber(inside) || !QChar::isLetterOrNumber(outside) || isUnspaced(inside) ||
           isUnspaced(outside);
}

bool containsWord(const QString &text, const QString &word)
{
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const qsizetype end = at + word.size();
        if (isEdge(letterAt(text, at), letterAt(text, at - 1)) && isEdge(letterAt(text, end - 1), letterAt(text, end)))
            return true;
    }
    return false;
}

} // namespace

QStringList watchWords(const QString &typed)
{
    static const QRegularExpression separator(u"[,;\\n]"_s);
    QStringList words;
    const QStringList parts = typed.split(separator);
    for (const QString &part : parts) {
        const QString word = part.simplified();
        if (!word.isEmpty() && !words.contains(word, Qt::CaseInsensitive))
            words.append(word);
    }
    return words;
}

bool containsOne(const QStringList &words, const QString &text)
{
    const QString within = folded(text);
    return std::ranges::any_of(words, [&](const QString &word) {
        const QString wanted = folded(word);
        return !wanted.isEmpty() && containsWord(within, wanted);
    });
}

} // namespace indelible::channels::feeds
