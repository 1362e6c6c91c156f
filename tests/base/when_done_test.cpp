// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/when_done.h"
#include "tests/support/catch.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <atomic>
#include <chrono>
#include <thread>

using namespace indelible;
using namespace std::chrono_literals;

namespace {

template<typename T>
void untilFinished(const QFuture<T> &future)
{
    const QDeadlineTimer deadline(30s);
    while (!future.isFinished() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 10);
    REQUIRE(future.isFinished());
}

} // namespace

TEST_CASE("what follows a future happens once, however close to its end on another thread it is asked for")
{
    QObject owner;
    for (int i = 0; i < 2000; ++i) {
        auto promise = std::make_shared<QPromise<int>>();
        QFuture<int> future = promise->future();
        promise->start();
        std::atomic<bool> goes = false;
        std::thread other([promise = std::exchange(promise, {}), &goes] {
            goes = true;
            promise->addResult(20);
            promise->finish();
        });
        while (!goes)
            std::this_thread::yield();
        int calls = 0;
        QFuture<int> twice = andThen(&owner, std::move(future), [&calls](int value) {
            ++calls;
            return value * 2;
        });
        other.join();
        untilFinished(twice);
        QCoreApplication::sendPostedEvents();
        REQUIRE(calls == 1);
        REQUIRE(twice.result() == 40);
    }
}

TEST_CASE("what follows a future ends with who asked for it")
{
    QPromise<int> promise;
    promise.start();
    auto owner = std::make_unique<QObject>();
    bool isCalled = false;
    const QFuture<int> next = andThen(owner.get(), promise.future(), [&isCalled](int value) {
        isCalled = true;
        return value;
    });
    owner.reset();
    promise.addResult(1);
    promise.finish();
    untilFinished(next);
    QCoreApplication::sendPostedEvents();
    CHECK(next.isCanceled());
    CHECK(next.resultCount() == 0);
    CHECK_FALSE(isCalled);
}
