// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/outbox/outbox_ledger.h"

#include "app/inbox/summary.h"
#include "app/record/item_body.h"
#include "app/record/log.h"
#include "app/store/account_table.h"
#include "app/store/conversation_table.h"
#include "app/store/item_table.h"
#include "app/store/record_table.h"
#include "app/store/search.h"

#include <QHash>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace indelible::outbox {

namespace {

RemoteItem intentItem(store::Connection &connection, const store::ConversationKey &conversation,
                      const store::StoredItem &parent, const NewAnswer &answer)
{
    const std::optional<Account> account = store::readAccount(connection, conversation.account);
    RemoteItem item;
    item.threadId = conversation.threadId;
    item.parentId = parent.remoteId;
    item.kind = answer.audience == Audience::Private ? ItemKind::Message : ItemKind::Comment;
    item.direction = Direction::Outgoing;
    item.audience = answer.audience;
    item.author = {account->remoteId, account->handle, account->name};
    item.text = answer.text;
    item.createdAt = answer.now;
    return item;
}

channels::Outgoing outgoingOf(store::Connection &connection, const store::OutboxRow &row)
{
    const RemoteItem intent = record::itemFromBody(row.body);
    channels::Outgoing outgoing;
    outgoing.key = row.key;
    outgoing.audience = row.audience;
    outgoing.threadId = intent.threadId;
    outgoing.parentId = row.parentId;
    outgoing.text = intent.text;
    outgoing.createdAt = row.createdAt;
    outgoing.others = store::sentRemoteIds(connection, row.conversation);
    if (const std::optional<store::KnownItem> parent = store::findItem(connection, row.account, row.parentId))
        outgoing.reply =
            record::itemFromBody(store::readRecordBody(connection, parent->entry).value_or(QByteArray())).reply;
    return outgoing;
}

QByteArray subjectOf(store::Connection &connection, const store::OutboxRow &row)
{
    return store::requireConversation(connection, row.conversation).subject;
}

} // namespace

OutboxId recordIntent(store::Connection &connection, const Clock &clock, const NewAnswer &answer)
{
    const store::ConversationKey conversation = store::requireConversation(connection, answer.conversation);
    const std::optional<Account> account = store::readAccount(connection, conversation.account);
    if (!account || account->state == AccountState::Disconnected)
        throw store::StoreException(
            ErrorKind::Rejected,
            u"The account of this conversation is disconnected. Nothing was queued; connect it again to answer."_s);
    const std::optional<store::StoredItem> parent = store::newestIncoming(connection, answer.conversation);
    if (!parent)
        throw store::StoreException(
            ErrorKind::Rejected,
            u"There is nothing of theirs left to answer in this conversation. Nothing was queued."_s);
    for (const store::OutboxRow &open : store::openOutbox(connection, answer.conversation)) {
        if (record::itemFromBody(open.body).text == answer.text)
            throw store::StoreException(
                ErrorKind::Conflict,
                u"The same answer is already waiting to be sent here. Nothing was queued twice."_s);
    }
    const RemoteItem intent = intentItem(connection, conversation, *parent, answer);
    record::Log log(connection, clock);
    const qint64 entry =
        log.append({record::Kind::ReplyIntent, conversation.subject, answer.member, true, record::itemBody(intent)});
    store::OutboxRow row;
    row.conversation = answer.conversation;
    row.account = conversation.account;
    row.member = answer.member;
    row.intent = entry;
    row.parentId = parent->remoteId;
    row.audience = answer.audience;
    row.state = OutboxState::Queued;
    row.createdAt = answer.now;
    row.notBefore = answer.notBefore;
    const OutboxId id = store::insertOutbox(connection, row);
    store::writeDraft(connection, answer.conversation, Draft{}, answer.now);
    return id;
}

