// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/seal/plan.h"

#include "app/record/log.h"
#include "app/seal/holds.h"
#include "app/store/account_table.h"
#include "app/store/case_table.h"
#include "app/store/conversation_table.h"
#include "app/store/inbox_reader.h"
#include "app/store/outbox_table.h"
#include "app/store/record_table.h"

#include <QSet>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace indelible::seal {

namespace {

using record::Kind;

/// Visits the entries about a subject that still have their words, newest first.
void walk(store::Connection &connection, const QByteArray &subject,
          const std::function<void(const record::Entry &, qint64 idx)> &visit)
{
    std::optional<qint64> next = store::readSubjectHead(connection, subject).last;
    while (next) {
        const std::optional<store::RecordRow> row = store::readRecordRow(connection, *next);
        const std::optional<record::Entry> entry = row ? record::Entry::fromBytes(row->entry) : std::nullopt;
        if (!entry)
            throw store::StoreException(
                ErrorKind::Damaged,
                u"Entry %1 of the record is missing or damaged. Nothing was sealed; run 'indelible record verify'."_s
                    .arg(*next));
        if (row->body)
            visit(*entry, *next);
        next =
            entry->previous == record::kNoPrevious ? std::nullopt : std::optional(static_cast<qint64>(entry->previous));
    }
}

bool isOneOf(const record::Entry &entry, std::initializer_list<Kind> kinds)
{
    return std::ranges::find(kinds, static_cast<Kind>(entry.kind)) != kinds.end();
}

/// Gathers what goes.
class Planner
{
public:
    explicit Planner(store::Connection &connection)
        : m_connection(connection)
    {
    }

    void takeItem(const store::ItemRow &item)
    {
        for (const qint64 entry : store::versionsOf(m_connection, item.id)) {
            if (store::readRecordBody(m_connection, entry))
                m_entries.insert(entry);
            m_versions.insert(entry);
        }
        if (!store::isSealedId(item.remoteId)) {
            ++m_plan.items;
            m_plan.first = std::min(m_plan.first.value_or(item.receivedAt), item.receivedAt);
            m_plan.last = std::max(m_plan.last.value_or(item.receivedAt), item.receivedAt);
        }
        m_conversations.insert(item.conversation);
        // Our post may have come back from the network before its answer to us did: its words are the intent's too.
        if (const std::optional<qint64> intent = store::intentOfRemoteId(m_connection, item.account, item.remoteId);
            intent && store::readRecordBody(m_connection, *intent))
            m_entries.insert(*intent);
    }

    /// Everything said there goes: theirs, ours, the notes.
    void takeConversation(ConversationId id)
    {
        m_conversations.insert(id);
        for (const store::ItemRow &item : store::itemsOfConversation(m_connection, id))
            takeItem(item);
        walk(m_connection, store::requireConversation(m_connection, id).subject,
             [this](const record::Entry &entry, qint64 idx) {
                 if (isOneOf(entry, {Kind::Note, Kind::ReplyIntent}))
                     m_entries.insert(idx);
                 if (isOneOf(entry, {Kind::Note}))
                     ++m_plan.notes;
             });
    }

    /// Its name and title, where a conversation with this person began it; its notes, where it is about nobody else.
    void takeCase(CaseId id, qint64 handle)
    {
        const std::vector<ConversationId> linked = store::conversationsOfCase(m_connection, id);
        const bool alone = std::ranges::all_of(
            linked, [&](ConversationId conversation) { return isAloneWith(m_connection, conversation, handle); });
        const QSet<qint64> begun = openingsBy(handle);
        walk(m_connection, store::caseSubject(m_connection, id), [&](const record::Entry &entry, qint64 idx) {
            const bool named = isOneOf(entry, {Kind::CaseOpen}) && (alone || begun.contains(idx));
            const bool titled =
                alone && isOneOf(entry, {Kind::CaseState}) && record::readBody(m_connection, idx).contains("title"_L1);
            const bool noted = alone && isOneOf(entry, {Kind::Note});
            if (named || titled || noted)
                m_entries.insert(idx);
            if (noted)
                ++m_plan.notes;
        });
    }

