// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inbox/inbox_service.h"

#include "app/base/when_done.h"
#include "app/domain/look_alike.h"
#include "app/inbox/summary.h"
#include "app/record/item_body.h"
#include "app/record/log.h"
#include "app/record/seal.h"
#include "app/store/account_table.h"
#include "app/store/case_table.h"
#include "app/store/conversation_table.h"
#include "app/store/database.h"
#include "app/store/inbox_reader.h"
#include "app/store/item_table.h"
#include "app/store/look_table.h"
#include "app/store/outbox_table.h"
#include "app/store/settings_table.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace indelible::inbox {

namespace {

/// Says of each who wrote whom they are easily taken for.
class LookAlikes
{
public:
    LookAlikes(store::Connection &connection, QString network)
        : m_connection(connection)
        , m_network(std::move(network))
        , m_own(store::readAccounts(connection), teamOf(connection))
    {
    }

    std::optional<LookAlike> of(const Author &author)
    {
        const auto known = m_known.constFind(author.remoteId);
        if (known != m_known.cend())
            return *known;
        std::optional<LookAlike> found = m_own.resembledBy(m_network, author);
        if (!found)
            found = store::earlierLookAlike(m_connection, m_network, author);
        m_known.insert(author.remoteId, found);
        return found;
    }

private:
    static QStringList teamOf(store::Connection &connection)
    {
        QStringList names;
        for (const store::Member &member : store::readMembers(connection))
            names.append(member.name);
        return names;
    }

    store::Connection &m_connection;
    QString m_network;
    OwnNames m_own;
    QHash<QString, std::optional<LookAlike>> m_known;
};

/// When the words were destroyed, of what has none.
std::optional<Instant> sealedAt(store::Connection &connection, const QByteArray &body, qint64 entry)
{
    const std::optional<record::Seal> seal = body.isEmpty() ? record::sealOf(connection, entry) : std::nullopt;
    return seal ? std::optional(seal->at) : std::nullopt;
}

ItemView viewOf(store::Connection &connection, const store::StoredItem &stored)
{
    ItemView view;
    view.id = stored.id;
    view.conversation = stored.conversation;
    view.item = record::itemFromBody(stored.body);
    // The body of an answer sent from here was written before the network gave it its id.
    view.item.remoteId = stored.remoteId;
    view.item.version = stored.version;
    view.sealedAt = sealedAt(connection, stored.body, stored.entry);
    if (view.sealedAt) { // what the table still says
        view.item.direction = stored.direction;
        view.item.createdAt = stored.receivedAt;
    }
    view.receivedAt = stored.receivedAt;
    view.gone = stored.gone;
    view.goneAt = stored.goneAt;
    view.entry = stored.entry;
    view.sentBy = stored.memberName;
    if (stored.revised) {
        for (const store::StoredVersion &version : store::readRevisions(connection, stored.id))
            view.revisions.push_back({record::itemFromBody(version.body).text, version.seenAt, version.entry});
    }
    view.revisions.push_back({view.item.text, stored.receivedAt, stored.entry});
    return view;
}

ConversationEvent eventOf(store::Connection &connection, const store::StoredEvent &stored)
{
    const QJsonObject body = QJsonDocument::fromJson(stored.body).object();
    return {stored.kind,
            stored.at,
            stored.memberName,
            body.value("text"_L1).toString(),
            stored.caseId,
            stored.entry,
            sealedAt(connection, stored.body, stored.entry)};
}

OutboxView outboxOf(const store::OutboxRow &row)
{
    OutboxView view{row.id,        row.conversation,
                    row.account,   row.state,
                    row.audience,  record::itemFromBody(row.body).text,
                    row.createdAt, {},
                    row.detail,    row.memberName,
                    row.attempts};
    if (row.state == OutboxState::Queued)
        view.notBefore = row.notBefore;
    return view;
}

void noteLookAlikes(store::Connection &connection, ConversationView &view)
{
    LookAlikes alikes(connection, view.row.network);
    for (ItemView &item : view.items) {
        if (item.item.direction == Direction::Incoming && !item.sealedAt)
            item.looksLike = alikes.of(item.item.author);
    }
    view.looksLike = alikes.of(view.row.person);
}

ConversationView readView(store::Connection &connection, ConversationId id, int limit, std::optional<ItemId> before)
{
    ConversationView view;
    view.row = store::readRow(connection, id);
    std::vector<store::StoredItem> items = store::readItems(connection, id, limit + 1, before);
    view.olderItems = static_cast<int>(items.size()) > limit;
    if (view.olderItems)
        items.erase(items.begin());
    for (const store::StoredItem &item : items)
        view.items.push_back(viewOf(connection, item));
    for (const store::StoredEvent &event : store::eventsOfConversation(connection, id))
        view.events.push_back(eventOf(connection, event));
    for (const store::OutboxRow &row : store::openOutbox(connection, id))
        view.outbox.push_back(outboxOf(row));
    view.draft = store::readDraft(connection, id);
    noteLookAlikes(connection, view);
    return view;
}

} // namespace

