// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/check.h"

#include "app/bundle/case_lines.h"
#include "app/bundle/case_story.h"
#include "app/bundle/case_table.h"
#include "app/record/merkle.h"
#include "app/record/merkle_proof.h"

using namespace Qt::StringLiterals;

namespace indelible::bundle {

namespace {

constexpr qint64 kLargestSize = 999'999'999'999'999; // 15 digits, as in a line
constexpr quint64 kLatestMs = 253'402'300'799'999;   // 9999-12-31: what a table can name

Verdict checkSignature(const Files &files, const QByteArray &expectedKey, record::Checkpoint &checkpoint)
{
    const std::optional<record::NoteKey> key =
        files.key.endsWith('\n') ? record::verifierFromText(files.key.chopped(1)) : std::nullopt;
    if (!key || !record::isOrigin(key->name))
        return {Fault::Key};
    if (!expectedKey.isEmpty() && expectedKey.trimmed() + '\n' != files.key)
        return {Fault::ForeignKey};
    const std::optional<record::Checkpoint> read = record::soleCheckpoint(files.checkpoint);
    if (!read || read->size > kLargestSize)
        return {Fault::Note};
    if (!record::openCheckpoint(files.checkpoint, *key))
        return {Fault::Signature};
    checkpoint = *read;
    return {};
}

Verdict checkHeader(const QList<QByteArray> &lines, const QByteArray &note)
{
    if (!lines.front().endsWith(",\"format\":\"si-case/1\"}"))
        return {Fault::Format};
    // The last part is what follows the last line feed: nothing.
    const bool fits = lines.size() > 1 && lines.back().isEmpty() && lines.front() == headerLine(note, lines.size() - 2);
    return {fits ? Fault::None : Fault::Header};
}

Fault checkRow(const RowText &text, const record::Checkpoint &checkpoint, const std::vector<Row> &before, Row &row)
{
    const std::optional<record::Entry> entry = record::Entry::fromBytes(text.entry);
    if (!entry || entry->idx != static_cast<quint64>(text.idx) || entry->timeMs > kLatestMs ||
        record::originOf(entry->logId) != checkpoint.origin)
        return Fault::Entry;
    if (!before.empty() && before.back().entry.idx >= entry->idx)
        return Fault::Order;
    row = {*entry, text.salt, text.body, {}, text.proof};
    if (text.body) {
        const std::optional<QJsonObject> said = objectFromBody(*text.body);
        if (record::commitment(*text.salt, *text.body) != entry->commitment || !said)
            return Fault::Body;
        row.said = *said;
    }
    const bool proven =
        record::checkInclusion(record::leafHash(text.entry), text.idx, checkpoint.size, text.proof, checkpoint.root);
    return proven ? Fault::None : Fault::Proof;
}

Verdict checkRows(const QList<QByteArray> &lines, const record::Checkpoint &checkpoint, std::vector<Row> &rows)
{
    for (qsizetype i = 1; i + 1 < lines.size(); ++i) {
        const std::optional<RowText> text = rowTextFromLine(lines.at(i));
        if (!text)
            return {Fault::Line, i + 1};
        Row row;
        if (const Fault fault = checkRow(*text, checkpoint, rows, row); fault != Fault::None)
            return {fault, i + 1};
        rows.push_back(std::move(row));
    }
    return {};
}

} // namespace

Checked check(const Files &files, const QByteArray &expectedKey)
{
    record::Checkpoint checkpoint;
    if (const Verdict verdict = checkSignature(files, expectedKey, checkpoint); !verdict.isGood())
        return {verdict, {}};
    const QList<QByteArray> lines = files.lines.split('\n');
    if (const Verdict verdict = checkHeader(lines, files.checkpoint); !verdict.isGood())
        return {verdict, {}};
    std::vector<Row> rows;
    if (const Verdict verdict = checkRows(lines, checkpoint, rows); !verdict.isGood())
        return {verdict, {}};
    Story story;
    if (const Verdict verdict = tell(rows, story); !verdict.isGood())
        return {verdict, {}};
    if (caseTable(rows, story) != files.table)
        return {{Fault::Table}, {}};
    return {{},
            {story.number, static_cast<qint64>(rows.size()), story.sealedBy.size(), story.hidesLinks, checkpoint,
             static_cast<qint64>(rows.back().entry.timeMs)}};
}

} // namespace indelible::bundle
