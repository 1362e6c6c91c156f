// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/conversation_table.h"

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

ConversationKey keyOf(const Statement &row)
{
    return {row.id<ConversationId>(0), row.blob(1), row.id<AccountId>(2), row.text(3),
            static_cast<Audience>(row.integer(4))};
}

void readNewest(Connection &connection, ConversationId id, ConversationFacts &facts)
{
    Statement newest = connection.statement("SELECT direction, ordered_at_ms, entry FROM item WHERE conversation_id = "
                                            "? ORDER BY ordered_at_ms DESC, id DESC LIMIT 1");
    newest.bind(id);
    if (!newest.step())
        return;
    facts.newestDirection = static_cast<Direction>(newest.integer(0));
    facts.newestAt = newest.instant(1);
    facts.newestEntry = newest.integer(2);
}

void readFirst(Connection &connection, ConversationId id, ConversationFacts &facts)
{
    // With somebody who began it: that person. Under a post of ours: whoever wrote last.
    Statement first = connection.statement(
        "SELECT direction, handle_id, entry FROM item WHERE conversation_id = ? ORDER BY ordered_at_ms, id LIMIT 1");
    first.bind(id);
    if (!first.step())
        return;
    facts.handle = first.integer(1);
    facts.firstEntry = first.integer(2);
    if (static_cast<Direction>(first.integer(0)) == Direction::Incoming)
        return;
    Statement theirs = connection.statement("SELECT handle_id, entry FROM item WHERE conversation_id = ? AND direction "
                                            "= 1 ORDER BY ordered_at_ms DESC, id DESC LIMIT 1");
    theirs.bind(id);
    if (theirs.step()) {
        facts.handle = theirs.integer(0);
        facts.firstEntry = theirs.integer(1);
    }
}

/// What of theirs nobody has answered: after our last word, or received after an answer of ours that went out without
/// knowing it; and not what was marked done.
void readFirstUnanswered(Connection &connection, ConversationId id, ConversationFacts &facts)
{
    Statement statement = connection.statement(
        "WITH ours AS (SELECT ordered_at_ms, received_at_ms, member_id FROM item WHERE conversation_id = ? AND "
        "direction = 2 ORDER BY ordered_at_ms DESC, id DESC LIMIT 1) "
        "SELECT ordered_at_ms FROM item WHERE conversation_id = ? AND direction = 1 AND substr(remote_id, 1, 7) <> "
        "'sealed:' "
        "AND id > (SELECT done_item_id FROM conversation WHERE id = ?) "
        "AND (NOT EXISTS (SELECT 1 FROM ours) OR ordered_at_ms > (SELECT ordered_at_ms FROM ours) "
        "OR received_at_ms > (SELECT received_at_ms FROM ours WHERE member_id IS NOT NULL)) "
        "ORDER BY ordered_at_ms, id LIMIT 1");
    statement.bind(id, id, id);
    if (statement.step())
        facts.firstUnansweredAt = statement.instant(0);
}

} // namespace

qint64 urgencyOf(Turn turn, Instant lastAt, std::optional<Instant> dueAt)
{
    switch (turn) {
    case Turn::NeedsReply:
        return toMs(dueAt.value_or(lastAt));
    case Turn::Waiting:
        return kWaitingBand + (kWaitingBand / 2 - toMs(lastAt));
    case Turn::Done:
    case Turn::Quiet:
        return kRestBand + (kWaitingBand / 2 - toMs(lastAt));
    }
    Q_UNREACHABLE();
}

std::optional<ConversationKey> findConversation(Connection &connection, AccountId account, const QString &threadId)
{
    Statement statement = connection.statement(
        "SELECT id, subject, account_id, thread_id, audience FROM conversation WHERE account_id = ? AND thread_id = ?");
    statement.bind(account, threadId);
    return statement.step() ? std::optional(keyOf(statement)) : std::nullopt;
}

ConversationId insertConversation(Connection &connection, const NewConversation &conversation)
{
    Statement statement = connection.statement(
        "INSERT INTO conversation (account_id, thread_id, subject, kind, audience, turn, unread, edited, gone, "
        "item_count, last_at_ms, snippet, urgency, owner, done_item_id, refreshed_at_ms) "
        "VALUES (?, ?, ?, ?, ?, 4, 0, 0, 0, 0, 0, '', 0, '', 0, 0)");
    statement
        .bind(conversation.account, conversation.threadId, conversation.subject, conversation.kind,
              conversation.audience)
        .run();
    return ConversationId(statement.insertedId());
}

ConversationKey requireConversation(Connection &connection, ConversationId id)
{
    Statement statement =
        connection.statement("SELECT id, subject, account_id, thread_id, audience FROM conversation WHERE id = ?");
    statement.bind(id);
    if (!statement.step())
        throw StoreException(
            ErrorKind::NotFound,
            u"There is no conversation %1. Nothing was changed; 'indelible list' shows them."_s.arg(id.toString()));
    return keyOf(statement);
}

