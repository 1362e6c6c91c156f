// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_listener.h"

#include "app/channels/call_errors.h"
#include "app/channels/mastodon/mastodon_events.h"
#include "app/channels/mastodon/mastodon_reading.h"

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

// A visit reads notifications and what we wrote ourselves. The stream of everything would tell the home timeline too,
// which may be a hundred times as much; private messages come as notifications of a mention.
constexpr auto kPath = "/api/v1/streaming/user/notification"_L1;

net::Following following(std::chrono::milliseconds silence, const std::shared_ptr<Listener::Run> &run)
{
    net::Following following;
    following.opened = [run] {
        run->isOpen = true;
        run->say();
    };
    following.came = [run, reader = std::make_shared<EventReader>()](const QByteArray &bytes) -> Result<void> {
        const Result<int> events = reader->read(bytes);
        if (!events)
            return failure(events.error());
        if (*events > 0)
            run->say();
        return {};
    };
    following.silence = silence;
    following.stopped = run->stop.future();
    return following;
}

} // namespace

QCoro::Task<Result<void>> hearStream(QPointer<MastodonClient> client, std::chrono::milliseconds silence,
                                     std::shared_ptr<Listener::Run> run)
{
    auto sessionTask = client->session();
    const Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    auto instanceTask = instanceAt(client, session->server);
    const Result<Instance> instance = co_await instanceTask;
    if (!instance)
        co_return failure(instance.error());
    if (instance->streaming.isEmpty())
        co_return failure(ErrorKind::NotFound, u"This server does not tell what happens as it happens."_s);
    if (!client || run->stop.future().isFinished())
        co_return cancelled();
    QUrl address = instance->streaming;
    const QString base = address.path(QUrl::FullyEncoded);
    address.setPath((base == "/"_L1 ? QString() : base) + kPath, QUrl::StrictMode);
    auto followed = client->follow(address, session->token, following(silence, run));
    const Result<void> end = co_await followed;
    if (end && !run->isOpen)
        co_return failure(ErrorKind::NotFound, u"What this server answers is no stream."_s);
    co_return end;
}

} // namespace indelible::channels::mastodon
