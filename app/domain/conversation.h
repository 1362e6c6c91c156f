// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/domain/ids.h"
#include "app/domain/item.h"

#include <QString>

#include <compare>
#include <optional>
#include <vector>

namespace indelible {

/// Whose turn it is in a conversation. Stored; the values never change.
enum class Turn {
    NeedsReply = 1, ///< the newest item is theirs and it is not done
    Waiting = 2,    ///< the newest item is ours and somebody else has spoken
    Done = 3,       ///< marked done, and nothing of theirs has come since
    Quiet = 4,      ///< nobody but us has spoken
};

[[nodiscard]] QString toString(Turn turn);

/// A list the navigation offers. Each has an exact meaning, which `InboxQuery` turns into a condition.
enum class View { NeedsReply, DueSoon, Mine, NotYetOwned, Waiting, Done, Everything };

[[nodiscard]] QString toString(View view);
[[nodiscard]] std::optional<View> viewFrom(const QString &text);

enum class KindFilter { All, Reviews, Mentions, Private };
enum class Order { MostUrgent, Newest, Oldest };

/// State of an answer on its way out. Stored; the values never change.
enum class OutboxState {
    Queued = 1,  ///< waits for its undo window, its account or its turn
    Sending = 2, ///< an attempt is on the record; the network may have it or not
    Sent = 3,
    Failed = 4,  ///< definitely refused; the text is kept
    Unknown = 5, ///< nobody can say whether it went out; looked up, then a person decides
    Undone = 6,  ///< taken back by the person before anything left
};

[[nodiscard]] QString toString(OutboxState state);

/// Where a page of conversations ended; the next one begins after it. Opaque outside the store.
struct PageKey
{
    qint64 sortValue = 0;
    qint64 id = 0;
    friend auto operator<=>(const PageKey &, const PageKey &) = default;
};

/// What one card of the thread list shows.
struct ConversationRow
{
    ConversationId id;
    PageKey key; ///< its place in the list it was read for: rows are in ascending order of this
    AccountId account;
    QString network;
    QString accountName;
    QString threadId; ///< remote id
    Author person;    ///< who it is with
    QString snippet;  ///< of the newest item, or of the draft
    bool snippetIsDraft = false;
    ItemKind kind = ItemKind::Mention;
    Audience audience = Audience::Public;
    std::optional<int> stars;
    Turn turn = Turn::NeedsReply;
    bool unread = false;
    bool edited = false; ///< some item has more than one version
    bool gone = false;   ///< some item was deleted or hidden
    int itemCount = 0;
    Instant lastAt;
    std::optional<Instant> dueAt; ///< when the reply goal ends; none when it is not our turn
    QString owner;                ///< team member's name; empty = nobody yet
    std::optional<CaseId> caseNumber;
    std::optional<OutboxState> outbox; ///< of the newest answer that is not sent yet
};

/// What to list. Pages are by key: the cost of a page does not grow with what lies before it.
struct InboxQuery
{
    View view = View::NeedsReply;
    KindFilter filter = KindFilter::All;
    Order order = Order::MostUrgent;
    std::optional<AccountId> account;
    QString search; ///< words; all must occur in one item, the last one may be a beginning
    std::optional<PageKey> after;
    int limit = 60;

    friend bool operator==(const InboxQuery &, const InboxQuery &) = default;
};

struct InboxPage
{
    std::vector<ConversationRow> rows;
    std::optional<PageKey> next; ///< nothing = this was the last page
};

/// Badge numbers. Counted up to kCountLimit, which then means "that many or more", so that the cost stays the same.
struct InboxCounts
{
    static constexpr int kCountLimit = 1000;
    int needsReply = 0;
    int dueSoon = 0;
    int mine = 0;
    int notYetOwned = 0;
    int waiting = 0;
    std::vector<std::pair<AccountId, int>> needsReplyByAccount;
};

/// One line of the conversation that is nobody's message.
struct ConversationEvent
{
    enum class Kind { CaseOpened = 1, MarkedDone = 2, Reopened = 3, Assigned = 4, Note = 5 };
    Kind kind = Kind::Note;
    Instant at;
    QString actor; ///< team member
    QString text;  ///< note text, owner's name, case title
    std::optional<CaseId> caseNumber;
    qint64 entry = 0;
    std::optional<Instant> sealedAt = {}; ///< its words were destroyed then, as the law required
};

/// An answer that is not (yet) an item: on its way, held, failed or unclear.
struct OutboxView
{
    OutboxId id;
    ConversationId conversation;
    AccountId account;
    OutboxState state = OutboxState::Queued;
    Audience audience = Audience::Public;
    QString text;
    Instant createdAt;
    std::optional<Instant> notBefore; ///< end of the undo window, or of a pause
    QString detail;                   ///< why it failed or is unclear, English
    QString author;                   ///< team member
    int attempts = 0;
};

struct Draft
{
    QString text;
    Audience audience = Audience::Public;
    bool note = false;
    friend bool operator==(const Draft &, const Draft &) = default;
};

/// A conversation opened: its row, a window of its items (oldest first), and what goes with them.
struct ConversationView
{
    ConversationRow row;
    std::vector<ItemView> items;
    bool olderItems = false; ///< there are items before the first one here
    std::vector<ConversationEvent> events;
    std::vector<OutboxView> outbox; ///< everything not SENT and not UNDONE
    Draft draft;
    std::optional<LookAlike> looksLike; ///< row.person does
};

} // namespace indelible
