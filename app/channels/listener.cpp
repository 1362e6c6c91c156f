// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/listener.h"

#include "app/base/log.h"
#include "app/base/spawn.h"

#include <QPointer>

#include <utility>

namespace indelible::channels {

namespace {

constexpr std::chrono::milliseconds kAfterARefusal = std::chrono::hours(24);

/// Of a server that may well tell another time.
bool mayPass(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
    case ErrorKind::RateLimited:
    case ErrorKind::ServerTrouble:
    case ErrorKind::Cancelled:
    case ErrorKind::Conflict:     // another program hears in our place
    case ErrorKind::Unauthorised: // the next visit says it, and a new sign-in mends it
    case ErrorKind::Secrets:
        return true;
    default:
        return false;
    }
}

} // namespace

Listener::Listener(const Clock &clock, std::chrono::milliseconds afterAnEnd, Hear hear)
    : m_clock(clock)
    , m_afterAnEnd(afterAnEnd)
    , m_hear(std::move(hear))
{
}

Listener::~Listener()
{
    stop();
}

void Listener::listen(std::function<void()> heard)
{
    m_heard = std::move(heard);
    if (!m_heard)
        return stop();
    if (m_run || m_clock.now() < m_notBefore)
        return;
    m_run = std::make_shared<Run>();
    m_run->stop.start();
    m_run->say = [self = QPointer<Listener>(this), run = m_run.get()] {
        if (self)
            self->say(run);
    };
    spawn(keep(this, m_run), "listening to a network");
}

void Listener::stop()
{
    if (const std::shared_ptr<Run> run = std::exchange(m_run, nullptr))
        run->stop.finish();
}

QCoro::Task<void> Listener::keep(QPointer<Listener> self, std::shared_ptr<Run> run)
{
    auto hearing = self->m_hear(run);
    const Result<void> end = co_await hearing;
    run->isOpen = false;
    if (self)
        self->note(run, end);
}

void Listener::say(const Run *run) const
{
    // Saying it may lead to listen(), which replaces what is being called.
    const std::function<void()> heard = m_run.get() == run ? m_heard : nullptr;
    if (heard)
        heard();
}

void Listener::note(const std::shared_ptr<Run> &run, const Result<void> &end)
{
    if (m_run != run)
        return;
    m_run.reset();
    m_notBefore = m_clock.now() + (end || mayPass(end.error()) ? m_afterAnEnd : kAfterARefusal);
    if (!end)
        qCDebug(lcNet, "a network is not listened to: %s", qPrintable(toString(end.error().kind)));
}

} // namespace indelible::channels
