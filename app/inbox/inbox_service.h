// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/domain/conversation.h"

#include <QFuture>
#include <QList>
#include <QObject>

#include <optional>

namespace indelible::store {
class Database;
}

namespace indelible::inbox {

/// Reading and marking conversations: what the inbox window and the commands list, show, done and note do.
/// Lives on the interface thread; every call returns at once and its future finishes when the database thread is done.
/// Each change is on the record in the same transaction. Errors: Storage, DiskFull, NotFound, Rejected (empty note).
class InboxService : public QObject
{
    Q_OBJECT
public:
    /// `member` is the number of the team member who acts, `store::members` row.
    InboxService(store::Database &database, const Clock &clock, quint32 member, QObject *parent = nullptr);

    /// One page of a list, in ascending order of ConversationRow::key.
    QFuture<Result<InboxPage>> page(InboxQuery query);

    /// Those of `ids` that the query lists now, with their present place: to update a list without reading it anew.
    QFuture<Result<std::vector<ConversationRow>>> rows(InboxQuery query, QList<ConversationId> ids);

    QFuture<Result<InboxCounts>> counts();

    /// A conversation with its newest `limit` items, or the `limit` items before `before`.
    QFuture<Result<ConversationView>> open(ConversationId id, int limit = 60, std::optional<ItemId> before = {});

    /// Seen or not seen by us. Not an event of the record: it says nothing about what was said or done.
    QFuture<Result<void>> markSeen(ConversationId id, bool seen);

    QFuture<Result<void>> markDone(ConversationId id, bool done);

    /// Gives the conversation to a team member; empty = nobody.
    QFuture<Result<void>> assign(ConversationId id, QString owner);

    /// Adds a note that only the team sees. Returns its record entry.
    QFuture<Result<qint64>> addNote(ConversationId id, QString text);

    /// Keeps what is being written; survives a crash. An empty text forgets the draft.
    QFuture<Result<void>> saveDraft(ConversationId id, Draft draft);

    /// Somebody else's transaction (ingest, outbox, cases) changed these: passes it on as changed().
    void announce(const QList<ConversationId> &ids);

Q_SIGNALS:
    /// After the commit, on the interface thread.
    void changed(const QList<indelible::ConversationId> &ids);

private:
    template<typename Function>
    auto change(ConversationId id, Function function);

    store::Database &m_database;
    const Clock &m_clock;
    quint32 m_member;
};

} // namespace indelible::inbox
