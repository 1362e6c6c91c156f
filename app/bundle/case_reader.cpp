// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/case_reader.h"

#include "app/bundle/case_story.h"
#include "app/record/checkpoint.h"
#include "app/record/entries_of.h"
#include "app/record/merkle_proof.h"
#include "app/record/stored_tree.h"
#include "app/store/case_table.h"
#include "app/store/conversation_table.h"
#include "app/store/record_table.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::bundle {

namespace {

constexpr qsizetype kMostRemembered = 200'000; // hashes, about 20 MiB

Row requireRow(store::Connection &connection, qint64 idx)
{
    std::optional<store::RecordRow> stored = store::readRecordRow(connection, idx);
    const std::optional<record::Entry> entry = stored ? record::Entry::fromBytes(stored->entry) : std::nullopt;
    if (!entry)
        throw store::StoreException(
            ErrorKind::Damaged,
            u"Entry %1 of the record is missing or damaged. No bundle was written; run 'indelible record verify' and restore a backup."_s
                .arg(idx));
    Row row{*entry, stored->salt, stored->body, {}, {}};
    if (row.body)
        row.said = objectFromBody(*row.body).value_or(QJsonObject());
    return row;
}

/// Visits a subject's entries from the newest to the first; `visit` returns false to stop.
void walkSubject(store::Connection &connection, const QByteArray &subject, const std::function<bool(Row)> &visit)
{
    std::optional<qint64> next = store::readSubjectHead(connection, subject).last;
    while (next) {
        Row row = requireRow(connection, *next);
        next = row.entry.previous == record::kNoPrevious ? std::nullopt
                                                         : std::optional(static_cast<qint64>(row.entry.previous));
        if (!visit(std::move(row)))
            return;
    }
}

/// The seals that say why rows have no words, where they are not among the rows: they are about many conversations and
/// therefore stand with the record's own entries.
void addSeals(store::Connection &connection, qint64 before, std::vector<Row> &rows)
{
    QSet<qint64> unexplained;
    for (const Row &row : rows) {
        if (!row.body)
            unexplained.insert(static_cast<qint64>(row.entry.idx));
    }
    if (unexplained.isEmpty())
        return;
    walkSubject(connection, record::systemSubject(), [&](Row row) {
        if (row.entry.kind != static_cast<quint16>(record::Kind::Erase) ||
            row.entry.idx >= static_cast<quint64>(before))
            return true;
        const QList<qint64> numbers = numbersOfSeal(row).value_or(QList<qint64>());
        if (std::ranges::any_of(numbers, [&](qint64 number) { return unexplained.contains(number); }))
            rows.push_back(std::move(row));
        return true;
    });
}

/// Remembers hashes: the proofs of a case's entries have most of them in common.
record::SubtreeSource remembering(record::SubtreeSource source)
{
    using Known = QHash<std::pair<int, qint64>, QByteArray>;
    return [source = std::move(source), known = std::make_shared<Known>()](int level, qint64 position) {
        if (const auto found = known->constFind({level, position}); found != known->constEnd())
            return *found;
        if (known->size() > kMostRemembered)
            known->clear();
        return *known->insert({level, position}, source(level, position));
    };
}

/// The anchors that say of the entries as early as any does that they are there: for each entry the first one that
/// covers it. Those of a history that the record does not have any more (`app/keeper`) say nothing of it.
QList<qint64> anchorsFor(store::Connection &connection, const QList<QByteArray> &subjects)
{
    const QString origin = record::originOf(record::readHead(connection).logId);
    const record::SubtreeSource tree = remembering(record::storedSubtrees(connection));
    std::vector<std::pair<qint64, qint64>> anchors; // covered entries, number
    for (const record::Entry &entry : record::entriesOf(connection, record::systemSubject(), record::Kind::Anchor)) {
        const auto idx = static_cast<qint64>(entry.idx);
        const std::optional<record::Checkpoint> named =
            record::soleCheckpoint(record::readBody(connection, idx).value("checkpoint"_L1).toString().toUtf8());
        if (named && named->origin == origin && named->size > 0 && named->size <= idx &&
            record::rootOf(named->size, tree) == named->root)
            anchors.emplace_back(named->size, idx);
    }
    std::ranges::sort(anchors);
    QSet<qint64> chosen;
    for (const QByteArray &subject : subjects) {
        walkSubject(connection, subject, [&](const Row &row) {
            const auto first = std::ranges::upper_bound(anchors, static_cast<qint64>(row.entry.idx), {},
                                                        &std::pair<qint64, qint64>::first);
            if (first != anchors.end())
                chosen.insert(first->second);
            return true;
        });
    }
    QList<qint64> numbers(chosen.cbegin(), chosen.cend());
    std::ranges::sort(numbers);
    return numbers;
}

} // namespace

qint64 appendExport(store::Connection &connection, const Clock &clock, quint32 member, CaseId id)
{
    const Case value = store::requireCase(connection, id);
    const QByteArray subject = store::caseSubject(connection, value.id);
    QHash<QByteArray, qint64> counts;
    for (const ConversationId conversation : store::conversationsOfCase(connection, value.id)) {
        const QByteArray named = store::requireConversation(connection, conversation).subject;
        counts.insert(named, store::readSubjectHead(connection, named).nextSeq);
    }
    counts.insert(subject, qint64(store::readSubjectHead(connection, subject).nextSeq) + 1); // with this one
    const QList<qint64> anchors = anchorsFor(connection, counts.keys());
    record::Log log(connection, clock);
    return log.append({record::Kind::Export, subject, member, true, exportBody(value.id.toString(), counts, anchors)});
}

std::vector<Row> readCase(store::Connection &connection, qint64 exportEntry, qint64 size)
{
    const QJsonObject subjects = requireRow(connection, exportEntry).said.value("subjects"_L1).toObject();
    std::vector<Row> rows;
    for (const QString &subject : subjects.keys()) {
        walkSubject(connection, QByteArray::fromHex(subject.toLatin1()), [&](Row row) {
            // What came after the export is not part of it.
            if (row.entry.idx <= static_cast<quint64>(exportEntry))
                rows.push_back(std::move(row));
            return true;
        });
    }
    addSeals(connection, exportEntry, rows);
    std::ranges::sort(rows, {}, [](const Row &row) { return row.entry.idx; });
    const record::SubtreeSource tree = remembering(record::storedSubtrees(connection));
    for (Row &row : rows)
        row.proof = record::inclusionProof(static_cast<qint64>(row.entry.idx), size, tree);
    return rows;
}

std::vector<AnchorRow> readAnchors(store::Connection &connection, const Row &exported, qint64 size)
{
    const record::SubtreeSource tree = remembering(record::storedSubtrees(connection));
    std::vector<AnchorRow> anchors;
    for (const qint64 idx : numbersIn(exported.said.value("anchors"_L1)).value_or(QList<qint64>())) {
        AnchorRow anchor{requireRow(connection, idx), {}};
        anchor.row.proof = record::inclusionProof(idx, size, tree);
        // What appendExport() took was a checkpoint; where it is none any more the check of the bundle says so.
        if (const auto named = record::soleCheckpoint(anchor.row.said.value("checkpoint"_L1).toString().toUtf8()))
            anchor.consistency = record::consistencyProof(named->size, size, tree);
        anchors.push_back(std::move(anchor));
    }
    return anchors;
}

} // namespace indelible::bundle
