// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/log.h"

#include "app/record/canonical_json.h"
#include "app/store/record_table.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

// Subtrees of these heights are stored, so that a proof over a million entries reads a few hundred of them (2 x 256).
constexpr int kStoredLevels[] = {8, 16};

store::RecordState requireState(store::Connection &connection)
{
    std::optional<store::RecordState> state = store::readRecordState(connection);
    if (!state)
        throw store::StoreException(ErrorKind::Damaged,
                                    u"This workspace has no record. Nothing was changed; restore a backup."_s);
    return *state;
}

Frontier requireFrontier(const store::RecordState &state)
{
    std::optional<Frontier> frontier = Frontier::fromBytes(state.size, state.frontier);
    if (!frontier)
        throw store::StoreException(
            ErrorKind::Damaged,
            u"The record's state does not fit its size. Nothing was changed; run 'indelible record verify' and restore a backup."_s);
    return *frontier;
}

} // namespace

Log::Log(store::Connection &connection, const indelible::Clock &clock, RandomSource random)
    : m_connection(connection)
    , m_clock(clock)
    , m_random(random)
{
    const store::RecordState state = requireState(connection);
    m_logId = state.logId;
    m_lastTimeMs = state.lastTimeMs;
    m_frontier = requireFrontier(state);
}

store::SubjectHead &Log::headOf(const QByteArray &subject)
{
    const auto known = m_heads.find(subject);
    return known != m_heads.end() ? *known : *m_heads.insert(subject, store::readSubjectHead(m_connection, subject));
}

qint64 Log::append(const Draft &draft)
{
    const Result<QByteArray> body = canonicalJson(draft.body);
    if (!body)
        throw store::StoreException(body.error());
    store::SubjectHead &head = headOf(draft.subject);
    const qint64 idx = m_frontier.size();
    const qint64 nowMs = toMs(m_clock.now());
    const QByteArray salt = m_random(kSaltBytes);

    Entry entry;
    entry.logId = m_logId;
    entry.idx = static_cast<quint64>(idx);
    entry.timeMs = static_cast<quint64>(nowMs);
    entry.kind = static_cast<quint16>(draft.kind);
    entry.flags =
        static_cast<quint16>((draft.human ? kFlagHuman : 0) | (nowMs < m_lastTimeMs ? kFlagClockBackwards : 0));
    entry.subject = draft.subject;
    entry.subjectSeq = head.nextSeq;
    entry.actor = draft.actor;
    entry.previous = head.last ? static_cast<quint64>(*head.last) : kNoPrevious;
    entry.commitment = commitment(salt, *body);

    const QByteArray bytes = entry.toBytes();
    store::insertRecordEntry(m_connection, idx, bytes, salt, *body);
    for (const Frontier::Node &node : m_frontier.append(leafHash(bytes))) {
        for (const int level : kStoredLevels) {
            if (node.level == level)
                store::insertRecordNode(m_connection, node.level, node.position, node.hash);
        }
    }
    store::advanceRecordState(m_connection, m_frontier.toBytes(), nowMs);
    head = {head.nextSeq + 1, idx};
    store::writeSubjectHead(m_connection, draft.subject, head.nextSeq, idx);
    m_lastTimeMs = nowMs;
    return idx;
}

void createLog(store::Connection &connection, const indelible::Clock &clock, const QJsonObject &genesis,
               RandomSource random)
{
    if (store::readRecordState(connection))
        return;
    store::createRecordState(connection, random(kIdBytes));
    Log log(connection, clock, random);
    log.append({Kind::Genesis, systemSubject(), 0, false, genesis});
}

Head readHead(store::Connection &connection)
{
    const store::RecordState state = requireState(connection);
    return {state.logId, state.size, requireFrontier(state).root()};
}

QJsonObject readBody(store::Connection &connection, qint64 idx)
{
    const std::optional<QByteArray> bytes = store::readRecordBody(connection, idx);
    return bytes ? QJsonDocument::fromJson(*bytes).object() : QJsonObject();
}

} // namespace indelible::record