std::optional<Attempt> beginAttempt(store::Connection &connection, const Clock &clock, OutboxId id,
                                    const QByteArray &key)
{
    store::OutboxRow row = store::requireOutbox(connection, id);
    if (row.state != OutboxState::Queued || row.notBefore > clock.now() ||
        !store::changeOutboxState(connection, id, OutboxState::Queued, OutboxState::Sending, QString(), {}))
        return std::nullopt;
    store::countAttempt(connection, id);
    ++row.attempts;
    row.state = OutboxState::Sending;
    if (row.key.isEmpty()) {
        row.key = key;
        store::setOutboxKey(connection, id, key);
    }
    record::Log log(connection, clock);
    log.append({record::Kind::ReplyAttempt, subjectOf(connection, row), 0, false,
                QJsonObject{{u"intent"_s, row.intent},
                            {u"attempt"_s, row.attempts},
                            {u"key"_s, QString::fromLatin1(row.key.toHex())}}});
    return Attempt{row, outgoingOf(connection, row)};
}

Attempt readAttempt(store::Connection &connection, OutboxId id)
{
    const store::OutboxRow row = store::requireOutbox(connection, id);
    return {row, outgoingOf(connection, row)};
}

void recordSent(store::Connection &connection, const Clock &clock, const store::OutboxRow &row,
                const channels::Receipt &receipt)
{
    if (!store::changeOutboxState(connection, row.id, row.state, OutboxState::Sent, QString(), {}))
        return;
    store::setOutboxSent(connection, row.id, receipt.remoteId);
    record::Log log(connection, clock);
    log.append({record::Kind::ReplyResult, subjectOf(connection, row), 0, false,
                QJsonObject{{u"intent"_s, row.intent},
                            {u"outcome"_s, u"sent"_s},
                            {u"id"_s, receipt.remoteId},
                            {u"version"_s, receipt.version},
                            {u"url"_s, receipt.url}}});
    if (!store::findItem(connection, row.account, receipt.remoteId)) {
        const RemoteItem intent = record::itemFromBody(row.body);
        const std::optional<Account> account = store::readAccount(connection, row.account);
        store::NewItem item;
        item.account = row.account;
        item.remoteId = receipt.remoteId;
        item.conversation = row.conversation;
        item.handle = store::upsertHandle(connection, account->network, intent.author);
        item.direction = Direction::Outgoing;
        item.orderedAt = clock.now();
        item.receivedAt = clock.now();
        item.version = receipt.version;
        item.entry = row.intent;
        item.member = row.member;
        (void)store::insertItem(connection, item);
        store::indexEntry(connection, row.intent, intent.text, store::searchedSender(intent.author));
    }
    inbox::refreshSummary(connection, row.conversation);
}

bool recordChange(store::Connection &connection, const Clock &clock, const store::OutboxRow &row, const Change &change)
{
    if (!store::changeOutboxState(connection, row.id, change.from, change.to, change.detail, change.notBefore))
        return false;
    record::Log log(connection, clock);
    log.append({record::Kind::ReplyResult, subjectOf(connection, row), change.human.value_or(0),
                change.human.has_value(),
                QJsonObject{{u"intent"_s, row.intent}, {u"outcome"_s, change.outcome}, {u"detail"_s, change.detail}}});
    return true;
}

std::optional<OutboxState> stateAfter(const QString &outcome)
{
    static const QHash<QString, OutboxState> states{
        {u"sent"_s, OutboxState::Sent},        {u"not-yet"_s, OutboxState::Queued},
        {u"not-there"_s, OutboxState::Queued}, {u"send-again"_s, OutboxState::Queued},
        {u"failed"_s, OutboxState::Failed},    {u"unknown"_s, OutboxState::Unknown},
        {u"undone"_s, OutboxState::Undone},    {u"left"_s, OutboxState::Undone}};
    const auto found = states.constFind(outcome);
    return found != states.constEnd() ? std::optional(*found) : std::nullopt;
}

int holdQueued(store::Connection &connection, const Clock &clock, const QString &reason)
{
    int held = 0;
    for (const store::OutboxRow &row : store::queuedOutbox(connection))
        held +=
            recordChange(connection, clock, row,
                         {OutboxState::Queued, OutboxState::Unknown, toString(OutboxState::Unknown), reason, {}, {}});
    return held;
}

} // namespace indelible::outbox
