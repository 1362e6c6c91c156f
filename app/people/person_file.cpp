// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/people/person_file.h"

#include "app/domain/network.h"
#include "app/exchange/csv.h"
#include "app/people/redactor.h"
#include "app/record/item_body.h"
#include "app/record/log.h"
#include "app/record/seal.h"
#include "app/store/account_table.h"
#include "app/store/case_table.h"
#include "app/store/conversation_table.h"
#include "app/store/inbox_reader.h"
#include "app/store/outbox_table.h"
#include "app/store/record_table.h"
#include "app/store/seal_table.h"
#include "app/store/settings_table.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::people {

namespace {

QJsonValue timeOrNull(std::optional<Instant> at)
{
    return at ? QJsonValue(toRfc3339(*at)) : QJsonValue();
}

QString goneText(std::optional<int> gone)
{
    if (!gone)
        return {};
    return *gone == static_cast<int>(RemoteGone::Reason::DeletedByAuthor) ? u"deleted by author"_s
                                                                          : u"hidden by network"_s;
}

/// Gathers it, and on the way everything that anybody is called.
class Reader
{
public:
    Reader(store::Connection &connection, store::HandleRow person)
        : m_connection(connection)
        , m_person(std::move(person))
    {
        knowEverybody();
    }

    QJsonObject document(Instant now)
    {
        QJsonArray conversations;
        QSet<CaseId> caseIds;
        for (const ConversationId id : store::conversationsOfHandle(m_connection, m_person.id)) {
            conversations.append(conversation(id));
            if (const std::optional<CaseId> found = store::readRow(m_connection, id).caseNumber)
                caseIds.insert(*found);
        }
        QList<CaseId> ordered(caseIds.begin(), caseIds.end());
        std::ranges::sort(ordered);
        QJsonArray cases;
        for (const CaseId id : std::as_const(ordered))
            cases.append(caseOf(id));
        return {{u"format"_s, u"indelible-person/1"_s},
                {u"exported"_s, toRfc3339(now)},
                {u"person"_s, QJsonObject{{u"network"_s, m_person.network},
                                          {u"id"_s, m_person.remoteId},
                                          {u"handle"_s, m_person.handle},
                                          {u"name"_s, m_person.name},
                                          {u"earlier_names"_s, QJsonArray::fromStringList(m_earlierNames)}}},
                {u"conversations"_s, conversations},
                {u"cases"_s, cases}};
    }

    [[nodiscard]] const Redactor &redactor() const { return m_redactor; }

private:
    void know(const QStringList &names, bool theirs)
    {
        for (const QString &name : names) {
            if (theirs)
                m_redactor.keep(name);
            else
                m_redactor.hide(name);
        }
    }

    void knowEverybody()
    {
        QSet<QString> ours;
        for (const Account &account : store::readAccounts(m_connection)) {
            know({account.handle, account.name, account.remoteId}, true);
            ours.insert(account.network + u' ' + account.remoteId);
        }
        for (const store::HandleRow &row : store::allHandles(m_connection)) {
            const bool stays = row.id == m_person.id || ours.contains(row.network + u' ' + row.remoteId);
            if (!store::isSealedId(row.remoteId))
                know({row.handle, row.name, row.remoteId}, stays);
        }
        for (const store::Member &member : store::readMembers(m_connection))
            know({member.name}, false);
    }

    /// As they were called then, and whom they named.
    void knowNamesIn(const RemoteItem &item, bool theirs)
    {
        know({item.author.handle, item.author.name, item.author.remoteId}, theirs);
        for (const TextLink &link : item.links) {
            if (link.kind == TextLink::Kind::Person && link.target != m_person.remoteId)
                know({link.target, item.text.mid(link.start, link.length)}, false);
        }
    }

    void noteEarlierName(const Author &author)
    {
        for (const QString &name : {author.handle, author.name}) {
            if (!name.isEmpty() && name != m_person.handle && name != m_person.name && !m_earlierNames.contains(name))
                m_earlierNames.append(name);
        }
    }

