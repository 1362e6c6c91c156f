// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_listener.h"

#include "app/base/log.h"
#include "app/base/spawn.h"
#include "app/channels/call_errors.h"
#include "app/channels/mastodon/mastodon_events.h"
#include "app/channels/mastodon/mastodon_reading.h"

#include <QPromise>

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

constexpr std::chrono::milliseconds kAfterAnEnd = std::chrono::minutes(1);
constexpr std::chrono::milliseconds kWithoutStream = std::chrono::hours(24);
// A visit reads notifications and what we wrote ourselves. The stream of everything would tell the home timeline too,
// which may be a hundred times as much; private messages come as notifications of a mention.
constexpr auto kPath = "/api/v1/streaming/user/notification"_L1;

/// Of a server that may well tell another time.
bool mayPass(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
    case ErrorKind::RateLimited:
    case ErrorKind::ServerTrouble:
    case ErrorKind::Cancelled:
    case ErrorKind::Unauthorised: // the next visit says it, and a new sign-in mends it
    case ErrorKind::Secrets:
        return true;
    default:
        return false;
    }
}

} // namespace

struct MastodonListener::Run
{
    QPromise<void> stop;
    EventReader reader;
    bool isOpen = false;
};

MastodonListener::MastodonListener(MastodonClient &client, std::chrono::milliseconds silence)
    : m_client(&client)
    , m_silence(silence)
{
}

MastodonListener::~MastodonListener()
{
    listen({});
}

void MastodonListener::listen(std::function<void()> heard)
{
    m_heard = std::move(heard);
    if (!m_heard) {
        if (const std::shared_ptr<Run> run = std::exchange(m_run, nullptr))
            run->stop.finish();
        return;
    }
    if (m_run || !m_client || m_client->clock().now() < m_notBefore)
        return;
    m_run = std::make_shared<Run>();
    m_run->stop.start();
    spawn(keep(this, m_run), "listening to a Mastodon server");
}

bool MastodonListener::isListening() const
{
    return m_run && m_run->isOpen;
}

net::Following MastodonListener::following(const std::shared_ptr<Run> &run)
{
    net::Following following;
    const QPointer<MastodonListener> self(this);
    following.opened = [self, run] {
        run->isOpen = true;
        if (self)
            self->say(run);
    };
    following.came = [self, run](const QByteArray &bytes) -> Result<void> {
        const Result<int> events = run->reader.read(bytes);
        if (!events)
            return failure(events.error());
        if (*events > 0 && self)
            self->say(run);
        return {};
    };
    following.silence = m_silence;
    following.stopped = run->stop.future();
    return following;
}

QCoro::Task<Result<void>> MastodonListener::follow(QPointer<MastodonListener> self, std::shared_ptr<Run> run)
{
    const QPointer<MastodonClient> client = self->m_client;
    auto sessionTask = client->session();
    const Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!self || !client)
        co_return cancelled();
    auto instanceTask = instanceAt(client, session->server);
    const Result<Instance> instance = co_await instanceTask;
    if (!instance)
        co_return failure(instance.error());
    if (instance->streaming.isEmpty())
        co_return failure(ErrorKind::NotFound, u"This server does not tell what happens as it happens."_s);
    if (!self || !client)
        co_return cancelled();
    QUrl address = instance->streaming;
    const QString base = address.path(QUrl::FullyEncoded);
    address.setPath((base == "/"_L1 ? QString() : base) + kPath, QUrl::StrictMode);
    auto followed = client->follow(address, session->token, self->following(run));
    const Result<void> end = co_await followed;
    if (end && !run->isOpen)
        co_return failure(ErrorKind::NotFound, u"What this server answers is no stream."_s);
    co_return end;
}

QCoro::Task<void> MastodonListener::keep(QPointer<MastodonListener> self, std::shared_ptr<Run> run)
{
    auto following = follow(self, run);
    const Result<void> end = co_await following;
    run->isOpen = false;
    if (self)
        self->note(run, end);
}

void MastodonListener::say(const std::shared_ptr<Run> &run) const
{
    // Saying it may lead to listen(), which replaces what is being called.
    const std::function<void()> heard = m_run == run ? m_heard : nullptr;
    if (heard)
        heard();
}

void MastodonListener::note(const std::shared_ptr<Run> &run, const Result<void> &end)
{
    if (m_run != run || !m_client)
        return;
    m_run.reset();
    m_notBefore = m_client->clock().now() + (end || mayPass(end.error()) ? kAfterAnEnd : kWithoutStream);
    if (!end)
        qCDebug(lcNet, "a Mastodon server is not listened to: %s", qPrintable(toString(end.error().kind)));
}

} // namespace indelible::channels::mastodon
