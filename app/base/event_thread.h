// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <thread>

class QEventLoop;

namespace indelible {

/// A thread with an event loop, for objects that are moved there, that has ended for good once its end was waited for:
/// also what it kept for itself (thread_local, OpenSSL's, GLib's) is gone. QThread::wait() (Qt 6.4) returns before
/// that; a program that ended meanwhile freed OpenSSL's part of it twice (OPENSSL_thread_stop(3) against
/// OPENSSL_cleanup(3)) and was killed after its work was done.
///
/// Made and ended on one thread.
class EventThread
{
public:
    /// The first 15 letters of `name` (Latin-1) are what debuggers show.
    explicit EventThread(const QString &name);
    ~EventThread();
    Q_DISABLE_COPY_MOVE(EventThread)

    /// `object`, which lives on the calling thread and has no parent, lives there from now on.
    void take(QObject *object);

    /// Ends behind everything that was posted to the objects there so far; what waits there in an event loop of its
    /// own stops waiting. `last` runs there after that, outside of every event loop: nothing below it still uses what
    /// it deletes. More than once is as good; the first `last` counts.
    void end(std::function<void()> last = {});

private:
    std::function<void()> m_last;
    std::thread m_thread;
    QEventLoop *m_loop = nullptr; ///< lives there; valid until end()
};

} // namespace indelible