InboxService::InboxService(store::Database &database, const Clock &clock, quint32 member, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_clock(clock)
    , m_member(member)
{
}

QFuture<Result<InboxPage>> InboxService::page(InboxQuery query)
{
    return m_database.read(
        [query = std::move(query), member = m_member, now = m_clock.now()](store::Connection &connection) {
            return store::readPage(connection, query, store::memberName(connection, member), now);
        });
}

QFuture<Result<std::vector<ConversationRow>>> InboxService::rows(InboxQuery query, QList<ConversationId> ids)
{
    return m_database.read([query = std::move(query), ids = std::move(ids), member = m_member,
                            now = m_clock.now()](store::Connection &connection) {
        return store::readRows(connection, query, ids, store::memberName(connection, member), now);
    });
}

QFuture<Result<InboxCounts>> InboxService::counts()
{
    return m_database.read([member = m_member, now = m_clock.now()](store::Connection &connection) {
        return store::readCounts(connection, store::memberName(connection, member), now);
    });
}

QFuture<Result<ConversationView>> InboxService::open(ConversationId id, int limit, std::optional<ItemId> before)
{
    return m_database.read([=](store::Connection &connection) { return readView(connection, id, limit, before); });
}

/// Hands a change over, and announces the conversation once it is stored.
template<typename Function>
auto InboxService::change(ConversationId id, Function function)
{
    using Outcome = Result<std::invoke_result_t<Function, store::Connection &>>;
    auto written = m_database.write(std::move(function));
    return andThen(this, std::move(written), [this, id](Outcome outcome) {
        if (outcome)
            announce({id});
        return outcome;
    });
}

QFuture<Result<void>> InboxService::markSeen(ConversationId id, bool seen)
{
    return change(id, [id, seen](store::Connection &connection) {
        (void)store::requireConversation(connection, id);
        store::setUnread(connection, id, !seen);
    });
}

QFuture<Result<void>> InboxService::markDone(ConversationId id, bool done)
{
    return change(id, [this, id, done](store::Connection &connection) {
        const store::ConversationKey conversation = store::requireConversation(connection, id);
        const store::ConversationFacts facts = store::readFacts(connection, id);
        // Nothing to say twice; the record holds changes, not key presses.
        if (done == (turnOf(facts) == Turn::Done))
            return;
        record::Log log(connection, m_clock);
        const qint64 entry = log.append({record::Kind::ConversationState, conversation.subject, m_member, true,
                                         QJsonObject{{u"state"_s, done ? u"done"_s : u"open"_s}}});
        // At least 1: a conversation in which nobody else has spoken can be put away too.
        store::setDoneItem(connection, id, done ? std::max<qint64>(1, facts.newestIncomingId.value_or(1)) : 0);
        store::insertEvent(connection, {id,
                                        {},
                                        done ? ConversationEvent::Kind::MarkedDone : ConversationEvent::Kind::Reopened,
                                        m_clock.now(),
                                        m_member,
                                        entry});
        refreshSummary(connection, id);
    });
}

QFuture<Result<void>> InboxService::assign(ConversationId id, QString owner)
{
    return change(id, [this, id, owner = std::move(owner)](store::Connection &connection) {
        const store::ConversationKey conversation = store::requireConversation(connection, id);
        if (store::readRow(connection, id).owner == owner)
            return;
        record::Log log(connection, m_clock);
        const qint64 entry =
            log.append({record::Kind::Assign, conversation.subject, m_member, true, QJsonObject{{u"text"_s, owner}}});
        store::setOwner(connection, id, owner);
        store::insertEvent(connection, {id, {}, ConversationEvent::Kind::Assigned, m_clock.now(), m_member, entry});
    });
}

QFuture<Result<qint64>> InboxService::addNote(ConversationId id, QString text)
{
    return change(id, [this, id, text = std::move(text)](store::Connection &connection) {
        if (text.trimmed().isEmpty())
            throw store::StoreException(ErrorKind::Rejected, u"A note needs words. Nothing was stored."_s);
        const store::ConversationKey conversation = store::requireConversation(connection, id);
        record::Log log(connection, m_clock);
        const qint64 entry =
            log.append({record::Kind::Note, conversation.subject, m_member, true, QJsonObject{{u"text"_s, text}}});
        store::insertEvent(connection, {id, {}, ConversationEvent::Kind::Note, m_clock.now(), m_member, entry});
        return entry;
    });
}

QFuture<Result<void>> InboxService::saveDraft(ConversationId id, Draft draft)
{
    return change(id, [this, id, draft = std::move(draft)](store::Connection &connection) {
        (void)store::requireConversation(connection, id);
        store::writeDraft(connection, id, draft, m_clock.now());
    });
}

void InboxService::announce(const QList<ConversationId> &ids)
{
    if (!ids.isEmpty())
        Q_EMIT changed(ids);
}

} // namespace indelible::inbox
