// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_cursor.h"
#include "app/channels/telegram/telegram_errors.h"
#include "app/channels/telegram/telegram_parser.h"
#include "app/channels/telegram/telegram_session.h"
#include "app/net/http_client.h"
#include "tests/fuzz/item_rules.h"

using namespace indelible;
using namespace indelible::channels::telegram;

namespace {

const Self kSelf{123456, QStringLiteral("cornerbakery_bot")};
const Instant kNow = fromMs(1'795'338'000'000);

void requireGood(const RemoteItem &item)
{
    fuzz::requireGoodItem(item);
    fuzz::require((item.kind == ItemKind::Message) == (item.audience == Audience::Private),
                  "what is said to the bot alone is a message");
    const ReplyTo reply = replyFrom(item.reply);
    fuzz::require(item.remoteId == QStringLiteral("%1/%2").arg(reply.chat).arg(reply.message),
                  "a message can be answered");
}

void tryUpdates(const QByteArray &bytes)
{
    const Result<Updates> page = parseUpdates(bytes, kSelf);
    if (!page)
        return;
    for (const RemoteItem &item : page->items)
        requireGood(item);
    fuzz::require(page->first.has_value() == page->last.has_value(), "a page has both ends or none");
    Position position;
    (void)advance(position, *page, std::nullopt, kNow);
    const std::optional<qint64> offset = offsetFor(position, kNow);
    fuzz::require(!offset || *offset > 0, "nothing that waits is thrown away");
    fuzz::require(!offset || !advance(position, *page, offset, kNow), "the same page brings nothing new");
}

void tryPosition(const QByteArray &bytes)
{
    const Position position = readPosition(bytes);
    const channels::Cursor written = writePosition(position);
    fuzz::require(writePosition(readPosition(written)) == written, "a position comes back");
    const std::optional<qint64> offset = offsetFor(position, kNow);
    fuzz::require(!offset || *offset > 0, "nothing that waits is thrown away");
    (void)noticeFor(position, kNow);
}

void tryAnswer(fuzz::Input &input)
{
    net::HttpResponse response;
    response.status = 200 + 50 * static_cast<int>(input.choice(6));
    response.body = input.bytes();
    const Result<QByteArray> answer = readAnswer(response);
    fuzz::require(answer || !answer.error().detail.contains(u'\n'), "an error is one sentence");
    const auto wait = retryAfterIn(response.body);
    fuzz::require(!wait || wait->count() >= 0, "nobody waits backwards");
}

void tryStored(const QByteArray &bytes)
{
    if (const Result<Session> session = readSession(bytes))
        fuzz::require(readSession(writeSession(*session)) == *session, "a session comes back");
    if (const Result<RemoteItem> sent = parseSent(bytes, kSelf))
        requireGood(*sent);
    (void)parseBot(bytes);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    switch (input.choice(4)) {
    case 0:
        tryUpdates(input.bytes());
        break;
    case 1:
        tryPosition(input.bytes());
        break;
    case 2:
        tryAnswer(input);
        break;
    default:
        tryStored(input.bytes());
    }
    return 0;
}
