// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/case.h"
#include "app/domain/conversation.h"
#include "app/store/connection.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace indelible::store {

// Cases, and the events of cases and conversations. All functions belong inside a function given to Database.

struct NewCase
{
    QByteArray subject; ///< 16 random bytes
    QString title;
    QString person;
    Instant openedAt;
};
[[nodiscard]] CaseId insertCase(Connection &connection, const NewCase &value);
/// Without conversations and notes. Throws NotFound.
[[nodiscard]] Case requireCase(Connection &connection, CaseId id);
/// The case that these record entries are about.
[[nodiscard]] std::optional<CaseId> findCase(Connection &connection, const QByteArray &subject);
[[nodiscard]] QByteArray caseSubject(Connection &connection, CaseId id);
void updateCase(Connection &connection, const Case &value);
/// Says no longer whom the case is about.
void forgetPersonOfCase(Connection &connection, CaseId id, const QString &title);
[[nodiscard]] std::vector<Case> readCases(Connection &connection);
[[nodiscard]] std::vector<ConversationId> conversationsOfCase(Connection &connection, CaseId id);

/// A step without its text, which is in the body; that of a sealed item is empty.
struct StoredStep
{
    CaseStep step;
    QByteArray body;
};
/// The newest `most` items of the case's conversations, oldest of them first.
[[nodiscard]] std::vector<StoredStep> storyOfCase(Connection &connection, CaseId id, int most);

struct NewEvent
{
    std::optional<ConversationId> conversation;
    std::optional<CaseId> caseId;
    ConversationEvent::Kind kind = ConversationEvent::Kind::Note;
    Instant at;
    std::optional<quint32> member;
    qint64 entry = 0; ///< its words are the entry's body
};
void insertEvent(Connection &connection, const NewEvent &event);

/// The subject of the conversation that the event with this entry is about.
[[nodiscard]] std::optional<QByteArray> subjectOfEvent(Connection &connection, qint64 entry);

struct StoredEvent
{
    ConversationEvent::Kind kind = ConversationEvent::Kind::Note;
    Instant at;
    QString memberName;
    std::optional<CaseId> caseId;
    qint64 entry = 0;
    QByteArray body;
};
[[nodiscard]] std::vector<StoredEvent> eventsOfConversation(Connection &connection, ConversationId id);
[[nodiscard]] std::vector<StoredEvent> eventsOfCase(Connection &connection, CaseId id);

} // namespace indelible::store
