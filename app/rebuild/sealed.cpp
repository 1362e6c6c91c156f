// SPDX-License-Identifier: GPL-3.0-or-later
// Entries whose words were destroyed: what they did is done again with what the tables still hold of them.
#include "app/rebuild/event.h"
#include "app/record/seal.h"
#include "app/store/case_table.h"
#include "app/store/conversation_table.h"
#include "app/store/inbox_reader.h"
#include "app/store/item_table.h"
#include "app/store/outbox_table.h"
#include "app/store/seal_table.h"

using namespace Qt::StringLiterals;

namespace indelible::rebuild {

namespace {

[[noreturn]] void missing(qint64 idx)
{
    throw store::StoreException(
        ErrorKind::Damaged,
        u"Entry %1 was sealed, and the row that it belongs to is missing. Nothing was changed; run 'indelible record verify'."_s
            .arg(idx));
}

} // namespace

void Replay::takeSealed(const store::RecordRow &row, const record::Entry &entry)
{
    copyRow(row, entry);
    const Event event{row.idx,     static_cast<record::Kind>(entry.kind),     entry.subject,
                      entry.actor, fromMs(static_cast<qint64>(entry.timeMs)), {}};
    switch (event.kind) {
    case record::Kind::ItemSeen:
        return seeSealed(event);
    case record::Kind::ItemEdit:
        return editSealed(event);
    case record::Kind::ReplyIntent:
        return intendSealed(event);
    case record::Kind::CaseOpen:
        return openSealedCase(event);
    case record::Kind::Note:
        return addNote(event);
    case record::Kind::CaseState:
        return changeCase(event);
    case record::Kind::ItemGone: // when it went is copied at the end
        return;
    default:
        return missing(row.idx); // no seal names such an entry
    }
}

store::ConversationKey Replay::sealedConversation(const QByteArray &subject)
{
    if (const auto known = m_conversations.constFind(subject); known != m_conversations.constEnd())
        return *known;
    const std::optional<ConversationId> id = store::conversationOfSubject(m_from, subject);
    if (!id)
        return {};
    store::ConversationKey key = store::requireConversation(m_from, *id);
    key.id = store::insertConversation(
        m_to, {key.account, key.threadId, subject, store::readRow(m_from, *id).kind, key.audience});
    m_conversations.insert(subject, key);
    return key;
}

qint64 Replay::sealedHandle(const store::ItemRow &old)
{
    const store::HandleRow handle = store::requireHandle(m_from, old.handle);
    // What we are called is nobody's secret, and stays when an answer of ours goes; so each one brings it along.
    return old.direction == Direction::Outgoing
               ? store::upsertHandle(m_to, handle.network, {handle.remoteId, handle.handle, handle.name})
               : store::adoptHandle(m_to, handle);
}

void Replay::seeSealed(const Event &event)
{
    const std::optional<store::ItemRow> old = store::itemOfVersion(m_from, event.idx);
    const store::ConversationKey conversation = sealedConversation(event.subject);
    if (!old || !conversation.id.isValid())
        missing(event.idx);
    store::NewItem row;
    row.account = conversation.account;
    row.remoteId = old->remoteId;
    row.conversation = conversation.id;
    row.handle = sealedHandle(*old);
    row.direction = old->direction;
    row.orderedAt = old->orderedAt;
    row.receivedAt = event.at;
    row.entry = event.idx;
    (void)store::insertItem(m_to, row);
    m_touched.insert(conversation.id);
}

void Replay::editSealed(const Event &event)
{
    const std::optional<store::ItemRow> old = store::itemOfVersion(m_from, event.idx);
    const std::optional<store::KnownItem> known =
        old ? store::findItem(m_to, old->account, old->remoteId) : std::nullopt;
    if (!known)
        missing(event.idx);
    store::reviseItem(m_to, *known, QString(), event.idx, event.at);
    m_touched.insert(known->conversation);
}

void Replay::intendSealed(const Event &event)
{
    const std::optional<store::OutboxRow> old = store::outboxOfIntent(m_from, event.idx);
    const store::ConversationKey conversation = sealedConversation(event.subject);
    if (!old || !conversation.id.isValid())
        missing(event.idx);
    store::OutboxRow row;
    row.conversation = conversation.id;
    row.account = conversation.account;
    row.member = event.actor;
    row.intent = event.idx;
    row.audience = old->audience;
    row.createdAt = old->createdAt;
    m_outbox.insert(event.idx, store::insertOutbox(m_to, row));
}

void Replay::openSealedCase(const Event &event)
{
    const std::optional<CaseId> old = store::findCase(m_from, event.subject);
    const std::optional<QByteArray> begun = store::subjectOfEvent(m_from, event.idx);
    if (!old || !begun)
        missing(event.idx);
    const CaseId id =
        store::insertCase(m_to, {event.subject, store::requireCase(m_from, *old).title, QString(), event.at});
    m_cases.insert(event.subject, id);
    store::setCase(m_to, knownConversation(*begun), id);
    addEvent(event, ConversationEvent::Kind::CaseOpened, knownConversation(*begun), id);
}

void Replay::eraseWords(const Event &event)
{
    for (const qint64 idx : record::erasedEntries(event.body).value_or(QList<qint64>()))
        store::insertErase(m_to, idx, event.idx);
}

void Replay::hold(const Event &event)
{
    if (event.body.contains("hold"_L1))
        return store::insertRelease(m_to, event.idx, event.body.value("hold"_L1).toInteger());
    store::insertHold(m_to, {event.idx, event.subject, event.body.value("reason"_L1).toString(),
                             event.body.value("review"_L1).toString(), false});
}

} // namespace indelible::rebuild