    QJsonObject conversation(ConversationId id)
    {
        const ConversationRow row = store::readRow(m_connection, id);
        const bool alone = seal::isAloneWith(m_connection, id, m_person.id);
        QStringList theirIds;
        QJsonArray items;
        int left = 0;
        for (const store::ItemRow &item : store::itemsOfConversation(m_connection, id)) {
            const RemoteItem newest = readVersions(item);
            const bool theirs = item.direction == Direction::Incoming && item.handle == m_person.id;
            if (theirs)
                theirIds.append(item.remoteId);
            if (theirs || (item.direction == Direction::Outgoing && (alone || theirIds.contains(newest.parentId))))
                items.append(itemOf(item, newest, theirs));
            else
                ++left;
        }
        QJsonObject object{{u"conversation"_s, id.toString()},
                           {u"network"_s, network(row.network).name},
                           {u"account"_s, row.accountName},
                           {u"audience"_s, toString(row.audience)},
                           {u"items"_s, items},
                           {u"items_of_others"_s, left}};
        if (alone) {
            object.insert("notes"_L1, notesIn(store::eventsOfConversation(m_connection, id)));
            object.insert("draft"_L1, store::readDraft(m_connection, id).text);
        }
        object.insert("unsent_answers"_L1, unsent(id, alone, theirIds));
        return object;
    }

    /// The newest version; empty where it was sealed.
    RemoteItem readVersions(const store::ItemRow &item)
    {
        RemoteItem newest;
        for (const qint64 entry : store::versionsOf(m_connection, item.id)) {
            const std::optional<QByteArray> body = store::readRecordBody(m_connection, entry);
            if (!body)
                continue;
            newest = record::itemFromBody(*body);
            const bool theirs = item.direction == Direction::Outgoing || item.handle == m_person.id;
            knowNamesIn(newest, theirs);
            if (item.handle == m_person.id)
                noteEarlierName(newest.author);
        }
        return newest;
    }

    QJsonObject itemOf(const store::ItemRow &item, const RemoteItem &newest, bool theirs)
    {
        QJsonArray earlier;
        for (const qint64 entry : store::versionsOf(m_connection, item.id)) {
            if (entry != item.entry)
                earlier.append(
                    record::itemFromBody(store::readRecordBody(m_connection, entry).value_or(QByteArray())).text);
        }
        QJsonArray media;
        for (const Media &one : newest.media)
            media.append(
                QJsonObject{{u"kind"_s, one.kind}, {u"description"_s, one.description}, {u"address"_s, one.address}});
        QJsonObject object{{u"who"_s, theirs ? u"person"_s : u"business"_s},
                           {u"received"_s, toRfc3339(item.receivedAt)},
                           {u"text"_s, newest.text},
                           {u"earlier_texts"_s, earlier},
                           {u"media"_s, media},
                           {u"gone"_s, goneText(item.gone)},
                           {u"gone_seen"_s, timeOrNull(item.goneAt)}};
        if (const std::optional<record::Seal> seal = record::sealOf(m_connection, item.entry)) {
            object.insert("erased"_L1, toRfc3339(seal->at));
            object.insert("erased_because"_L1, seal->reason);
            return object;
        }
        object.insert("kind"_L1, toString(newest.kind));
        object.insert("written"_L1, toRfc3339(newest.createdAt));
        object.insert("language"_L1, newest.language);
        object.insert("address"_L1, newest.url);
        object.insert("stars"_L1, newest.stars ? QJsonValue(*newest.stars) : QJsonValue());
        return object;
    }

    QJsonArray unsent(ConversationId id, bool alone, const QStringList &theirIds)
    {
        QJsonArray answers;
        for (const store::OutboxRow &row : store::openOutbox(m_connection, id)) {
            if (alone || theirIds.contains(row.parentId))
                answers.append(QJsonObject{{u"created"_s, toRfc3339(row.createdAt)},
                                           {u"state"_s, toString(row.state)},
                                           {u"text"_s, record::itemFromBody(row.body).text}});
        }
        return answers;
    }

