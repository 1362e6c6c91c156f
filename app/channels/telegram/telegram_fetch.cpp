// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_fetch.h"

#include "app/channels/call_errors.h"
#include "app/channels/telegram/telegram_cursor.h"

using namespace Qt::StringLiterals;

namespace indelible::channels::telegram {

Call updatesCall(std::optional<qint64> offset, int limit, std::chrono::seconds heldBack)
{
    Call call{u"getUpdates"_s};
    call.query = {{u"limit"_s, QString::number(limit)},
                  {u"timeout"_s, QString::number(heldBack.count())},
                  {u"allowed_updates"_s, uR"(["message","edited_message"])"_s}};
    if (offset)
        call.query.emplace_back(u"offset"_s, QString::number(*offset));
    return call;
}

QCoro::Task<Result<Batch>> fetchNext(QPointer<TelegramClient> client, Cursor cursor)
{
    Position position = readPosition(cursor);
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    const std::optional<qint64> offset = offsetFor(position, client->clock().now());
    Call call = updatesCall(offset, 100, std::chrono::seconds(0));
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    if (!client)
        co_return cancelled();
    Result<Updates> page = parseUpdates(*answer, {session->botId, session->handle});
    if (!page)
        co_return failure(page.error());
    const Instant now = client->clock().now();
    Batch batch;
    // The next page's number tells the service that this one is stored, which it then is.
    batch.more = advance(position, *page, offset, now);
    client->rememberOwn(page->items);
    batch.items = std::move(page->items);
    batch.cursor = writePosition(position);
    client->noteReached(position);
    batch.limited = noticeFor(position, now);
    co_return batch;
}

} // namespace indelible::channels::telegram