    /// What stands in the way there. Asked once for each conversation.
    const QStringList &obstaclesOf(ConversationId id)
    {
        const auto known = m_obstacles.constFind(id);
        return known != m_obstacles.constEnd() ? *known : *m_obstacles.insert(id, lookForObstacles(id));
    }

    void spare(const QStringList &obstacles)
    {
        m_plan.spared += obstacles;
        m_plan.spared.removeDuplicates();
    }

    Plan finish(const Target &target)
    {
        m_plan.target = target;
        for (const ConversationId id : std::as_const(m_conversations)) {
            addGone(id);
            m_plan.obstacles += obstaclesOf(id);
            if (const std::optional<CaseId> found = store::readRow(m_connection, id).caseNumber;
                found && !m_plan.cases.contains(*found))
                m_plan.cases.append(*found);
            m_plan.staying += hasMore(id) ? 1 : 0;
        }
        m_plan.obstacles.removeDuplicates();
        m_plan.conversations = QList<ConversationId>(m_conversations.begin(), m_conversations.end());
        std::ranges::sort(m_plan.conversations);
        std::ranges::sort(m_plan.cases);
        m_plan.entries = QList<qint64>(m_entries.begin(), m_entries.end());
        std::ranges::sort(m_plan.entries);
        return std::move(m_plan);
    }

private:
    /// CASE_OPEN entries of cases that were opened from a conversation with this person.
    QSet<qint64> openingsBy(qint64 handle)
    {
        QSet<qint64> entries;
        for (const ConversationId id : store::conversationsOfHandle(m_connection, handle)) {
            for (const store::StoredEvent &event : store::eventsOfConversation(m_connection, id)) {
                if (event.kind == ConversationEvent::Kind::CaseOpened)
                    entries.insert(event.entry);
            }
        }
        return entries;
    }

    /// That an item is gone says which one it was.
    void addGone(ConversationId id)
    {
        walk(m_connection, store::requireConversation(m_connection, id).subject,
             [this](const record::Entry &entry, qint64 idx) {
                 if (!isOneOf(entry, {Kind::ItemGone}))
                     return;
                 const QJsonObject body = record::readBody(m_connection, idx);
                 if (body.contains("id"_L1) && m_versions.contains(body.value("item_entry"_L1).toInteger()))
                     m_entries.insert(idx);
             });
    }

    [[nodiscard]] QStringList lookForObstacles(ConversationId id)
    {
        QStringList found;
        if (!store::openOutbox(m_connection, id).empty())
            found.append(
                u"An answer is still on its way in conversation %1; send it or leave it first."_s.arg(id.toString()));
        found += holdsOn(m_connection, id);
        if (const std::optional<CaseId> known = store::readRow(m_connection, id).caseNumber)
            found += holdsOn(m_connection, *known);
        return found;
    }

    /// Whether something said there stays readable.
    [[nodiscard]] bool hasMore(ConversationId id)
    {
        return std::ranges::any_of(store::itemsOfConversation(m_connection, id), [this](const store::ItemRow &item) {
            return !store::isSealedId(item.remoteId) && !m_versions.contains(item.entry);
        });
    }