    QJsonArray notesIn(const std::vector<store::StoredEvent> &events)
    {
        QJsonArray notes;
        for (const store::StoredEvent &event : events) {
            if (event.kind == ConversationEvent::Kind::Note)
                notes.append(
                    QJsonObject{{u"at"_s, toRfc3339(event.at)},
                                {u"text"_s, record::readBody(m_connection, event.entry).value("text"_L1).toString()}});
        }
        return notes;
    }

    QJsonObject caseOf(CaseId id)
    {
        const Case value = store::requireCase(m_connection, id);
        const std::vector<ConversationId> linked = store::conversationsOfCase(m_connection, id);
        const bool alone = std::ranges::all_of(
            linked, [this](ConversationId one) { return seal::isAloneWith(m_connection, one, m_person.id); });
        know({value.person}, alone);
        QJsonObject object{{u"case"_s, id.toString()},
                           {u"status"_s, toString(value.status)},
                           {u"opened"_s, toRfc3339(value.openedAt)},
                           {u"changed"_s, toRfc3339(value.changedAt)},
                           {u"about_others_too"_s, !alone}};
        if (alone) {
            object.insert("title"_L1, value.title);
            object.insert("notes"_L1, notesIn(store::eventsOfCase(m_connection, id)));
        }
        return object;
    }

    store::Connection &m_connection;
    store::HandleRow m_person;
    Redactor m_redactor;
    QStringList m_earlierNames;
};

/// Somebody who is called "Person" or "Bluesky" does not change what these say.
const QSet<QString> &ownFields()
{
    static const QSet<QString> fields{u"format"_s,   u"exported"_s, u"network"_s,        u"audience"_s, u"who"_s,
                                      u"kind"_s,     u"written"_s,  u"received"_s,       u"gone"_s,     u"gone_seen"_s,
                                      u"language"_s, u"erased"_s,   u"erased_because"_s, u"state"_s,    u"status"_s,
                                      u"created"_s,  u"at"_s,       u"opened"_s,         u"changed"_s};
    return fields;
}

QByteArray tableOf(const QJsonObject &document, qint64 &rows)
{
    QByteArray table = exchange::csvRow({u"conversation"_s, u"network"_s, u"account"_s, u"who"_s, u"kind"_s,
                                         u"written (UTC)"_s, u"received (UTC)"_s, u"text"_s, u"earlier texts"_s,
                                         u"gone"_s, u"erased (UTC)"_s, u"erased because"_s, u"address"_s});
    const QJsonArray conversations = document.value("conversations"_L1).toArray();
    for (const auto one : conversations) {
        const QJsonObject conversation = one.toObject();
        const QJsonArray items = conversation.value("items"_L1).toArray();
        for (const auto listed : items) {
            const QJsonObject item = listed.toObject();
            const auto text = [&item](QLatin1StringView field) { return item.value(field).toString(); };
            QStringList earlier;
            const QJsonArray versions = item.value("earlier_texts"_L1).toArray();
            for (const auto version : versions)
                earlier.append(version.toString());
            table += exchange::csvRow(
                {conversation.value("conversation"_L1).toString(), conversation.value("network"_L1).toString(),
                 conversation.value("account"_L1).toString(), text("who"_L1), text("kind"_L1), text("written"_L1),
                 text("received"_L1), text("text"_L1), earlier.join(u"\n---\n"_s), text("gone"_L1), text("erased"_L1),
                 text("erased_because"_L1), text("address"_L1)});
            ++rows;
        }
    }
    return table;
}

} // namespace

PersonFile readPerson(store::Connection &connection, const seal::Person &person, Instant now)
{
    Reader reader(connection, seal::requirePerson(connection, person));
    const QJsonObject all = reader.document(now);
    PersonFile file;
    // Only now is everybody's name known.
    file.document = reader.redactor().redacted(QJsonValue(all), ownFields()).toObject();
    file.table = tableOf(file.document, file.items);
    return file;
}

} // namespace indelible::people
