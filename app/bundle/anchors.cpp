// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/anchors.h"

#include "app/bundle/case_story.h"
#include "app/bundle/row_check.h"
#include "app/record/merkle_proof.h"

using namespace Qt::StringLiterals;

namespace indelible::bundle {

namespace {

/// The checkpoint that an ANCHOR entry names, where it is one of this record from before the entry.
std::optional<record::Checkpoint> namedBy(const Row &row, const QString &origin)
{
    if (row.entry.kind != static_cast<quint16>(record::Kind::Anchor))
        return std::nullopt;
    const std::optional<record::Checkpoint> named =
        record::soleCheckpoint(row.said.value("checkpoint"_L1).toString().toUtf8());
    const bool fits =
        named && named->origin == origin && named->size > 0 && static_cast<quint64>(named->size) <= row.entry.idx;
    return fits ? named : std::nullopt;
}

std::optional<ProvenAnchor> provenBy(const QByteArray &line, const record::Checkpoint &checkpoint,
                                     std::optional<Row> &before)
{
    const std::optional<AnchorRowText> text = anchorRowTextFromLine(line);
    Row row;
    if (!text || checkRow(text->row, checkpoint, before ? &*before : nullptr, row) != Fault::None)
        return std::nullopt;
    const std::optional<record::Checkpoint> named = namedBy(row, checkpoint.origin);
    if (!named ||
        !record::checkConsistency(named->size, named->root, checkpoint.size, checkpoint.root, text->consistency))
        return std::nullopt;
    ProvenAnchor anchor{named->size, static_cast<qint64>(row.entry.timeMs), row.said.value("to"_L1).toString()};
    before = std::move(row);
    return anchor;
}

} // namespace

Verdict checkAnchors(const QByteArray &lines, const Row &exported, const record::Checkpoint &checkpoint,
                     std::vector<ProvenAnchor> &anchors)
{
    const QList<QByteArray> all = lines.split('\n');
    QList<qint64> numbers;
    std::optional<Row> before;
    for (qsizetype i = 0; i + 1 < all.size(); ++i) {
        std::optional<ProvenAnchor> anchor = provenBy(all.at(i), checkpoint, before);
        if (!anchor)
            return {Fault::Anchor, i + 1};
        numbers.append(static_cast<qint64>(before->entry.idx));
        anchors.push_back(std::move(*anchor));
    }
    const bool states = exported.said.contains("anchors"_L1);
    const std::optional<QList<qint64>> stated = states ? numbersIn(exported.said.value("anchors"_L1)) : QList<qint64>();
    return {all.back().isEmpty() && stated == numbers ? Fault::None : Fault::Anchors};
}

} // namespace indelible::bundle
