// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inbox/summary.h"

#include "app/base/text.h"
#include "app/domain/goal.h"
#include "app/domain/quoted_text.h"
#include "app/record/item_body.h"
#include "app/store/inbox_reader.h"
#include "app/store/record_table.h"

namespace indelible::inbox {

namespace {

constexpr qsizetype kSnippetGraphemes = 160;

RemoteItem itemOfEntry(store::Connection &connection, qint64 entry)
{
    return record::itemFromBody(store::readRecordBody(connection, entry).value_or(QByteArray()));
}

} // namespace

Turn turnOf(const store::ConversationFacts &facts)
{
    const bool done = facts.doneItemId > 0 && facts.newestIncomingId.value_or(0) <= facts.doneItemId;
    if (done)
        return Turn::Done;
    if (facts.incoming == 0)
        return Turn::Quiet;
    return facts.firstUnansweredAt ? Turn::NeedsReply : Turn::Waiting;
}

void refreshSummary(store::Connection &connection, ConversationId id)
{
    const store::ConversationFacts facts = store::readFacts(connection, id);
    if (facts.items == 0)
        return;
    const RemoteItem newest = itemOfEntry(connection, facts.newestEntry);
    const RemoteItem first = facts.firstEntry == facts.newestEntry ? newest : itemOfEntry(connection, facts.firstEntry);
    store::ConversationSummary summary;
    summary.turn = turnOf(facts);
    // A sealed one says nothing any more; what kind of conversation it is stays.
    const bool sealed = !store::readRecordBody(connection, facts.firstEntry);
    summary.kind = sealed ? store::readRow(connection, id).kind : first.kind;
    summary.stars = first.stars;
    summary.snippet = snippetOf(newWords(newest.text, facts.network), kSnippetGraphemes);
    if (summary.turn == Turn::NeedsReply && facts.firstUnansweredAt)
        summary.dueAt = *facts.firstUnansweredAt + kReplyGoal;
    store::writeSummary(connection, id, facts, summary);
}

} // namespace indelible::inbox
