// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/case_lines.h"
#include "app/bundle/files.h"
#include "app/record/checkpoint.h"
#include "app/record/entry.h"

#include <QHash>
#include <QJsonObject>

#include <vector>

namespace indelible::test {

/// A record made by hand, in memory, with a key of its own: what cannot be had from a workspace (words destroyed,
/// entries that lie) can be put into a bundle all the same. The same bytes at every run.
class HandMade
{
public:
    HandMade();

    /// Appends an entry and returns its number.
    qint64 append(record::Kind kind, const QByteArray &subject, const QJsonObject &body);
    /// Destroys an entry's words, as a seal does.
    void destroyWords(qint64 idx) { m_rows.at(static_cast<size_t>(idx)).hasWords = false; }
    /// Appends an ANCHOR entry with the checkpoint over what is there.
    qint64 appendAnchor(const QString &to);
    /// Appends the EXPORT entry with the true counts, and these instead of the true ones.
    void appendExport(const QByteArray &caseSubject, const QList<QByteArray> &conversations,
                      const QHash<QByteArray, qint64> &lies = {}, const QList<qint64> &anchors = {});

    /// A bundle of the entries with these numbers, in this order; the table is what its rows make where they fit
    /// together, else empty.
    [[nodiscard]] bundle::Files bundleOf(const QList<qint64> &numbers) const;
    /// anchors.jsonl with these ANCHOR entries.
    [[nodiscard]] QByteArray anchorsOf(const QList<qint64> &numbers) const;
    /// Of all entries of these subjects, and these besides.
    [[nodiscard]] bundle::Files bundleOf(const QList<QByteArray> &subjects, const QList<qint64> &besides = {}) const;

    [[nodiscard]] qint64 size() const { return static_cast<qint64>(m_rows.size()); }
    [[nodiscard]] record::Entry &entry(qint64 idx) { return m_rows.at(static_cast<size_t>(idx)).entry; }
    [[nodiscard]] const record::SigningKey &key() const { return m_key; }
    [[nodiscard]] QString origin() const { return record::originOf(m_logId); }

private:
    struct Made
    {
        record::Entry entry;
        QByteArray salt;
        QByteArray body;
        bool hasWords = true;
    };
    [[nodiscard]] record::Checkpoint checkpoint() const;
    [[nodiscard]] bundle::Row row(qint64 number) const;
    [[nodiscard]] QByteArray subtree(int level, qint64 position) const;

    QByteArray m_logId;
    record::SigningKey m_key;
    std::vector<Made> m_rows;
    QHash<QByteArray, record::Entry> m_heads; ///< the last entry of each subject
};

/// 16 bytes that stand for somebody.
[[nodiscard]] QByteArray subjectNamed(char name);

/// A little case: opened on one conversation, a second one linked, an answer, a note, and what other people say
/// between.
[[nodiscard]] HandMade littleRecord();
[[nodiscard]] bundle::Files littleBundle();

/// The same with the words of two entries destroyed and the seal that says so.
[[nodiscard]] bundle::Files sealedBundle();

/// The same with two checkpoints given to others, one of them over a number of entries that is a power of two.
[[nodiscard]] bundle::Files anchoredBundle();

} // namespace indelible::test
