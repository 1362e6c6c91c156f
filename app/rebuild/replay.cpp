// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rebuild/event.h"

#include "app/inbox/ingest.h"
#include "app/inbox/summary.h"
#include "app/outbox/outbox_ledger.h"
#include "app/record/item_body.h"
#include "app/record/place_body.h"
#include "app/store/account_table.h"
#include "app/store/case_table.h"
#include "app/store/compare.h"
#include "app/store/coverage_table.h"
#include "app/store/item_table.h"
#include "app/store/outbox_table.h"
#include "app/store/seal_table.h"
#include "app/store/search.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::rebuild {

Replay::Replay(store::Connection &from, store::Connection &to)
    : m_from(from)
    , m_to(to)
    , m_sealed(store::allErased(from))
    , m_accounts(store::accountsOfSubjects(from))
{
    store::copyMembersAndAccounts(from, to);
    for (const Account &account : store::readAccounts(to))
        m_networks.insert(account.id.value(), account.network);
    const std::optional<store::RecordState> state = store::readRecordState(from);
    store::createRecordState(to, state ? state->logId : QByteArray(record::kIdBytes, '\0'));
}

void Replay::take(const store::RecordRow &row)
{
    const std::optional<record::Entry> entry = record::Entry::fromBytes(row.entry);
    if (entry && !row.body && m_sealed.contains(row.idx))
        return takeSealed(row, *entry);
    if (!entry || !row.body)
        throw store::StoreException(
            ErrorKind::Damaged,
            u"Entry %1 of the record, or its body, is missing. Nothing was changed; run 'indelible record verify'."_s
                .arg(row.idx));
    copyRow(row, *entry);
    apply({row.idx, static_cast<record::Kind>(entry->kind), entry->subject, entry->actor,
           fromMs(static_cast<qint64>(entry->timeMs)), QJsonDocument::fromJson(*row.body).object()});
}

void Replay::copyRow(const store::RecordRow &row, const record::Entry &entry)
{
    if (row.body)
        store::insertRecordEntry(m_to, row.idx, row.entry, *row.salt, *row.body);
    else
        store::insertSealedEntry(m_to, row.idx, row.entry);
    // Only the number of entries matters here; the tree is the business of verifying.
    store::advanceRecordState(m_to, QByteArray(), static_cast<qint64>(entry.timeMs));
}

void Replay::apply(const Event &event)
{
    switch (event.kind) {
    case record::Kind::ItemSeen:
        return seeItem(event);
    case record::Kind::ItemEdit:
        return editItem(event);
    case record::Kind::ItemGone:
        return loseItem(event);
    case record::Kind::ConversationState:
        return markConversation(event);
    case record::Kind::Assign:
        return assign(event);
    case record::Kind::Note:
        return addNote(event);
    case record::Kind::CaseOpen:
        return openCase(event);
    case record::Kind::CaseState:
        return changeCase(event);
    case record::Kind::ReplyIntent:
        return intend(event);
    case record::Kind::ReplyAttempt:
        return attempt(event);
    case record::Kind::ReplyResult:
        return endAttempt(event);
    case record::Kind::KeyChange:
        return store::insertRecordKey(m_to, event.idx,
                                      QByteArray::fromBase64(event.body.value("key"_L1).toString().toLatin1()));
    case record::Kind::Erase:
        return eraseWords(event);
    case record::Kind::Hold:
        return hold(event);
    case record::Kind::Coverage:
        return store::storePlace(m_to, event.subject, record::placeFromBody(event.body));
    case record::Kind::Genesis:
    case record::Kind::Export:
    case record::Kind::Anchor:
    case record::Kind::Restore:
    case record::Kind::Clock:
    case record::Kind::Account:
    case record::Kind::Verify:
    case record::Kind::Retention:
    case record::Kind::Migrate:
        return; // in no table that is compared
    }
}

