// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/event_thread.h"
#include "tests/support/catch.h"

#include <QEventLoop>
#include <QSemaphore>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

using namespace indelible;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::atomic<bool> wentAway = false;

/// What a thread keeps for itself and lets go of when it ends, not at once.
struct Keepsake
{
    ~Keepsake()
    {
        std::this_thread::sleep_for(50ms);
        wentAway = true;
    }
    int value = 0;
};

} // namespace

TEST_CASE("what is posted to an object on an event thread runs there in order, all of it before the end")
{
    auto *object = new QObject;
    EventThread thread(u"a rather long name of a thread"_s);
    thread.take(object);
    std::vector<int> seen;
    std::thread::id there;
    for (int i = 0; i < 100; ++i) {
        QMetaObject::invokeMethod(object, [i, &seen, &there] {
            seen.push_back(i);
            there = std::this_thread::get_id();
        });
    }
    bool isGone = false;
    QObject::connect(object, &QObject::destroyed, [&isGone] { isGone = true; });
    thread.end([object] { delete object; });
    thread.end([] { FAIL("ended twice"); });
    REQUIRE(seen.size() == 100);
    CHECK(std::ranges::is_sorted(seen));
    CHECK(there != std::this_thread::get_id());
    CHECK(there != std::thread::id());
    CHECK(isGone);
}

TEST_CASE("the last thing on an event thread comes after what waits there in a loop of its own, which it ends")
{
    auto *object = new QObject;
    EventThread thread(u"nested"_s);
    thread.take(object);
    bool isGone = false;
    bool wasThere = false;
    bool wasStopped = false;
    QObject::connect(object, &QObject::destroyed, [&isGone] { isGone = true; });
    QSemaphore started;
    QMetaObject::invokeMethod(object, [&] {
        started.release();
        QEventLoop inner;
        QTimer::singleShot(1min, &inner, [&inner] { inner.exit(1); });
        wasStopped = inner.exec() == 0;
        wasThere = !isGone;
    });
    started.acquire();
    thread.end([object] { delete object; });
    CHECK(wasStopped);
    CHECK(wasThere);
    CHECK(isGone);
}

TEST_CASE("an event thread has ended only when what it kept for itself is gone, too")
{
    QObject object;
    {
        EventThread thread(u"keeper"_s);
        thread.take(&object);
        QMetaObject::invokeMethod(
            &object,
            [] {
                thread_local Keepsake keepsake;
                keepsake.value = 1;
            },
            Qt::BlockingQueuedConnection);
        CHECK_FALSE(wentAway);
    }
    CHECK(wentAway);
}
