// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bundle/hand_made.h"

#include "app/bundle/case_lines.h"
#include "app/bundle/case_story.h"
#include "app/bundle/case_table.h"
#include "app/record/canonical_json.h"
#include "app/record/hash.h"
#include "app/record/item_body.h"
#include "app/record/merkle.h"
#include "app/record/merkle_proof.h"
#include "tests/support/samples.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::test {

using record::Kind;

HandMade::HandMade()
    : m_logId(record::sha256({"a log"}).left(record::kIdBytes))
    , m_key(record::SigningKey::fromSeed(record::sha256({"a seed"})).value())
{
}

qint64 HandMade::append(Kind kind, const QByteArray &subject, const QJsonObject &body)
{
    Made made;
    made.body = record::canonicalJson(body).value();
    made.salt = record::sha256({"a salt", QByteArray::number(size())});
    record::Entry &entry = made.entry;
    entry.logId = m_logId;
    entry.idx = static_cast<quint64>(size());
    entry.timeMs = 1'795'338'000'000U + entry.idx * 61'001;
    entry.kind = static_cast<quint16>(kind);
    entry.subject = subject;
    entry.actor = entry.idx % 2;
    if (m_heads.contains(subject)) {
        entry.subjectSeq = m_heads.value(subject).subjectSeq + 1;
        entry.previous = m_heads.value(subject).idx;
    }
    entry.commitment = record::commitment(made.salt, made.body);
    m_heads.insert(subject, entry);
    m_rows.push_back(made);
    return size() - 1;
}

record::Checkpoint HandMade::checkpoint() const
{
    const record::SubtreeSource tree = [this](int level, qint64 position) { return subtree(level, position); };
    return {origin(), size(), record::rootOf(size(), tree)};
}

qint64 HandMade::appendAnchor(const QString &to)
{
    const QByteArray note = record::signCheckpoint(checkpoint(), m_key);
    return append(Kind::Anchor, record::systemSubject(),
                  {{u"checkpoint"_s, QString::fromUtf8(note)}, {u"how"_s, u"text"_s}, {u"to"_s, to}});
}

void HandMade::appendExport(const QByteArray &caseSubject, const QList<QByteArray> &conversations,
                            const QHash<QByteArray, qint64> &lies, const QList<qint64> &anchors)
{
    QHash<QByteArray, qint64> counts;
    for (const QByteArray &subject : conversations)
        counts.insert(subject, qint64(m_heads.value(subject).subjectSeq) + 1);
    counts.insert(caseSubject, qint64(m_heads.value(caseSubject).subjectSeq) + 2);
    counts.insert(lies);
    append(Kind::Export, caseSubject, bundle::exportBody(u"7"_s, counts, anchors));
}

QByteArray HandMade::subtree(int level, qint64 position) const
{
    if (level == 0)
        return record::leafHash(m_rows.at(static_cast<size_t>(position)).entry.toBytes());
    return record::nodeHash(subtree(level - 1, 2 * position), subtree(level - 1, 2 * position + 1));
}

bundle::Row HandMade::row(qint64 number) const
{
    const record::SubtreeSource tree = [this](int level, qint64 position) { return subtree(level, position); };
    const Made &made = m_rows.at(static_cast<size_t>(number));
    bundle::Row row{made.entry, {}, {}, {}, record::inclusionProof(number, size(), tree)};
    if (made.hasWords) {
        row.salt = made.salt;
        row.body = made.body;
        row.said = bundle::objectFromBody(made.body).value();
    }
    return row;
}

QByteArray HandMade::anchorsOf(const QList<qint64> &numbers) const
{
    const record::SubtreeSource tree = [this](int level, qint64 position) { return subtree(level, position); };
    QByteArray lines;
    for (const qint64 number : numbers) {
        bundle::AnchorRow anchor{row(number), {}};
        const auto named = record::soleCheckpoint(anchor.row.said.value("checkpoint"_L1).toString().toUtf8());
        if (named)
            anchor.consistency = record::consistencyProof(named->size, size(), tree);
        lines += bundle::anchorLine(anchor) + '\n';
    }
    return lines;
}

bundle::Files HandMade::bundleOf(const QList<qint64> &numbers) const
{
    bundle::Files files;
    files.checkpoint = record::signCheckpoint(checkpoint(), m_key);
    files.key = record::verifierText({origin(), m_key.publicKey()}) + '\n';
    files.lines = bundle::headerLine(files.checkpoint, numbers.size()) + '\n';
    std::vector<bundle::Row> rows;
    for (const qint64 number : numbers) {
        rows.push_back(row(number));
        files.lines += bundle::rowLine(rows.back()) + '\n';
    }
    bundle::Story story;
    if (bundle::tell(rows, story).isGood())
        files.table = bundle::caseTable(rows, story);
    return files;
}