store::ConversationKey Replay::conversationOf(const Event &event)
{
    if (const auto known = m_conversations.constFind(event.subject); known != m_conversations.constEnd())
        return *known;
    const RemoteItem item = record::itemFromBody(event.body);
    // One that is missing in the old database belongs to whichever account there is; that it is missing will be said.
    const qint64 any = m_networks.isEmpty() ? 0 : std::ranges::min(m_networks.keys());
    const AccountId account(m_accounts.value(event.subject, any));
    const ConversationId id =
        store::insertConversation(m_to, {account, item.threadId, event.subject, item.kind, item.audience});
    store::ConversationKey made{id, event.subject, account, item.threadId, item.audience};
    m_conversations.insert(event.subject, made);
    return made;
}

ConversationId Replay::knownConversation(const QByteArray &subject) const
{
    return m_conversations.value(subject).id;
}

void Replay::seeItem(const Event &event)
{
    const RemoteItem item = record::itemFromBody(event.body);
    const store::ConversationKey conversation = conversationOf(event);
    store::NewItem row;
    row.account = conversation.account;
    row.remoteId = item.remoteId;
    row.conversation = conversation.id;
    row.handle = store::upsertHandle(m_to, m_networks.value(conversation.account.value()), item.author);
    row.direction = item.direction;
    row.orderedAt = inbox::orderOf(item, event.at);
    row.receivedAt = event.at;
    row.version = item.version;
    row.entry = event.idx;
    (void)store::insertItem(m_to, row);
    store::indexEntry(m_to, event.idx, item.text, store::searchedAuthor(item.author));
    m_touched.insert(conversation.id);
}

void Replay::editItem(const Event &event)
{
    const store::ConversationKey conversation = conversationOf(event);
    const RemoteItem item = record::itemFromBody(event.body);
    if (const std::optional<store::KnownItem> known = store::findItem(m_to, conversation.account, item.remoteId))
        store::reviseItem(m_to, *known, item.version, event.idx, event.at);
    store::indexEntry(m_to, event.idx, item.text, store::searchedAuthor(item.author));
    m_touched.insert(conversation.id);
}

void Replay::loseItem(const Event &event)
{
    const std::optional<ItemId> item = store::itemOfEntry(m_to, event.body.value("item_entry"_L1).toInteger());
    if (!item)
        return;
    const std::optional<RemoteGone::Reason> reason = inbox::goneReasonFrom(event.body.value("reason"_L1).toString());
    if (reason)
        store::markItemGone(m_to, *item, *reason, event.at);
    else
        store::clearItemGone(m_to, *item);
    m_touched.insert(knownConversation(event.subject));
}

void Replay::addEvent(const Event &event, ConversationEvent::Kind kind, std::optional<ConversationId> conversation,
                      std::optional<CaseId> caseId)
{
    store::insertEvent(m_to, {conversation, caseId, kind, event.at, event.actor, event.idx});
}

void Replay::markConversation(const Event &event)
{
    const ConversationId id = knownConversation(event.subject);
    const bool done = event.body.value("state"_L1).toString() == "done"_L1;
    const qint64 newest = store::readFacts(m_to, id).newestIncomingId.value_or(1);
    store::setDoneItem(m_to, id, done ? std::max<qint64>(1, newest) : 0);
    addEvent(event, done ? ConversationEvent::Kind::MarkedDone : ConversationEvent::Kind::Reopened, id, {});
    m_touched.insert(id);
}

void Replay::assign(const Event &event)
{
    const ConversationId id = knownConversation(event.subject);
    store::setOwner(m_to, id, event.body.value("text"_L1).toString());
    addEvent(event, ConversationEvent::Kind::Assigned, id, {});
}

void Replay::addNote(const Event &event)
{
    if (!m_cases.contains(event.subject))
        return addEvent(event, ConversationEvent::Kind::Note, knownConversation(event.subject), {});
    Case value = store::requireCase(m_to, m_cases.value(event.subject));
    addEvent(event, ConversationEvent::Kind::Note, {}, value.id);
    value.changedAt = event.at;
    store::updateCase(m_to, value);
}

