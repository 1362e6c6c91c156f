// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/when_done.h"
#include "tests/support/catch.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#ifdef Q_OS_LINUX
#include <sched.h>
#endif

#include <array>
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

/// Keeps this thread, and those it starts, to one processor: what sleeps there goes first when it wakes, between any
/// two steps of the other.
class OneProcessor
{
public:
#ifdef Q_OS_LINUX
    OneProcessor()
    {
        REQUIRE(sched_getaffinity(0, sizeof m_before, &m_before) == 0);
        cpu_set_t one;
        CPU_ZERO(&one);
        for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++i)
            if (CPU_ISSET(i, &m_before))
                CPU_SET(i, &one);
        REQUIRE(sched_setaffinity(0, sizeof one, &one) == 0);
    }
    ~OneProcessor()
    {
        sched_setaffinity(0, sizeof m_before, &m_before);
    }
    Q_DISABLE_COPY_MOVE(OneProcessor)

private:
    cpu_set_t m_before = {};
#endif
};

} // namespace

TEST_CASE("what follows a future happens once, however close to its end on another thread it is asked for")
{
    [[maybe_unused]] const OneProcessor both;
    QObject owner;
    for (int i = 0; i < 200; ++i) {
        QPromise<int> promise;
        QFuture<int> future = promise.future();
        promise.start();
        // Each is told of the end, which makes it take its time.
        std::array<QFutureWatcher<int>, 500> others;
        for (QFutureWatcher<int> &other : others)
            other.setFuture(future);
        std::thread ending([&promise] {
            promise.addResult(20);
            promise.finish();
        });
        while (!future.isFinished())
            std::this_thread::sleep_for(1us);
        int calls = 0;
        QFuture<int> twice = andThen(&owner, std::move(future), [&calls](int value) {
            ++calls;
            return value * 2;
        });
        ending.join();
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
