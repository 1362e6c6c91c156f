// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPointer>
#include <QPromise>

#include <memory>
#include <type_traits>
#include <utility>

#include <QCoroTask>

namespace indelible {

/// Hands the value of a future to `use` on the thread of `owner`, or forgets it when `owner` has gone by then.
///
/// Stands in for QFuture::then(context, …), as andThen() does. In Qt 6.4 that runs its function twice and crashes when
/// the future ends on another thread just then (setContinuation() keeps a function that it has run, and
/// runContinuation() finds it), and asserts that the context is still alive.
template<typename T, typename Use>
void whenDone(QObject *owner, QFuture<T> future, Use use)
{
    auto *watcher = new QFutureWatcher<T>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner, [watcher, use = std::move(use)]() mutable {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0)
            use(watcher->result());
    });
    watcher->setFuture(future);
}

/// What `next` makes of the value of a future, on the thread of `owner`; cancelled when `owner` has gone by then.
template<typename T, typename Next>
auto andThen(QObject *owner, QFuture<T> future, Next next) -> QFuture<std::invoke_result_t<Next, T>>
{
    auto promise = std::make_shared<QPromise<std::invoke_result_t<Next, T>>>();
    promise->start();
    whenDone(owner, std::move(future), [promise, next = std::move(next)](T value) mutable {
        promise->addResult(next(std::move(value)));
        promise->finish();
    });
    return promise->future();
}

/// Hands on the value of a task that runs on the interface thread.
template<typename T, typename Use>
void whenDone(QObject *owner, QCoro::Task<T> task, Use use)
{
    task.then([guard = QPointer<QObject>(owner), use = std::move(use)](T value) mutable {
        if (guard)
            use(std::move(value));
    });
}

} // namespace indelible