std::optional<ConversationId> conversationOfSubject(Connection &connection, const QByteArray &subject)
{
    Statement statement = connection.statement("SELECT id FROM conversation WHERE subject = ?");
    statement.bind(subject);
    return statement.step() ? std::optional(statement.id<ConversationId>(0)) : std::nullopt;
}

ConversationFacts readFacts(Connection &connection, ConversationId id)
{
    ConversationFacts facts;
    Statement counts = connection.statement(
        "SELECT count(*), coalesce(sum(direction = 1 AND substr(remote_id, 1, 7) <> 'sealed:'), 0), max(CASE WHEN "
        "direction = 1 THEN id END), max(gone IS NOT "
        "NULL), "
        "EXISTS (SELECT 1 FROM revision r JOIN item j ON j.id = r.item_id WHERE j.conversation_id = ?), "
        "(SELECT done_item_id FROM conversation WHERE id = ?), "
        "(SELECT a.network FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.id = ?) "
        "FROM item WHERE conversation_id = ?");
    counts.bind(id, id, id, id);
    if (!counts.step())
        return facts;
    facts.items = static_cast<int>(counts.integer(0));
    facts.incoming = static_cast<int>(counts.integer(1));
    facts.newestIncomingId = counts.optionalInteger(2);
    facts.gone = counts.integer(3) != 0;
    facts.edited = counts.integer(4) != 0;
    facts.doneItemId = counts.integer(5);
    facts.network = counts.text(6);
    readNewest(connection, id, facts);
    readFirst(connection, id, facts);
    readFirstUnanswered(connection, id, facts);
    return facts;
}

void writeSummary(Connection &connection, ConversationId id, const ConversationFacts &facts,
                  const ConversationSummary &summary)
{
    connection
        .statement("UPDATE conversation SET handle_id = ?, kind = ?, stars = ?, turn = ?, edited = ?, gone = ?, "
                   "item_count = ?, last_at_ms = ?, snippet = ?, due_at_ms = ?, urgency = ? WHERE id = ?")
        .bind(facts.handle, summary.kind, summary.stars, summary.turn, facts.edited, facts.gone, facts.items,
              facts.newestAt, summary.snippet, summary.dueAt, urgencyOf(summary.turn, facts.newestAt, summary.dueAt),
              id)
        .run();
}

void setUnread(Connection &connection, ConversationId id, bool unread)
{
    connection.statement("UPDATE conversation SET unread = ? WHERE id = ?").bind(unread, id).run();
}

void setDoneItem(Connection &connection, ConversationId id, qint64 itemId)
{
    connection.statement("UPDATE conversation SET done_item_id = ? WHERE id = ?").bind(itemId, id).run();
}

void setOwner(Connection &connection, ConversationId id, const QString &owner)
{
    connection.statement("UPDATE conversation SET owner = ? WHERE id = ?").bind(owner, id).run();
}

void setCase(Connection &connection, ConversationId id, CaseId caseId)
{
    connection.statement("UPDATE conversation SET case_id = ? WHERE id = ?").bind(caseId, id).run();
}

std::vector<ConversationKey> threadsToRefresh(Connection &connection, AccountId account, Instant since,
                                              Instant refreshedBefore, int limit)
{
    Statement statement = connection.statement(
        "SELECT id, subject, account_id, thread_id, audience FROM conversation INDEXED BY conversation_to_refresh "
        "WHERE account_id = ? AND last_at_ms >= ? AND refreshed_at_ms < ? AND substr(thread_id, 1, 7) <> 'sealed:' "
        "ORDER BY last_at_ms DESC LIMIT ?");
    statement.bind(account, since, refreshedBefore, limit);
    std::vector<ConversationKey> threads;
    while (statement.step())
        threads.push_back(keyOf(statement));
    return threads;
}

void setRefreshed(Connection &connection, ConversationId id, Instant at)
{
    connection.statement("UPDATE conversation SET refreshed_at_ms = ? WHERE id = ?").bind(at, id).run();
}

void writeDraft(Connection &connection, ConversationId id, const Draft &draft, Instant at)
{
    if (draft.text.isEmpty()) {
        connection.statement("DELETE FROM draft WHERE conversation_id = ?").bind(id).run();
        return;
    }
    connection
        .statement("INSERT INTO draft (conversation_id, text, audience, note, saved_at_ms) VALUES (?, ?, ?, ?, ?) ON "
                   "CONFLICT (conversation_id) DO UPDATE SET "
                   "text = excluded.text, audience = excluded.audience, note = excluded.note, saved_at_ms = "
                   "excluded.saved_at_ms")
        .bind(id, draft.text, draft.audience, draft.note, at)
        .run();
}

Draft readDraft(Connection &connection, ConversationId id)
{
    Statement statement = connection.statement("SELECT text, audience, note FROM draft WHERE conversation_id = ?");
    statement.bind(id);
    return statement.step()
               ? Draft{statement.text(0), static_cast<Audience>(statement.integer(1)), statement.integer(2) != 0}
               : Draft{};
}

} // namespace indelible::store
