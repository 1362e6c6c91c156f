// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_reading.h"

#include "app/base/log.h"
#include "app/channels/mastodon/mastodon_errors.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

constexpr int kOwnAtOnce = 40; ///< the most that Mastodon gives

/// Errors that say: the server has no more about this status. An answer that nobody can read does not.
bool saysNothing(const Error &error)
{
    return concernsPartOnly(error) && error.kind != ErrorKind::InvalidReply;
}

/// Something besides the status that cannot be read, again and again: the status is worth more than what it lacks.
/// Trouble of the whole server or the account shows in other calls, too, and ends the round there.
bool mayGoWithout(QPointer<MastodonClient> client, const QString &path, const Error &error)
{
    const bool isOfThisAnswer = error.kind == ErrorKind::ServerTrouble || error.kind == ErrorKind::InvalidReply ||
                                error.kind == ErrorKind::Timeout;
    if (!isOfThisAnswer || !client || !client->isHopeless(path))
        return false;
    qCWarning(lcChannel, "a Mastodon status is read without %s: %s", qUtf8Printable(path),
              qUtf8Printable(error.detail));
    return true;
}

/// What was said before the last edit. It comes with the status every time, as long as the client remembers it: what
/// could not be stored the first time is not lost. A server that tells of no versions has none.
QCoro::Task<Result<std::vector<Wording>>> earlierWords(QPointer<MastodonClient> client, Status status)
{
    const QString key = status.id + u' ' + status.editedAt;
    if (const std::vector<Wording> *known = client->histories().object(key))
        co_return *known;
    const QString path = u"/api/v1/statuses/%1/history"_s.arg(inPath(status.id));
    auto answerTask = client->call(Call{net::Method::Get, path});
    Result<QByteArray> answer = co_await answerTask;
    const bool isNone = !answer && saysNothing(answer.error());
    Result<std::vector<Wording>> earlier = std::vector<Wording>();
    if (!isNone)
        earlier = answer ? parseHistory(*answer, status) : failure(answer.error());
    if (!earlier && mayGoWithout(client, path, earlier.error()))
        co_return std::vector<Wording>();
    if (earlier && client) {
        const auto cost = static_cast<qsizetype>(earlier->size()) + 1;
        client->histories().insert(key, new std::vector<Wording>(*earlier), cost);
    }
    co_return earlier;
}

QCoro::Task<Result<Surroundings>> surroundingsOf(QPointer<MastodonClient> client, Self self, QString id)
{
    const QString path = u"/api/v1/statuses/%1/context"_s.arg(inPath(id));
    auto answerTask = client->call(Call{net::Method::Get, path});
    Result<QByteArray> answer = co_await answerTask;
    if (!answer && saysNothing(answer.error()))
        co_return Surroundings();
    Result<Surroundings> around = answer ? parseContext(*answer, self) : failure(answer.error());
    if (!around && mayGoWithout(client, path, around.error()))
        co_return Surroundings();
    co_return around;
}

void addMissing(std::vector<Status> &statuses, QSet<QString> &have, std::vector<Status> more)
{
    for (Status &status : more) {
        if (have.contains(status.id))
            continue;
        have.insert(status.id);
        statuses.push_back(std::move(status));
    }
}

} // namespace

QString inPath(const QString &id)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(id));
}

bool concernsPartOnly(const Error &error)
{
    return error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Forbidden ||
           error.kind == ErrorKind::Rejected || error.kind == ErrorKind::InvalidReply;
}

Call ownStatusesCall(const Self &self, const QString &page)
{
    Call call{net::Method::Get, u"/api/v1/accounts/%1/statuses"_s.arg(inPath(self.accountId))};
    call.query = {{u"exclude_reblogs"_s, u"true"_s}, {u"limit"_s, QString::number(kOwnAtOnce)}};
    if (!page.isEmpty())
        call.query.emplace_back(u"max_id"_s, page);
    return call;
}

QCoro::Task<Result<std::vector<Status>>> withEarlierWords(QPointer<MastodonClient> client, std::vector<Status> statuses)
{
    for (Status &status : statuses) {
        if (status.editedAt.isEmpty())
            continue;
        if (!client)
            co_return cancelled();
        auto earlierTask = earlierWords(client, status);
        Result<std::vector<Wording>> earlier = co_await earlierTask;
        if (!earlier)
            co_return failure(earlier.error());
        status.item.earlier = std::move(*earlier);
    }
    co_return statuses;
}

QCoro::Task<Result<std::optional<Status>>> statusNow(QPointer<MastodonClient> client, Self self, QString id)
{
    Call call{net::Method::Get, u"/api/v1/statuses/%1"_s.arg(inPath(id))};
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer && answer.error().kind == ErrorKind::NotFound)
        co_return std::optional<Status>();
    if (!answer)
        co_return failure(answer.error());
    Result<Status> status = parseStatus(*answer, self);
    if (!status)
        co_return failure(status.error());
    std::vector<Status> itself{std::move(*status)};
    auto wholeTask = withEarlierWords(client, std::move(itself));
    Result<std::vector<Status>> whole = co_await wholeTask;
    if (!whole)
        co_return failure(whole.error());
    co_return std::optional<Status>(std::move(whole->front()));
}

QCoro::Task<Result<std::vector<Status>>> threadAround(QPointer<MastodonClient> client, Self self, Status status)
{
    const QString id = status.id;
    auto nearTask = surroundingsOf(client, self, id);
    Result<Surroundings> near = co_await nearTask;
    if (!near)
        co_return failure(near.error());
    std::vector<Status> thread;
    QSet<QString> have;
    const QString top = near->ancestors.empty() ? QString() : near->ancestors.front().id;
    addMissing(thread, have, std::move(near->ancestors));
    std::vector<Status> itself{std::move(status)};
    addMissing(thread, have, std::move(itself));
    addMissing(thread, have, std::move(near->descendants));
    if (!top.isEmpty() && client) {
        auto wholeTask = surroundingsOf(client, self, top);
        Result<Surroundings> whole = co_await wholeTask;
        if (!whole)
            co_return failure(whole.error());
        addMissing(thread, have, std::move(whole->ancestors));
        addMissing(thread, have, std::move(whole->descendants));
    }
    auto lastTask = withEarlierWords(client, std::move(thread));
    co_return co_await lastTask;
}

QCoro::Task<Result<Instance>> instanceAt(QPointer<MastodonClient> client, QUrl server)
{
    auto newTask = client->callAt(server, {}, Call{net::Method::Get, u"/api/v2/instance"_s});
    Result<QByteArray> answer = co_await newTask;
    if (!client)
        co_return cancelled();
    // Servers that know version 1 only say so in many ways.
    if (!answer && answer.error().httpStatus && *answer.error().httpStatus < 500) {
        auto oldTask = client->callAt(server, {}, Call{net::Method::Get, u"/api/v1/instance"_s});
        answer = co_await oldTask;
    }
    if (!answer && answer.error().kind == ErrorKind::NotFound)
        co_return failure(ErrorKind::InvalidReply,
                          u"%1 is no Mastodon server. Nothing was changed; check the address."_s.arg(server.host()));
    if (!answer)
        co_return failure(answer.error());
    co_return parseInstance(*answer);
}

} // namespace indelible::channels::mastodon