    store::Connection &m_connection;
    Plan m_plan;
    QSet<qint64> m_entries;
    QSet<qint64> m_versions;
    QSet<ConversationId> m_conversations;
    QHash<ConversationId, QStringList> m_obstacles;
};

void planItem(store::Connection &connection, Planner &planner, ItemId id)
{
    const store::ItemRow item = store::requireItem(connection, id);
    if (store::isSealedId(item.remoteId))
        throw store::StoreException(ErrorKind::Conflict,
                                    u"Item %1 is sealed already. Nothing was changed."_s.arg(id.toString()));
    for (const store::ItemRow &same : store::itemsNamed(connection, item.network, item.remoteId))
        planner.takeItem(same);
}

void planPerson(store::Connection &connection, Planner &planner, const Person &person)
{
    const store::HandleRow handle = requirePerson(connection, person);
    for (const store::ItemRow &item : store::itemsOfHandle(connection, handle.id)) {
        for (const store::ItemRow &same : store::itemsNamed(connection, item.network, item.remoteId))
            planner.takeItem(same);
    }
    QSet<CaseId> cases;
    for (const ConversationId id : store::conversationsOfHandle(connection, handle.id)) {
        if (isAloneWith(connection, id, handle.id))
            planner.takeConversation(id);
        if (const std::optional<CaseId> found = store::readRow(connection, id).caseNumber)
            cases.insert(*found);
    }
    for (const CaseId id : std::as_const(cases))
        planner.takeCase(id, handle.id);
}

void planRule(store::Connection &connection, Planner &planner, const AccountRule &rule)
{
    for (const store::ItemRow &item : store::receivedItems(connection, rule.account)) {
        const bool falls = rule.before ? item.receivedAt < *rule.before
                                       : item.gone == static_cast<int>(RemoteGone::Reason::DeletedByAuthor);
        if (!falls || store::isSealedId(item.remoteId))
            continue;
        const std::vector<store::ItemRow> same = store::itemsNamed(connection, item.network, item.remoteId);
        // Another account of ours may have said it.
        if (std::ranges::any_of(same, [](const auto &one) { return one.direction == Direction::Outgoing; }))
            continue;
        QStringList obstacles;
        for (const store::ItemRow &one : same)
            obstacles += planner.obstaclesOf(one.conversation);
        if (!obstacles.isEmpty()) {
            planner.spare(obstacles);
            continue;
        }
        for (const store::ItemRow &one : same)
            planner.takeItem(one);
    }
}

} // namespace

store::HandleRow requirePerson(store::Connection &connection, const Person &person)
{
    const QString who = person.who.startsWith(u'@') ? person.who.mid(1) : person.who;
    const std::vector<store::HandleRow> found = store::findHandles(connection, person.network, who);
    if (who.isEmpty() || found.empty() || store::isSealedId(found.front().remoteId))
        throw store::StoreException(
            ErrorKind::NotFound,
            u"Nobody on %1 is known as '%2'. Nothing was changed; give the handle as the inbox shows it, or the lasting id."_s
                .arg(person.network, who));
    if (found.size() > 1)
        throw store::StoreException(
            ErrorKind::Conflict,
            u"Several on %1 were known as '%2'. Nothing was changed; give the lasting id: %3."_s.arg(
                person.network, who, found.front().remoteId + u" or "_s + found.back().remoteId));
    for (const Account &account : store::readAccounts(connection)) {
        if (account.network == person.network && account.remoteId == found.front().remoteId)
            throw store::StoreException(
                ErrorKind::Rejected,
                u"'%1' is an account of your own. Nothing was changed; its items can be sealed one by one."_s.arg(who));
    }
    return found.front();
}

bool isAloneWith(store::Connection &connection, ConversationId conversation, qint64 handle)
{
    return std::ranges::all_of(store::itemsOfConversation(connection, conversation), [handle](const auto &item) {
        return item.direction == Direction::Outgoing || item.handle == handle;
    });
}

std::optional<Subject> subjectOf(store::Connection &connection, qint64 entry)
{
    const std::optional<store::ItemRow> item = store::itemOfVersion(connection, entry);
    if (!item || !store::readRecordBody(connection, entry))
        return std::nullopt;
    if (item->direction == Direction::Outgoing)
        return Subject{item->id, {}, {}};
    const store::HandleRow who = store::requireHandle(connection, item->handle);
    return Subject{item->id, Person{who.network, who.remoteId}, who.name.isEmpty() ? who.handle : who.name};
}

Plan planOf(store::Connection &connection, const Target &target)
{
    Planner planner(connection);
    if (const ItemId *item = std::get_if<ItemId>(&target))
        planItem(connection, planner, *item);
    else if (const Person *person = std::get_if<Person>(&target))
        planPerson(connection, planner, *person);
    else
        planRule(connection, planner, std::get<AccountRule>(target));
    return planner.finish(target);
}

} // namespace indelible::seal
