// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/check.h"

#include "app/bundle/case_lines.h"
#include "app/bundle/case_story.h"
#include "app/bundle/case_table.h"
#include "app/bundle/row_check.h"

using namespace Qt::StringLiterals;

namespace indelible::bundle {

namespace {

Verdict checkSignature(const Files &files, const QByteArray &expectedKey, record::Checkpoint &checkpoint)
{
    const std::optional<record::NoteKey> key =
        files.key.endsWith('\n') ? record::verifierFromText(files.key.chopped(1)) : std::nullopt;
    if (!key || !record::isOrigin(key->name))
        return {Fault::Key};
    if (!expectedKey.isEmpty() && expectedKey.trimmed() + '\n' != files.key)
        return {Fault::ForeignKey};
    const std::optional<record::Checkpoint> read = record::soleCheckpoint(files.checkpoint);
    if (!read || read->size > kLargestNumber)
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

Verdict checkRows(const QList<QByteArray> &lines, const record::Checkpoint &checkpoint, std::vector<Row> &rows)
{
    for (qsizetype i = 1; i + 1 < lines.size(); ++i) {
        const std::optional<RowText> text = rowTextFromLine(lines.at(i));
        if (!text)
            return {Fault::Line, i + 1};
        Row row;
        if (const Fault fault = checkRow(*text, checkpoint, rows.empty() ? nullptr : &rows.back(), row);
            fault != Fault::None)
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
    std::vector<ProvenAnchor> anchors;
    if (const Verdict verdict = checkAnchors(files.anchors, rows.back(), checkpoint, anchors); !verdict.isGood())
        return {verdict, {}};
    return {{},
            {story.number, static_cast<qint64>(rows.size()), story.sealedBy.size(), story.hidesLinks, checkpoint,
             static_cast<qint64>(rows.back().entry.timeMs), std::move(anchors)}};
}

} // namespace indelible::bundle
