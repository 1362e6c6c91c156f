// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QFuture>
#include <QFutureWatcher>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <optional>
#include <stdexcept>

#include <QCoroTask>

namespace indelible::test {

/// Runs the event loop until `done()`; throws after the deadline, which fails the test. Sleeps between events, and
/// looks again each millisecond for what comes true without one.
template<typename Predicate>
void waitUntil(Predicate done, std::chrono::milliseconds limit = std::chrono::seconds(30))
{
    const QDeadlineTimer deadline(limit);
    QTimer again;
    again.setTimerType(Qt::PreciseTimer);
    again.start(1);
    while (!done()) {
        if (deadline.hasExpired())
            throw std::runtime_error("waited in vain");
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
}

/// The value of a future, with the event loop running meanwhile.
template<typename T>
T wait(QFuture<T> future)
{
    QFutureWatcher<T> waking; // its event ends the sleep
    waking.setFuture(future);
    waitUntil([&] { return future.isFinished(); });
    return future.takeResult();
}

/// The value of a task, with the event loop running meanwhile.
template<typename T>
T wait(QCoro::Task<T> task)
{
    std::optional<T> value;
    task.then([&value](T result) { value.emplace(std::move(result)); });
    waitUntil([&] { return value.has_value(); });
    return std::move(*value);
}

} // namespace indelible::test
