// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/verify.h"

#include "app/record/entry.h"
#include "app/record/merkle.h"
#include "app/record/seal.h"
#include "app/store/record_table.h"
#include "app/store/seal_table.h"

#include <QHash>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

constexpr qint64 kProgressEvery = 4096;

/// A subject's 16 bytes, in place: a million of them are looked up. They are random, so any eight are a good hash.
struct SubjectKey
{
    explicit SubjectKey(const QByteArray &subject)
    {
        Q_ASSERT(subject.size() == kIdBytes);
        std::memcpy(words.data(), subject.constData(), kIdBytes);
    }
    friend bool operator==(const SubjectKey &, const SubjectKey &) = default;
    std::array<quint64, 2> words;
};

size_t qHash(const SubjectKey &key, size_t seed = 0) noexcept
{
    return key.words[0] ^ seed;
}

class Checker
{
public:
    explicit Checker(store::RecordState state)
        : m_state(std::move(state))
    {
        m_subjects.reserve(m_state.size / 4);
    }

    /// An empty answer = the row matches.
    QString check(const store::RecordRow &row)
    {
        const qint64 expected = m_frontier.size();
        if (row.idx != expected)
            return u"Entry %1 is missing."_s.arg(expected);
        const std::optional<Entry> entry = Entry::fromBytes(row.entry);
        if (!entry)
            return u"Entry %1 is not an entry of this format."_s.arg(expected);
        if (entry->logId != m_state.logId || entry->idx != static_cast<quint64>(expected))
            return u"Entry %1 belongs to another place or another record."_s.arg(expected);
        if (QString problem = checkSubject(*entry); !problem.isEmpty())
            return problem;
        if (!row.body)
            m_unexplained.insert(expected);
        else if (commitment(*row.salt, *row.body) != entry->commitment)
            return u"The body of entry %1 is not the one that was recorded."_s.arg(expected);
        if (row.body && entry->kind == static_cast<quint16>(Kind::Erase)) {
            if (QString problem = checkSeal(expected, *row.body); !problem.isEmpty())
                return problem;
        }
        for (const Frontier::Node &node : m_frontier.append(leafHash(row.entry))) {
            if (node.level == 8 || node.level == 16)
                m_nodes.insert({node.level, node.position}, node.hash);
        }
        return {};
    }

    QString finish(store::Connection &connection)
    {
        if (m_frontier.size() != m_state.size)
            return u"The record says it has %1 entries, but %2 are there."_s.arg(m_state.size).arg(m_frontier.size());
        if (m_frontier.toBytes() != m_state.frontier)
            return u"The entries do not add up to the stored state of the record."_s;
        // Every entry up to the size had its body, or was sealed.
        if (store::hasBodyOutside(connection, m_state.size))
            return u"There are bodies that belong to no entry."_s;
        if (store::allErased(connection) != m_sealed)
            return u"What the tables say was sealed is not what the record says."_s;
        return checkNodes(connection) + checkHeads(connection);
    }

    /// The first entry whose body is missing though no later entry says that it was sealed.
    [[nodiscard]] std::optional<qint64> missingBody() const
    {
        const auto first = std::ranges::min_element(m_unexplained);
        return first == m_unexplained.end() ? std::nullopt : std::optional(*first);
    }

    [[nodiscard]] const Frontier &frontier() const { return m_frontier; }

private:
    /// A3: words are missing exactly where one later entry says so.
    QString checkSeal(qint64 by, const QByteArray &body)
    {
        const auto entries = erasedEntries(QJsonDocument::fromJson(body).object());
        if (!entries)
            return u"Entry %1 does not say what it sealed."_s.arg(by);
        for (const qint64 idx : *entries) {
            if (!m_unexplained.remove(idx))
                return u"Entry %1 says that the words of entry %2 were sealed, which does not fit it."_s.arg(by).arg(
                    idx);
            m_sealed.insert(idx, by);
        }
        return {};
    }

    QString checkSubject(const Entry &entry)
    {
        store::SubjectHead &head = m_subjects[SubjectKey(entry.subject)];
        const quint64 previous = head.last ? static_cast<quint64>(*head.last) : kNoPrevious;
        if (entry.subjectSeq != head.nextSeq || entry.previous != previous)
            return u"Entry %1 does not follow the entry before it of the same subject."_s.arg(entry.idx);
        head.nextSeq = entry.subjectSeq + 1;
        head.last = static_cast<qint64>(entry.idx);
        return {};
    }

    QString checkNodes(store::Connection &connection)
    {
        qsizetype seen = 0;
        bool good = true;
        store::forEachRecordNode(connection, [&](int level, qint64 position, const QByteArray &hash) {
            ++seen;
            good = m_nodes.value({level, position}) == hash;
            return good;
        });
        return good && seen == m_nodes.size() ? QString()
                                              : u"A stored subtree of the record does not match its entries."_s;
    }

    QString checkHeads(store::Connection &connection)
    {
        qsizetype seen = 0;
        bool good = true;
        store::forEachSubjectHead(connection, [&](const QByteArray &subject, const store::SubjectHead &head) {
            ++seen;
            good = subject.size() == kIdBytes;
            if (!good)
                return false;
            const auto found = m_subjects.constFind(SubjectKey(subject));
            good = found != m_subjects.constEnd() && found->nextSeq == head.nextSeq && found->last == head.last;
            return good;
        });
        return good && seen == m_subjects.size() ? QString()
                                                 : u"The stored end of a subject's entries does not match them."_s;
    }

    store::RecordState m_state;
    Frontier m_frontier;
    QHash<SubjectKey, store::SubjectHead> m_subjects;
    QHash<std::pair<int, qint64>, QByteArray> m_nodes;
    QSet<qint64> m_unexplained;     ///< without a body, and without an entry that says why so far
    QHash<qint64, qint64> m_sealed; ///< entry -> the ERASE entry
};

} // namespace

Verification verify(store::Connection &connection, const std::function<bool(qint64)> &progress)
{
    std::optional<store::RecordState> state = store::readRecordState(connection);
    if (!state)
        return {0, {}, {}, u"This workspace has no record."_s};
    Checker checker(*state);
    Verification result;
    store::forEachRecordRow(connection, [&](const store::RecordRow &row) {
        result.problem = checker.check(row);
        if (!result.problem.isEmpty()) {
            result.badEntry = checker.frontier().size();
            return false;
        }
        if (progress && checker.frontier().size() % kProgressEvery == 0 && !progress(checker.frontier().size()))
            result.problem = u"The check was stopped before its end."_s;
        return result.problem.isEmpty();
    });
    if (result.problem.isEmpty() && checker.missingBody()) {
        result.badEntry = checker.missingBody();
        result.problem = u"The body of entry %1 is missing."_s.arg(*result.badEntry);
    }
    result.entries = checker.frontier().size();
    result.root = checker.frontier().root();
    if (result.problem.isEmpty())
        result.problem = checker.finish(connection);
    return result;
}

} // namespace indelible::record
