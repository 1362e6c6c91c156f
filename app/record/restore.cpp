// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/restore.h"

#include "app/record/entries_of.h"
#include "app/record/entry.h"
#include "app/record/log.h"
#include "app/record/merkle.h"
#include "app/record/merkle_proof.h"
#include "app/record/stored_tree.h"
#include "app/store/record_table.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

Restore restoreFrom(const QJsonObject &body, const QString &origin)
{
    Restore restore;
    restore.backupSize = body.value("backup_size"_L1).toInteger();
    restore.reason = body.value("reason"_L1).toString();
    restore.otherHistory = body.value("other_history"_L1).toBool();
    if (body.contains("replaced_size"_L1))
        restore.replaced = body.value("replaced_size"_L1).toInteger();
    const QJsonArray marks = body.value("marks"_L1).toArray();
    for (const auto value : marks) {
        const QJsonObject mark = value.toObject();
        restore.marks.push_back({origin, mark.value("size"_L1).toInteger(),
                                 QByteArray::fromBase64(mark.value("root"_L1).toString().toLatin1())});
    }
    return restore;
}

/// Entry and body are what the tree of `known` was made of.
bool isProven(store::Connection &connection, qint64 idx, const Checkpoint &known, const SubtreeSource &subtree)
{
    const std::optional<store::RecordRow> row = store::readRecordRow(connection, idx);
    const std::optional<Entry> entry = row ? Entry::fromBytes(row->entry) : std::nullopt;
    return entry && row->body && commitment(*row->salt, *row->body) == entry->commitment &&
           checkInclusion(leafHash(row->entry), idx, known.size, inclusionProof(idx, known.size, subtree), known.root);
}

} // namespace

qint64 Restore::lost() const
{
    qint64 once = replaced.value_or(0);
    for (const Checkpoint &mark : marks)
        once = std::max(once, mark.size);
    return std::max<qint64>(0, once - backupSize);
}

QJsonObject bodyOf(const Restore &restore)
{
    QJsonArray marks;
    for (const Checkpoint &mark : restore.marks)
        marks.append(QJsonObject{{u"size"_s, mark.size}, {u"root"_s, QString::fromLatin1(mark.root.toBase64())}});
    QJsonObject body{{u"backup_size"_s, restore.backupSize},
                     {u"lost"_s, restore.lost()},
                     {u"marks"_s, marks},
                     {u"reason"_s, restore.reason}};
    if (restore.replaced)
        body.insert("replaced_size"_L1, *restore.replaced);
    if (restore.otherHistory)
        body.insert("other_history"_L1, true);
    return body;
}

std::vector<StoredRestore> readRestores(store::Connection &connection)
{
    std::vector<StoredRestore> restores;
    for (const Entry &entry : entriesOf(connection, systemSubject(), Kind::Restore)) {
        const auto idx = static_cast<qint64>(entry.idx);
        restores.push_back({idx, restoreFrom(readBody(connection, idx), originOf(entry.logId))});
    }
    return restores;
}

std::vector<StoredRestore> provenRestores(store::Connection &connection, const Checkpoint &known)
{
    std::vector<StoredRestore> proven;
    const SubtreeSource subtree = storedSubtrees(connection);
    for (const StoredRestore &restore : readRestores(connection)) {
        if (restore.entry < known.size && isProven(connection, restore.entry, known, subtree))
            proven.push_back(restore);
    }
    return proven;
}

std::vector<Checkpoint> unansweredMarks(const std::vector<Checkpoint> &marks,
                                        const std::vector<StoredRestore> &restores)
{
    std::vector<Checkpoint> rest;
    std::ranges::copy_if(marks, std::back_inserter(rest), [&](const Checkpoint &mark) {
        // By size and root, which the entry has: every leaf below a root names its record.
        const auto isMark = [&mark](const Checkpoint &named) {
            return named.size == mark.size && named.root == mark.root;
        };
        return std::ranges::none_of(restores, [&isMark](const StoredRestore &stored) {
            return std::ranges::any_of(stored.restore.marks, isMark);
        });
    });
    return rest;
}

} // namespace indelible::record
