// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPointer>

#include <utility>

#include <QCoroTask>

namespace indelible {

/// Hands the value of a future to `use` on the thread of `owner`, or forgets it when `owner` has gone by then.
/// Stands in for QFuture::then(context, …), which in Qt 6.4 asserts that the context is still alive.
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

/// The same for a task that runs on the interface thread.
template<typename T, typename Use>
void whenDone(QObject *owner, QCoro::Task<T> task, Use use)
{
    task.then([guard = QPointer<QObject>(owner), use = std::move(use)](T value) mutable {
        if (guard)
            use(std::move(value));
    });
}

} // namespace indelible
