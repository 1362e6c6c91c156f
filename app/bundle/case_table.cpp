// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/case_table.h"

#include "app/base/clock.h"
#include "app/exchange/csv.h"
#include "app/record/canonical_json.h"

using namespace Qt::StringLiterals;

namespace indelible::bundle {

namespace {

using exchange::Cell;

constexpr qint64 kEarliestMs = -62'135'596'800'000; // 0001-01-01
constexpr qint64 kLatestMs = 253'402'300'799'999;   // 9999-12-31

/// Takes a text out of an object; empty where there is none. Something else under that key stays.
QString takeText(QJsonObject &object, QLatin1StringView key)
{
    return object.value(key).isString() ? object.take(key).toString() : QString();
}

QString takeTime(QJsonObject &object, QLatin1StringView key)
{
    if (!object.value(key).isDouble())
        return {};
    const qint64 ms = object.take(key).toInteger();
    return ms >= kEarliestMs && ms <= kLatestMs ? toRfc3339(fromMs(ms)) : QString::number(ms);
}

/// Who or what an entry is about; conversations are numbered as they come.
class Names
{
public:
    explicit Names(const Story &story)
        : m_story(story)
    {
    }
    QString of(const QByteArray &subject)
    {
        if (subject == m_story.subject)
            return u"case "_s + m_story.number;
        if (!m_story.subjects.contains(subject))
            return u"record"_s;
        if (!m_numbers.contains(subject))
            m_numbers.insert(subject, m_numbers.size() + 1);
        return u"conversation %1"_s.arg(m_numbers.value(subject));
    }

private:
    const Story &m_story;
    QHash<QByteArray, qsizetype> m_numbers;
};

std::vector<Cell> cellsOf(const Row &row, const Story &story, Names &names)
{
    QJsonObject said = row.said;
    QJsonObject author = said.value("author"_L1).toObject();
    if (said.value("author"_L1).isObject())
        said.remove("author"_L1);
    const QString written = takeTime(said, "created_ms"_L1);
    const QString text = takeText(said, "text"_L1);
    // Read from the canonical form, so it can be written in it again.
    const QString other = said.isEmpty() ? QString() : QString::fromUtf8(record::canonicalJson(said).value());
    const auto sealed = story.sealedBy.constFind(static_cast<qint64>(row.entry.idx));
    return {static_cast<qint64>(row.entry.idx),
            toRfc3339(fromMs(static_cast<qint64>(row.entry.timeMs))),
            record::kindName(row.entry.kind),
            names.of(row.entry.subject),
            row.entry.actor == 0 ? u"program"_s : u"member %1"_s.arg(row.entry.actor),
            takeText(author, "name"_L1),
            takeText(author, "handle"_L1),
            takeText(author, "id"_L1),
            written,
            text,
            other,
            sealed == story.sealedBy.constEnd() ? Cell(QString()) : Cell(*sealed)};
}

} // namespace

QByteArray caseTable(const std::vector<Row> &rows, const Story &story)
{
    QByteArray table =
        exchange::csvRow({u"entry"_s, u"time (UTC)"_s, u"what"_s, u"about"_s, u"by"_s, u"author"_s, u"handle"_s,
                          u"author id"_s, u"written (UTC)"_s, u"text"_s, u"other"_s, u"sealed by entry"_s});
    Names names(story);
    for (const Row &row : rows)
        table += exchange::csvRow(cellsOf(row, story, names));
    return table;
}

} // namespace indelible::bundle
