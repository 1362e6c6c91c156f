// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_listener.h"

#include "app/channels/call_errors.h"
#include "app/channels/telegram/telegram_cursor.h"
#include "app/channels/telegram/telegram_fetch.h"

#include <QElapsedTimer>

#include <chrono>

using namespace Qt::StringLiterals;

namespace indelible::channels::telegram {

namespace {

/// Below the deadline of an exchange (60 s).
constexpr std::chrono::seconds kHeldBack{50};
/// A server that has nothing to say sooner than this does not hold back, and would be asked in a circle.
constexpr std::chrono::milliseconds kTooSoon{500};

} // namespace

QCoro::Task<Result<void>> hearUpdates(QPointer<TelegramClient> client, std::shared_ptr<Listener::Run> run)
{
    run->isOpen = true;
    while (client && !run->stop.future().isFinished()) {
        auto sessionTask = client->session();
        const Result<Session> session = co_await sessionTask;
        if (!session)
            co_return failure(session.error());
        if (!client)
            co_return cancelled();
        Call call = updatesCall(offsetFor(client->reached(), client->clock().now()), 1, kHeldBack);
        QElapsedTimer asked;
        asked.start();
        auto answerTask = client->follow(std::move(call), run->stop.future());
        const Result<QByteArray> answer = co_await answerTask;
        if (!answer)
            co_return failure(answer.error());
        const Result<Updates> page = parseUpdates(*answer, {session->botId, session->handle});
        if (!page)
            co_return failure(page.error());
        if (page->last) {
            run->say();
            co_return Result<void>();
        }
        if (std::chrono::milliseconds(asked.elapsed()) < kTooSoon)
            co_return failure(ErrorKind::NotFound, u"This server does not wait until something comes."_s);
    }
    co_return Result<void>();
}

} // namespace indelible::channels::telegram
