// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "app/store/connection.h"

#include <QByteArray>
#include <QStringList>

#include <optional>
#include <vector>

namespace indelible::store {

// Conversations and the summary that a list shows of each. All functions belong inside a function given to Database.

/// `urgency` puts "most urgent first" into one ascending number, so that one index serves every view without sorting:
/// first what needs a reply, by when it is due; then what waits for them, then what is quiet or done, each newest
/// first.
inline constexpr qint64 kWaitingBand = qint64(1) << 50;
inline constexpr qint64 kRestBand = qint64(1) << 52;
[[nodiscard]] qint64 urgencyOf(Turn turn, Instant lastAt, std::optional<Instant> dueAt);

struct NewConversation
{
    AccountId account;
    QString threadId;
    QByteArray subject; ///< 16 random bytes: whom its record entries are about
    ItemKind kind = ItemKind::Mention;
    Audience audience = Audience::Public;
};

struct ConversationKey
{
    ConversationId id;
    QByteArray subject;
    AccountId account;
    QString threadId;
    Audience audience = Audience::Public;
};
[[nodiscard]] std::optional<ConversationKey> findConversation(Connection &connection, AccountId account,
                                                              const QString &threadId);
[[nodiscard]] ConversationId insertConversation(Connection &connection, const NewConversation &conversation);
/// Throws NotFound.
[[nodiscard]] ConversationKey requireConversation(Connection &connection, ConversationId id);

/// The conversation that these record entries are about.
[[nodiscard]] std::optional<ConversationId> conversationOfSubject(Connection &connection, const QByteArray &subject);

/// The facts from which whose turn it is, when it is due and what the list shows follow; read from the items.
struct ConversationFacts
{
    int items = 0;
    int incoming = 0;
    bool gone = false;
    bool edited = false;
    std::optional<qint64> newestIncomingId; ///< the largest item number of theirs
    Direction newestDirection = Direction::Incoming;
    Instant newestAt;
    qint64 newestEntry = 0;
    std::optional<Instant> firstUnansweredAt; ///< theirs, after our last
    qint64 handle = 0;                        ///< whom it is with
    qint64 firstEntry = 0;                    ///< of the item that began it, or of their first
    qint64 doneItemId = 0;                    ///< 0 = not done
    QString network;                          ///< Network::id
};
[[nodiscard]] ConversationFacts readFacts(Connection &connection, ConversationId id);

struct ConversationSummary
{
    Turn turn = Turn::NeedsReply;
    ItemKind kind = ItemKind::Mention;
    std::optional<int> stars;
    QString snippet;
    std::optional<Instant> dueAt;
};
void writeSummary(Connection &connection, ConversationId id, const ConversationFacts &facts,
                  const ConversationSummary &summary);

void setUnread(Connection &connection, ConversationId id, bool unread);
/// Done up to this item; 0 = not done.
void setDoneItem(Connection &connection, ConversationId id, qint64 itemId);
void setOwner(Connection &connection, ConversationId id, const QString &owner);
void setCase(Connection &connection, ConversationId id, CaseId caseId);

/// Threads worth looking at again, liveliest first: those with an answer of ours or theirs since `since`, not refreshed
/// since `refreshedBefore`.
[[nodiscard]] std::vector<ConversationKey> threadsToRefresh(Connection &connection, AccountId account, Instant since,
                                                            Instant refreshedBefore, int limit);
void setRefreshed(Connection &connection, ConversationId id, Instant at);

void writeDraft(Connection &connection, ConversationId id, const Draft &draft, Instant at);
[[nodiscard]] Draft readDraft(Connection &connection, ConversationId id);

} // namespace indelible::store
