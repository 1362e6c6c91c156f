// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_send.h"

#include "app/channels/call_errors.h"
#include "app/channels/telegram/telegram_parser.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace indelible::channels::telegram {

namespace {

/// The network's clock and ours may differ by this much.
constexpr std::chrono::minutes kClockSlack{2};

Receipt receiptOf(const RemoteItem &item)
{
    return {item.remoteId, item.version, item.url, item.reply, item.author};
}

} // namespace

TextLimit messageLimit()
{
    return {4096, TextUnit::Utf16Units};
}

Result<void> checkOutgoing(const Outgoing &outgoing)
{
    const ReplyTo reply = replyFrom(outgoing.reply);
    if (outgoing.text.trimmed().isEmpty())
        return failure(ErrorKind::Rejected, u"An answer needs words. Nothing was sent."_s);
    if (reply.chat == 0 || reply.message == 0)
        return failure(ErrorKind::Rejected, u"There is no message on Telegram to answer. Nothing was sent."_s);
    if (outgoing.audience == Audience::Private && reply.chat < 0)
        return failure(
            ErrorKind::Rejected,
            u"A Telegram bot cannot write first to somebody. Nothing was sent; answer in the group, or ask them to write to the bot."_s);
    if (!fits(messageLimit(), outgoing.text))
        return failure(ErrorKind::Rejected,
                       u"The answer is longer than Telegram takes (%1 of %2). Nothing was sent; shorten it."_s
                           .arg(lengthIn(messageLimit(), outgoing.text))
                           .arg(messageLimit().maximum));
    return {};
}

QJsonObject messageBody(const Outgoing &outgoing)
{
    const ReplyTo reply = replyFrom(outgoing.reply);
    const QJsonObject above{{"message_id"_L1, reply.message}, {"allow_sending_without_reply"_L1, false}};
    QJsonObject body{{"chat_id"_L1, reply.chat}, {"text"_L1, outgoing.text}, {"reply_parameters"_L1, above}};
    if (reply.topic != 0)
        body.insert("message_thread_id"_L1, reply.topic);
    return body;
}

std::optional<Receipt> quotedAmong(const std::vector<RemoteItem> &own, const Outgoing &outgoing)
{
    const qint64 chat = replyFrom(outgoing.reply).chat;
    const auto found = std::ranges::find_if(own, [&](const RemoteItem &item) {
        // The service leaves out white space at both ends.
        return replyFrom(item.reply).chat == chat && item.text.trimmed() == outgoing.text.trimmed() &&
               item.createdAt >= outgoing.createdAt - kClockSlack && !outgoing.others.contains(item.remoteId);
    });
    return found != own.end() ? std::make_optional(receiptOf(*found)) : std::nullopt;
}

QCoro::Task<Result<Receipt>> sendAnswer(QPointer<TelegramClient> client, Outgoing outgoing)
{
    const Result<void> fine = checkOutgoing(outgoing);
    if (!fine)
        co_return failure(fine.error());
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(beforeTheCall(session.error()));
    if (!client)
        co_return cancelled();
    Call call{u"sendMessage"_s, {}, messageBody(outgoing)};
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    Result<RemoteItem> sent = parseSent(*answer, {session->botId, session->handle});
    if (!sent)
        co_return failure(sent.error());
    Receipt receipt = receiptOf(*sent);
    co_return receipt;
}

} // namespace indelible::channels::telegram
