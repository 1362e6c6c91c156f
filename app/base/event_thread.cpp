// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/event_thread.h"

#include <QEventLoop>
#include <QThread>

#include <future>
#include <utility>

#include <pthread.h>

namespace indelible {

namespace {

constexpr qsizetype kLongestName = 15; // pthread_setname_np(3)

} // namespace

EventThread::EventThread(const QString &name)
{
    std::promise<QEventLoop *> made;
    std::future<QEventLoop *> loop = made.get_future();
    m_thread = std::thread([this, made = std::move(made), label = name.left(kLongestName).toLatin1()]() mutable {
        pthread_setname_np(pthread_self(), label.constData());
        QEventLoop own;
        made.set_value(&own);
        own.exec();
        if (m_last)
            m_last();
    });
    m_loop = loop.get();
}

EventThread::~EventThread()
{
    end();
}

void EventThread::take(QObject *object)
{
    object->moveToThread(m_loop->thread());
}

void EventThread::end(std::function<void()> last)
{
    if (!m_thread.joinable())
        return;
    m_last = std::move(last);
    // The thread, not the loop: what runs there may wait in a loop of its own.
    QMetaObject::invokeMethod(
        m_loop, [] { QThread::currentThread()->quit(); }, Qt::QueuedConnection);
    m_thread.join();
}

} // namespace indelible
