// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "ui/models/conversation_model.h"
#include "ui/models/thread_list_model.h"

#include <vector>

namespace indelible::test {

/// Wednesday 15 October 2025, 14:32 UTC: the moment of the design pictures.
[[nodiscard]] Instant sampleNow();

/// `time` of that Wednesday in UTC ("13:18"), `days` earlier.
[[nodiscard]] Instant sampleTime(const QString &time, int days = 0);

/// The cards of the design picture, most urgent first.
[[nodiscard]] std::vector<ConversationRow> sampleRows();

/// A card of no special kind; `id` also gives its place in the list.
[[nodiscard]] ConversationRow plainRow(qint64 id);

/// One item of a person in the conversation `conversation`.
[[nodiscard]] ItemView sampleItem(qint64 id, const Author &author, const QString &text, Instant at);

/// The conversation of the design picture: an edited review, a deleted one, our answer, a note, an event.
[[nodiscard]] ConversationView sampleConversation();

/// Answers on their way in every state, private ones, a text with links, one from right to left.
[[nodiscard]] ConversationView stateConversation();

/// Letters: one with files, one from right to left, each with a quoted conversation below.
[[nodiscard]] ConversationView mailConversation();

/// A future that is finished already.
template<typename T>
[[nodiscard]] QFuture<Result<T>> ready(Result<T> value)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

/// A list source over `rows` in memory that pages by key as the store does. `rows` outlives it.
[[nodiscard]] ui::ThreadListModel::PageSource pagesOf(const std::vector<ConversationRow> &rows);
[[nodiscard]] ui::ThreadListModel::RowSource rowsOf(const std::vector<ConversationRow> &rows);

} // namespace indelible::test
