// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/case_story.h"

#include <QJsonArray>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace indelible::bundle {

namespace {

bool isKind(const Row &row, record::Kind kind)
{
    return row.entry.kind == static_cast<quint16>(kind);
}

/// A whole number from `least` on; nothing for anything else.
std::optional<qint64> wholeNumber(const QJsonValue &value, qint64 least)
{
    if (!value.isDouble() || value.toInteger() < least || value.toInteger() > kLargestNumber)
        return std::nullopt;
    return value.toInteger();
}

std::optional<QByteArray> subjectFrom(const QString &text)
{
    const QByteArray subject = QByteArray::fromHex(text.toLatin1());
    return subject.size() == record::kIdBytes && QString::fromLatin1(subject.toHex()) == text ? std::optional(subject)
                                                                                              : std::nullopt;
}

bool isCaseNumber(const QString &text)
{
    const auto isDigit = [](QChar letter) { return letter >= u'0' && letter <= u'9'; };
    return !text.isEmpty() && text.size() <= 15 && text.front() != u'0' && std::ranges::all_of(text, isDigit);
}

/// How many entries the last row says there are of each subject; nothing where it is no such entry.
std::optional<QHash<QByteArray, qint64>> statedCounts(const Row &last)
{
    const QJsonObject counts = last.said.value("subjects"_L1).toObject();
    if (!isKind(last, record::Kind::Export) || last.said.value("what"_L1) != "case"_L1 ||
        !isCaseNumber(last.said.value("case"_L1).toString()))
        return std::nullopt;
    QHash<QByteArray, qint64> stated;
    for (auto it = counts.begin(); it != counts.end(); ++it) {
        const std::optional<QByteArray> subject = subjectFrom(it.key());
        const std::optional<qint64> count = wholeNumber(it.value(), 1);
        if (!subject || !count)
            return std::nullopt;
        stated.insert(*subject, *count);
    }
    return stated.contains(last.entry.subject) ? std::optional(stated) : std::nullopt;
}

/// Follows each subject from its first entry to the stated number. Seals of other subjects stand between.
Verdict followSubjects(const std::vector<Row> &rows, const QHash<QByteArray, qint64> &stated)
{
    struct Head
    {
        qint64 count = 0;
        quint64 last = record::kNoPrevious;
    };
    QHash<QByteArray, Head> heads;
    for (size_t i = 0; i < rows.size(); ++i) {
        const record::Entry &entry = rows.at(i).entry;
        if (!stated.contains(entry.subject) && isKind(rows.at(i), record::Kind::Erase))
            continue;
        Head &head = heads[entry.subject];
        if (entry.subjectSeq != head.count || entry.previous != head.last)
            return {Fault::Gap, static_cast<qint64>(i) + 2};
        ++head.count;
        head.last = entry.idx;
    }
    for (auto head = heads.begin(); head != heads.end(); ++head) {
        if (stated.value(head.key()) != head->count)
            return {Fault::Count};
    }
    return {heads.size() == stated.size() ? Fault::None : Fault::Count};
}

/// Under which key an entry of a case names a conversation that belongs to it; empty where it names none.
QString keyOfLink(const Row &row)
{
    if (isKind(row, record::Kind::CaseOpen))
        return u"conversation"_s;
    return isKind(row, record::Kind::CaseState) ? u"linked"_s : QString();
}

/// Whether each conversation that the case's own entries name is among the subjects. Entries whose words were destroyed
/// cannot be asked: see hidesLinks().
bool namesOnly(const QSet<QByteArray> &subjects, const QByteArray &caseSubject, const std::vector<Row> &rows)
{
    return std::ranges::all_of(rows, [&](const Row &row) {
        const QString key = keyOfLink(row);
        if (key.isEmpty() || row.entry.subject != caseSubject || !row.said.contains(key))
            return true;
        const std::optional<QByteArray> named = subjectFrom(row.said.value(key).toString());
        return named && subjects.contains(*named);
    });
}

bool hidesLinks(const QByteArray &caseSubject, const std::vector<Row> &rows)
{
    return std::ranges::any_of(rows, [&](const Row &row) {
        return !row.body && row.entry.subject == caseSubject && !keyOfLink(row).isEmpty();
    });
}

/// Words are missing exactly where one later seal says so, and no seal is here for nothing.
Verdict matchSeals(const std::vector<Row> &rows, Story &story)
{
    QHash<qint64, size_t> lineOf;
    for (size_t i = 0; i < rows.size(); ++i)
        lineOf.insert(static_cast<qint64>(rows.at(i).entry.idx), i);
    for (size_t i = 0; i < rows.size(); ++i) {
        if (!isKind(rows.at(i), record::Kind::Erase))
            continue;
        const Verdict bad{Fault::Sealed, static_cast<qint64>(i) + 2};
        const std::optional<QList<qint64>> numbers = numbersOfSeal(rows.at(i));
        if (!numbers)
            return bad;
        bool concernsUs = story.subjects.contains(rows.at(i).entry.subject);
        for (const qint64 number : *numbers) {
            const auto line = lineOf.constFind(number);
            if (line == lineOf.constEnd())
                continue;
            if (*line >= i || rows.at(*line).body || story.sealedBy.contains(number))
                return bad;
            story.sealedBy.insert(number, static_cast<qint64>(rows.at(i).entry.idx));
            concernsUs = true;
        }
        if (!concernsUs)
            return bad;
    }
    for (size_t i = 0; i < rows.size(); ++i) {
        if (!rows.at(i).body && !story.sealedBy.contains(static_cast<qint64>(rows.at(i).entry.idx)))
            return {Fault::Sealed, static_cast<qint64>(i) + 2};
    }
    return {};
}

} // namespace

QJsonObject exportBody(const QString &caseNumber, const QHash<QByteArray, qint64> &counts, const QList<qint64> &anchors)
{
    QJsonObject subjects;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        subjects.insert(QString::fromLatin1(it.key().toHex()), it.value());
    QJsonObject body{{u"what"_s, u"case"_s}, {u"case"_s, caseNumber}, {u"subjects"_s, subjects}};
    QJsonArray numbers;
    for (const qint64 anchor : anchors)
        numbers.append(anchor);
    if (!numbers.isEmpty())
        body.insert("anchors"_L1, numbers);
    return body;
}

std::optional<QList<qint64>> numbersOfSeal(const Row &seal)
{
    return numbersIn(seal.said.value("entries"_L1));
}

std::optional<QList<qint64>> numbersIn(const QJsonValue &list)
{
    if (!list.isArray())
        return std::nullopt;
    QList<qint64> numbers;
    const QJsonArray values = list.toArray();
    for (const auto value : values) {
        const std::optional<qint64> number = wholeNumber(value, 0);
        if (!number)
            return std::nullopt;
        numbers.append(*number);
    }
    return numbers;
}

Verdict tell(const std::vector<Row> &rows, Story &story)
{
    const std::optional<QHash<QByteArray, qint64>> stated = rows.empty() ? std::nullopt : statedCounts(rows.back());
    if (!stated)
        return {Fault::Export};
    story.number = rows.back().said.value("case"_L1).toString();
    story.subject = rows.back().entry.subject;
    story.subjects = QSet<QByteArray>(stated->keyBegin(), stated->keyEnd());
    if (const Verdict followed = followSubjects(rows, *stated); !followed.isGood())
        return followed;
    if (!namesOnly(story.subjects, story.subject, rows))
        return {Fault::Subjects};
    story.hidesLinks = hidesLinks(story.subject, rows);
    return matchSeals(rows, story);
}

} // namespace indelible::bundle