void Replay::openCase(const Event &event)
{
    const QByteArray subject = QByteArray::fromHex(event.body.value("conversation"_L1).toString().toLatin1());
    const CaseId id = store::insertCase(m_to, {event.subject, event.body.value("text"_L1).toString(),
                                               event.body.value("person"_L1).toString(), event.at});
    m_cases.insert(event.subject, id);
    store::setCase(m_to, knownConversation(subject), id);
    addEvent(event, ConversationEvent::Kind::CaseOpened, knownConversation(subject), id);
}

void Replay::changeCase(const Event &event)
{
    Case value = store::requireCase(m_to, m_cases.value(event.subject));
    const auto text = [&event](QLatin1StringView key) { return event.body.value(key).toString(); };
    if (event.body.contains("linked"_L1))
        store::setCase(m_to, knownConversation(QByteArray::fromHex(text("linked"_L1).toLatin1())), value.id);
    if (event.body.contains("title"_L1))
        value.title = text("title"_L1);
    if (event.body.contains("owner"_L1))
        value.owner = text("owner"_L1);
    value.status = caseStatusFrom(text("status"_L1)).value_or(value.status);
    value.changedAt = event.at;
    store::updateCase(m_to, value);
}

void Replay::intend(const Event &event)
{
    const RemoteItem item = record::itemFromBody(event.body);
    const store::ConversationKey conversation = conversationOf(event);
    store::OutboxRow row;
    row.conversation = conversation.id;
    row.account = conversation.account;
    row.member = event.actor;
    row.intent = event.idx;
    row.parentId = item.parentId;
    row.audience = item.audience;
    row.createdAt = item.createdAt;
    m_outbox.insert(event.idx, store::insertOutbox(m_to, row));
}

void Replay::attempt(const Event &event)
{
    const store::OutboxRow row = store::requireOutbox(m_to, m_outbox.value(event.body.value("intent"_L1).toInteger()));
    (void)store::changeOutboxState(m_to, row.id, row.state, OutboxState::Sending, QString(), {});
    store::countAttempt(m_to, row.id);
    if (row.key.isEmpty())
        store::setOutboxKey(m_to, row.id, QByteArray::fromHex(event.body.value("key"_L1).toString().toLatin1()));
}

void Replay::endAttempt(const Event &event)
{
    const store::OutboxRow row = store::requireOutbox(m_to, m_outbox.value(event.body.value("intent"_L1).toInteger()));
    const std::optional<OutboxState> state = outbox::stateAfter(event.body.value("outcome"_L1).toString());
    if (!state)
        return;
    (void)store::changeOutboxState(m_to, row.id, row.state, *state, event.body.value("detail"_L1).toString(), {});
    if (*state == OutboxState::Sent)
        insertSent(event, row.id);
}

void Replay::insertSent(const Event &event, OutboxId id)
{
    const store::OutboxRow row = store::requireOutbox(m_to, id);
    const std::optional<store::ItemRow> sealed =
        m_sealed.contains(row.intent) ? store::itemOfVersion(m_from, row.intent) : std::nullopt;
    const QString remoteId = m_sealed.contains(row.intent) ? store::remoteIdOfIntent(m_from, row.intent)
                                                           : event.body.value("id"_L1).toString();
    store::setOutboxSent(m_to, id, remoteId);
    m_touched.insert(row.conversation);
    if (store::findItem(m_to, row.account, remoteId))
        return;
    store::NewItem item;
    item.account = row.account;
    item.remoteId = remoteId;
    item.conversation = row.conversation;
    const RemoteItem said = record::itemFromBody(row.body);
    item.handle =
        sealed ? sealedHandle(*sealed) : store::upsertHandle(m_to, m_networks.value(row.account.value()), said.author);
    item.direction = Direction::Outgoing;
    item.orderedAt = event.at;
    item.receivedAt = event.at;
    item.version = event.body.value("version"_L1).toString();
    item.entry = row.intent;
    item.member = row.member;
    (void)store::insertItem(m_to, item);
    if (!m_sealed.contains(row.intent))
        store::indexEntry(m_to, row.intent, said.text, store::searchedSender(said.author));
}

void Replay::finish()
{
    store::copySealedFacts(m_from, m_to);
    for (const ConversationId id : std::as_const(m_touched))
        inbox::refreshSummary(m_to, id);
}

} // namespace indelible::rebuild
