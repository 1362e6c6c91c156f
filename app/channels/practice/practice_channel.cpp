// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/practice/practice_channel.h"

#include "app/base/random.h"
#include "app/channels/practice/practice_server.h"

#include <QFuture>
#include <QMutex>
#include <QMutexLocker>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::channels::practice {

namespace {

constexpr int kPageSize = 20;
constexpr qsizetype kKeyBytes = 16;

/// Whose side of the network a call sees, and when.
struct Caller
{
    QString network;
    QString path; ///< of the state file
    Instant now;
};

/// The accounts of a workspace share one file and have no owner in common but the process, so that reading, changing
/// and writing it is kept apart here. The lock is all that is shared: no state lives longer than a call.
QMutex &fileLock()
{
    static QMutex lock;
    return lock;
}

/// A failure before anything was kept: whatever was to be sent is certainly not there.
tl::unexpected<Error> nothingDone(Error error)
{
    error.provablyNotProcessed = true;
    return failure(std::move(error));
}

/// Starts the network where it has not started, lets it catch up with the clock, does `work` and keeps what it changed.
template<typename Work>
auto withNetwork(const Caller &caller, Work work)
    -> decltype(work(std::declval<const World &>(), std::declval<State &>()))
{
    const Result<World> &world = practiceWorld();
    if (!world)
        return failure(world.error());
    if (!world->accountOn(caller.network))
        return failure(ErrorKind::NotFound, u"The practice inbox has no account on '%1'."_s.arg(caller.network));
    const QMutexLocker locked(&fileLock());
    const Result<std::optional<State>> stored = loadState(caller.path);
    if (!stored)
        return nothingDone(stored.error());
    State state = stored->value_or(State{caller.now, {}, {}});
    advance(*world, state, caller.now);
    auto outcome = work(*world, state);
    if (!outcome || *stored == state)
        return outcome;
    if (const Result<void> saved = saveState(caller.path, state); !saved)
        return nothingDone(saved.error());
    return outcome;
}

/// The same on a pool thread.
template<typename T, typename Work>
QFuture<Result<T>> onNetwork(Caller caller, Work work)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QFuture<Result<T>> future = promise->future();
    QThreadPool::globalInstance()->start([promise, caller = std::move(caller), work = std::move(work)] {
        promise->addResult(withNetwork(caller, work));
        promise->finish();
    });
    return future;
}

Caller callerOf(const Account &account, const ChannelContext &context)
{
    return {account.network, statePath(context.dataFolder), context.clock->now()};
}

} // namespace

PracticeChannel::PracticeChannel(Account account, ChannelContext context)
    : m_account(std::move(account))
    , m_context(std::move(context))
{
}

Capabilities PracticeChannel::capabilities() const
{
    return capabilitiesOn(m_account.network);
}

QCoro::Task<Result<Identity>> PracticeChannel::signIn(SignIn credentials)
{
    const Result<World> &world = practiceWorld();
    if (!world)
        co_return failure(world.error());
    const QString wanted = credentials.handle.isEmpty() ? m_account.network : credentials.handle;
    const auto found = std::find_if(world->accounts.begin(), world->accounts.end(), [&wanted](const Account &account) {
        return wanted == account.network || wanted == account.handle || wanted == account.name;
    });
    if (found == world->accounts.end())
        co_return failure(ErrorKind::NotFound, u"The practice inbox has no account '%1'."_s.arg(wanted));
    m_account = *found;
    co_return Identity{found->remoteId, found->handle, found->name, found->server, {}};
}

QCoro::Task<Result<Batch>> PracticeChannel::fetch(Cursor cursor)
{
    const Caller caller = callerOf(m_account, m_context);
    const QFuture<Result<Batch>> reply =
        onNetwork<Batch>(caller, [network = caller.network, cursor](const World &world, State &state) -> Result<Batch> {
            return page(world, state, network, cursor, kPageSize);
        });
    co_return co_await reply;
}

QCoro::Task<Result<Batch>> PracticeChannel::context(ThreadRef thread)
{
    const Caller caller = callerOf(m_account, m_context);
    const QFuture<Result<Batch>> reply =
        onNetwork<Batch>(caller, [network = caller.network, thread](const World &world, State &state) -> Result<Batch> {
            return practice::thread(world, state, network, thread);
        });
    co_return co_await reply;
}

QByteArray PracticeChannel::prepareKey(Instant)
{
    return randomBytes(kKeyBytes).toHex();
}

QCoro::Task<Result<Receipt>> PracticeChannel::send(Outgoing outgoing)
{
    const Caller caller = callerOf(m_account, m_context);
    const QFuture<Result<Receipt>> reply =
        onNetwork<Receipt>(caller, [caller, outgoing](const World &world, State &state) -> Result<Receipt> {
            return answer(world, state, caller.network, outgoing, caller.now);
        });
    co_return co_await reply;
}

QCoro::Task<Result<std::optional<Receipt>>> PracticeChannel::find(Outgoing outgoing)
{
    using Found = std::optional<Receipt>;
    const Caller caller = callerOf(m_account, m_context);
    const QFuture<Result<Found>> reply = onNetwork<Found>(
        caller, [network = caller.network, key = outgoing.key](const World &world, State &state) -> Result<Found> {
            return findAnswer(world, state, network, key);
        });
    co_return co_await reply;
}

QCoro::Task<Result<void>> PracticeChannel::signOut()
{
    co_return Result<void>(); // there are no secrets to forget
}

std::unique_ptr<Channel> makePracticeChannel(const Account &account, const ChannelContext &context)
{
    return std::make_unique<PracticeChannel>(account, context);
}

} // namespace indelible::channels::practice