bundle::Files HandMade::bundleOf(const QList<QByteArray> &subjects, const QList<qint64> &besides) const
{
    QList<qint64> numbers = besides;
    for (const Made &made : m_rows) {
        if (subjects.contains(made.entry.subject))
            numbers.append(static_cast<qint64>(made.entry.idx));
    }
    std::ranges::sort(numbers);
    return bundleOf(numbers);
}

QByteArray subjectNamed(char name)
{
    return QByteArray(record::kIdBytes, name);
}

namespace {

QJsonObject said(const QString &text)
{
    return record::itemBody(
        sampleItem(u"at://did:ana/post/%1"_s.arg(text.size()), u"thread"_s, text, fromMs(1'795'337'000'000)));
}

QString hexOf(char name)
{
    return QString::fromLatin1(subjectNamed(name).toHex());
}

} // namespace

HandMade littleRecord()
{
    HandMade made;
    made.append(Kind::Genesis, record::systemSubject(), {{u"format"_s, u"indelible-record/1"_s}});
    made.append(Kind::ItemSeen, subjectNamed('a'), said(u"=1+1 \"cold\" soup,\nagain \U0001F372"_s));
    made.append(Kind::ItemSeen, subjectNamed('x'), said(u"somebody else"_s));
    made.append(Kind::ItemSeen, subjectNamed('b'), said(u"'-5 degrees"_s));
    made.append(
        Kind::CaseOpen, subjectNamed('c'),
        {{u"case"_s, u"7"_s}, {u"conversation"_s, hexOf('a')}, {u"person"_s, u"Ana"_s}, {u"text"_s, u"Soup"_s}});
    made.append(Kind::CaseState, subjectNamed('c'), {{u"linked"_s, hexOf('b')}});
    made.append(Kind::ItemSeen, subjectNamed('x'), said(u"somebody else again"_s));
    made.append(Kind::ReplyIntent, subjectNamed('a'), said(u"We are sorry."_s));
    made.append(Kind::ItemEdit, subjectNamed('b'), said(u"-5 degrees, really"_s));
    made.append(Kind::Note, subjectNamed('c'), {{u"text"_s, u"Called twice"_s}});
    return made;
}

bundle::Files littleBundle()
{
    HandMade made = littleRecord();
    made.appendExport(subjectNamed('c'), {subjectNamed('a'), subjectNamed('b')});
    made.append(Kind::ItemSeen, subjectNamed('a'), said(u"after the export"_s));
    return made.bundleOf({1, 3, 4, 5, 7, 8, 9, 10});
}

bundle::Files sealedBundle()
{
    HandMade made = littleRecord();
    const qint64 seal = made.append(Kind::Erase, record::systemSubject(),
                                    {{u"entries"_s, QJsonArray{1, 2, 7}}, {u"reason"_s, u"art-17"_s}});
    for (const qint64 idx : {1, 2, 7})
        made.destroyWords(idx);
    made.appendExport(subjectNamed('c'), {subjectNamed('a'), subjectNamed('b')});
    return made.bundleOf({subjectNamed('a'), subjectNamed('b'), subjectNamed('c')}, {seal});
}

bundle::Files anchoredBundle()
{
    HandMade made;
    made.append(Kind::Genesis, record::systemSubject(), {{u"format"_s, u"indelible-record/1"_s}});
    made.append(Kind::ItemSeen, subjectNamed('a'), said(u"cold soup"_s));
    made.append(Kind::ItemSeen, subjectNamed('x'), said(u"somebody else"_s));
    made.append(Kind::CaseOpen, subjectNamed('c'), {{u"conversation"_s, hexOf('a')}});
    const qint64 first = made.appendAnchor(u"the notary"_s);
    made.append(Kind::Note, subjectNamed('c'), {{u"text"_s, u"Called twice"_s}});
    made.append(Kind::ItemSeen, subjectNamed('x'), said(u"somebody else again"_s));
    const qint64 second = made.appendAnchor(u"https://time.example/"_s);
    made.appendExport(subjectNamed('c'), {subjectNamed('a')}, {}, {first, second});
    made.append(Kind::ItemSeen, subjectNamed('x'), said(u"after the export"_s));
    bundle::Files files = made.bundleOf(QList<QByteArray>{subjectNamed('a'), subjectNamed('c')});
    files.anchors = made.anchorsOf({first, second});
    return files;
}

} // namespace indelible::test
