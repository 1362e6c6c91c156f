// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/people/redactor.h"

#include "app/base/text.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace indelible::people {

namespace {

struct Word
{
    qsizetype start = 0;
    qsizetype end = 0;
    QString folded;
};

bool isPart(char32_t letter)
{
    return QChar::isLetterOrNumber(letter) || QChar::isMark(letter);
}

std::vector<Word> wordsOf(const QString &text)
{
    std::vector<Word> words;
    bool open = false;
    qsizetype at = 0;
    for (const uint letter : text.toUcs4()) {
        const qsizetype size = QChar::requiresSurrogates(letter) ? 2 : 1;
        const bool alone = isUnspaced(letter);
        if (isPart(letter) && open && !alone)
            words.back().end = at + size;
        else if (isPart(letter))
            words.push_back({at, at + size, {}});
        open = isPart(letter) && !alone;
        at += size;
    }
    for (Word &word : words)
        word.folded =
            text.sliced(word.start, word.end - word.start).normalized(QString::NormalizationForm_KC).toCaseFolded();
    return words;
}

QString keyOf(const std::vector<Word> &words, size_t first, size_t count)
{
    QString key;
    for (size_t i = first; i < first + count; ++i)
        key += (i == first ? u""_s : u" "_s) + words[i].folded;
    return key;
}

/// How far "@somebody.example" or "@somebody@example.org" goes that begins behind this '@'; 0 where there is none.
qsizetype mentionAt(const QString &text, qsizetype start)
{
    if (start == 0 || text.at(start - 1) != u'@' || (start > 1 && text.at(start - 2).isLetterOrNumber()))
        return 0;
    static const QRegularExpression name(
        uR"([\p{L}\p{N}_]+([.-][\p{L}\p{N}_]+)*(@[\p{L}\p{N}_]+([.-][\p{L}\p{N}_]+)*)?)"_s);
    const QRegularExpressionMatch match =
        name.match(text, start, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption);
    return match.hasMatch() ? match.capturedEnd() : 0;
}

} // namespace

void Redactor::hide(const QString &name)
{
    const std::vector<Word> words = wordsOf(name);
    if (words.empty()) {
        if (const QString signs = name.trimmed(); !signs.isEmpty())
            m_signs.append(signs);
        return;
    }
    m_hidden.insert(keyOf(words, 0, words.size()));
    m_longest = std::max(m_longest, static_cast<qsizetype>(words.size()));
}

void Redactor::keep(const QString &name)
{
    const std::vector<Word> words = wordsOf(name);
    if (words.empty())
        return;
    m_kept.insert(keyOf(words, 0, words.size()));
    m_longest = std::max(m_longest, static_cast<qsizetype>(words.size()));
}

QString Redactor::redacted(const QString &text) const
{
    const std::vector<Word> words = wordsOf(text);
    QString result;
    qsizetype copied = 0;
    for (size_t i = 0; i < words.size();) {
        size_t kept = 0;
        size_t hidden = 0;
        for (size_t count = std::min(static_cast<size_t>(m_longest), words.size() - i); count > 0; --count) {
            const QString key = keyOf(words, i, count);
            kept = kept == 0 && m_kept.contains(key) ? count : kept;
            hidden = hidden == 0 && m_hidden.contains(key) ? count : hidden;
        }
        const qsizetype mention = mentionAt(text, words[i].start);
        size_t inMention = 0;
        while (i + inMention < words.size() && words[i + inMention].end <= mention)
            ++inMention;
        if (kept > 0 && kept >= std::max(hidden, inMention)) {
            i += kept;
            continue;
        }
        hidden = std::max(hidden, inMention);
        if (hidden == 0) {
            ++i;
            continue;
        }
        const qsizetype start = words[i].start - (mention > 0 ? 1 : 0);
        result += text.sliced(copied, start - copied) + kSomebodyElse;
        copied = std::max(words[i + hidden - 1].end, inMention == hidden ? mention : 0);
        i += hidden;
    }
    result += text.sliced(copied);
    for (const QString &signs : m_signs)
        result.replace(signs, kSomebodyElse);
    return result;
}

QJsonValue Redactor::redacted(const QJsonValue &value, const QSet<QString> &ownFields) const
{
    if (value.isString())
        return redacted(value.toString());
    if (value.isArray()) {
        QJsonArray all;
        const QJsonArray parts = value.toArray();
        for (const auto one : parts)
            all.append(redacted(one, ownFields));
        return all;
    }
    if (!value.isObject())
        return value;
    QJsonObject fields = value.toObject();
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        if (!ownFields.contains(field.key()))
            field.value() = redacted(QJsonValue(field.value()), ownFields);
    }
    return fields;
}

} // namespace indelible::people
