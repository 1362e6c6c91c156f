// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_send.h"

#include "app/base/log.h"
#include "app/channels/json_reader.h"
#include "app/channels/mastodon/mastodon_errors.h"
#include "app/channels/mastodon/mastodon_post.h"
#include "app/channels/mastodon/mastodon_reading.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

/// The network's clock and ours may differ by this much.
constexpr std::chrono::minutes kClockSlack{2};
constexpr int kMostPages = 10;

Receipt receiptOf(const Status &status)
{
    return {status.item.remoteId, status.item.version, status.item.url, status.item.reply, status.item.author};
}

/// What an answer that may be there looks like.
struct Wanted
{
    QString parentId; ///< on our server
    QString essence;
    Instant earliest;
    QStringList others;
};

bool isIt(const Status &status, const Wanted &wanted)
{
    return status.item.direction == Direction::Outgoing && !status.isBoost && status.inReplyToId == wanted.parentId &&
           status.item.createdAt >= wanted.earliest && !wanted.others.contains(status.item.remoteId) &&
           essenceOf(status.item.text) == wanted.essence;
}

std::optional<Receipt> among(const std::vector<Status> &statuses, const Wanted &wanted)
{
    const auto found =
        std::find_if(statuses.begin(), statuses.end(), [&](const Status &status) { return isIt(status, wanted); });
    return found != statuses.end() ? std::optional<Receipt>(receiptOf(*found)) : std::nullopt;
}

QCoro::Task<Result<std::optional<Receipt>>> findAmongOwn(QPointer<MastodonClient> client, Self self, Wanted wanted)
{
    QString page;
    for (int pages = 0; pages < kMostPages; ++pages) {
        if (!client)
            co_return cancelled();
        Call call = ownStatusesCall(self, page);
        auto answerTask = client->call(std::move(call));
        Result<QByteArray> answer = co_await answerTask;
        if (!answer)
            co_return failure(answer.error());
        Result<std::vector<Status>> statuses = parseStatuses(*answer, self);
        if (!statuses)
            co_return failure(statuses.error());
        std::optional<Receipt> found = among(*statuses, wanted);
        if (found)
            co_return found;
        const bool isLast =
            statuses->empty() || statuses->back().id == page || statuses->back().item.createdAt < wanted.earliest;
        if (isLast)
            break;
        page = statuses->back().id;
    }
    co_return std::optional<Receipt>();
}

/// What is for some people only is not in everybody's list of our statuses, and on some servers not in ours either.
QCoro::Task<Result<std::optional<Receipt>>> findBelow(QPointer<MastodonClient> client, Self self, Wanted wanted)
{
    Call call{net::Method::Get, u"/api/v1/statuses/%1/context"_s.arg(inPath(wanted.parentId))};
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer && answer.error().kind == ErrorKind::NotFound)
        co_return std::optional<Receipt>();
    if (!answer)
        co_return failure(answer.error());
    Result<Surroundings> around = parseContext(*answer, self);
    if (!around)
        co_return failure(around.error());
    co_return among(around->descendants, wanted);
}

tl::unexpected<Error> cannotBeTold()
{
    return failure(
        ErrorKind::Forbidden,
        u"Whether this answer arrived cannot be told: it is not among the account's posts, and may still be on its way. Look on Mastodon before sending it again."_s);
}

} // namespace

QCoro::Task<Result<Receipt>> sendAnswer(QPointer<MastodonClient> client, Outgoing outgoing)
{
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(beforeTheCall(session.error()));
    if (!client)
        co_return cancelled();
    const ReplyTo reply = replyFrom(outgoing.reply);
    const QString visibility = visibilityFor(outgoing.audience, reply);
    const QString words = wordsFor(outgoing, reply, visibility, *session);
    const Result<void> fine = checkOutgoing(outgoing, reply, words, *session);
    if (!fine)
        co_return failure(fine.error());
    Call call{net::Method::Post, u"/api/v1/statuses"_s};
    call.form = formOf(words, reply, visibility);
    call.idempotencyKey = outgoing.key;
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    Result<Status> status = parseStatus(*answer, selfOf(*session));
    if (!status)
        co_return failure(status.error());
    if (!isForEverybody(visibility) && status->item.audience == Audience::Public)
        qCWarning(lcChannel, "a Mastodon server made a private answer public: %s", qPrintable(status->item.remoteId));
    Receipt receipt = receiptOf(*status);
    co_return receipt;
}

QCoro::Task<Result<std::optional<Receipt>>> findAnswer(QPointer<MastodonClient> client, Outgoing outgoing)
{
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    const ReplyTo reply = replyFrom(outgoing.reply);
    const QString words = wordsFor(outgoing, reply, visibilityFor(outgoing.audience, reply), *session);
    const Wanted wanted{reply.id, essenceOf(words), outgoing.createdAt - kClockSlack, outgoing.others};
    auto ownTask = findAmongOwn(client, selfOf(*session), wanted);
    Result<std::optional<Receipt>> own = co_await ownTask;
    if (!own || own->has_value())
        co_return own;
    if (!client)
        co_return cancelled();
    auto belowTask = findBelow(client, selfOf(*session), wanted);
    Result<std::optional<Receipt>> below = co_await belowTask;
    if (!below || below->has_value())
        co_return below;
    co_return cannotBeTold();
}

} // namespace indelible::channels::mastodon
