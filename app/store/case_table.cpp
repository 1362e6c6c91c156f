// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/case_table.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

Case caseOf(const Statement &row)
{
    Case value;
    value.id = row.id<CaseId>(0);
    value.title = row.text(1);
    value.status = static_cast<CaseStatus>(row.integer(2));
    value.owner = row.text(3);
    value.person = row.text(4);
    value.openedAt = row.instant(5);
    value.changedAt = row.instant(6);
    return value;
}

std::vector<StoredEvent> eventsOf(Statement &statement)
{
    std::vector<StoredEvent> events;
    while (statement.step()) {
        StoredEvent event{static_cast<ConversationEvent::Kind>(statement.integer(0)),
                          statement.instant(1),
                          statement.text(2),
                          {},
                          statement.integer(4),
                          statement.blob(5)};
        if (!statement.isNull(3))
            event.caseId = statement.id<CaseId>(3);
        events.push_back(std::move(event));
    }
    return events;
}

} // namespace

CaseId insertCase(Connection &connection, const NewCase &value)
{
    Statement statement = connection.statement("INSERT INTO case_file (subject, title, status, owner, person, "
                                               "opened_at_ms, changed_at_ms) VALUES (?, ?, 1, '', ?, ?, ?)");
    statement.bind(value.subject, value.title, value.person, value.openedAt, value.openedAt).run();
    return CaseId(statement.insertedId());
}

Case requireCase(Connection &connection, CaseId id)
{
    Statement statement = connection.statement(
        "SELECT id, title, status, owner, person, opened_at_ms, changed_at_ms FROM case_file WHERE id = ?");
    statement.bind(id);
    if (!statement.step())
        throw StoreException(
            ErrorKind::NotFound,
            u"There is no case %1. Nothing was changed; 'indelible case list' shows them."_s.arg(id.toString()));
    return caseOf(statement);
}

std::optional<CaseId> findCase(Connection &connection, const QByteArray &subject)
{
    Statement statement = connection.statement("SELECT id FROM case_file WHERE subject = ?");
    statement.bind(subject);
    return statement.step() ? std::optional(CaseId(statement.integer(0))) : std::nullopt;
}

QByteArray caseSubject(Connection &connection, CaseId id)
{
    Statement statement = connection.statement("SELECT subject FROM case_file WHERE id = ?");
    statement.bind(id);
    return statement.step() ? statement.blob(0) : QByteArray();
}

void updateCase(Connection &connection, const Case &value)
{
    connection.statement("UPDATE case_file SET title = ?, status = ?, owner = ?, changed_at_ms = ? WHERE id = ?")
        .bind(value.title, value.status, value.owner, value.changedAt, value.id)
        .run();
}

void forgetPersonOfCase(Connection &connection, CaseId id, const QString &title)
{
    connection.statement("UPDATE case_file SET person = '', title = ? WHERE id = ?").bind(title, id).run();
}

std::vector<Case> readCases(Connection &connection)
{
    Statement statement = connection.statement("SELECT id, title, status, owner, person, opened_at_ms, changed_at_ms "
                                               "FROM case_file ORDER BY changed_at_ms DESC, id DESC");
    std::vector<Case> cases;
    while (statement.step())
        cases.push_back(caseOf(statement));
    return cases;
}

std::vector<ConversationId> conversationsOfCase(Connection &connection, CaseId id)
{
    Statement statement = connection.statement("SELECT id FROM conversation WHERE case_id = ? ORDER BY id");
    statement.bind(id);
    std::vector<ConversationId> ids;
    while (statement.step())
        ids.push_back(statement.id<ConversationId>(0));
    return ids;
}

std::vector<StoredStep> storyOfCase(Connection &connection, CaseId id, int most)
{
    Statement statement = connection.statement(
        "SELECT i.conversation_id, a.network, i.direction, i.ordered_at_ms, h.remote_id, h.handle, h.name, b.body "
        "FROM conversation c JOIN item i ON i.conversation_id = c.id JOIN account a ON a.id = i.account_id "
        "JOIN handle h ON h.id = i.handle_id LEFT JOIN record_body b ON b.idx = i.entry "
        "WHERE c.case_id = ? ORDER BY i.ordered_at_ms DESC, i.id DESC LIMIT ?");
    statement.bind(id);
    statement.bind(most);
    std::vector<StoredStep> story;
    while (statement.step()) {
        CaseStep step;
        step.conversation = statement.id<ConversationId>(0);
        step.network = statement.text(1);
        step.direction = static_cast<Direction>(statement.integer(2));
        step.at = fromMs(statement.integer(3));
        step.author.remoteId = statement.text(4);
        step.author.handle = statement.text(5);
        step.author.name = statement.text(6);
        story.push_back({std::move(step), statement.blob(7)});
    }
    std::ranges::reverse(story);
    return story;
}

void insertEvent(Connection &connection, const NewEvent &event)
{
    connection
        .statement(
            "INSERT INTO event (conversation_id, case_id, kind, at_ms, member_id, entry) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(event.conversation, event.caseId, event.kind, event.at, event.member, event.entry)
        .run();
}

std::vector<StoredEvent> eventsOfConversation(Connection &connection, ConversationId id)
{
    Statement statement = connection.statement(
        "SELECT e.kind, e.at_ms, coalesce(m.name, ''), e.case_id, e.entry, b.body FROM event e LEFT JOIN record_body b "
        "ON b.idx = e.entry "
        "LEFT JOIN member m ON m.id = e.member_id WHERE e.conversation_id = ? ORDER BY e.at_ms, e.id");
    statement.bind(id);
    return eventsOf(statement);
}

std::vector<StoredEvent> eventsOfCase(Connection &connection, CaseId id)
{
    Statement statement =
        connection.statement("SELECT e.kind, e.at_ms, coalesce(m.name, ''), e.case_id, e.entry, b.body FROM event e "
                             "LEFT JOIN record_body b ON b.idx = e.entry "
                             "LEFT JOIN member m ON m.id = e.member_id WHERE e.case_id = ? ORDER BY e.at_ms, e.id");
    statement.bind(id);
    return eventsOf(statement);
}

std::optional<QByteArray> subjectOfEvent(Connection &connection, qint64 entry)
{
    Statement statement = connection.statement(
        "SELECT c.subject FROM event e JOIN conversation c ON c.id = e.conversation_id WHERE e.entry = ?");
    statement.bind(entry);
    return statement.step() ? std::optional(statement.blob(0)) : std::nullopt;
}

} // namespace indelible::store
