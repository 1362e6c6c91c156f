// SPDX-License-Identifier: GPL-3.0-or-later
// For builds with the thread sanitizer only. The distribution's Qt is compiled without it, so the locks inside Qt's
// event queue are invisible: everything handed to another thread by an event would look like a race. The linker sends
// our calls that hand something over through here (--wrap), where the order they promise is spelled out: what happened
// before an event was posted happens before its delivery (Qt: "Threads and QObjects").
#include "tests/support/thread_edges.h"

#include <QCoreApplication>
#include <QMetaObject>
#include <QRunnable>
#include <QThreadPool>

#include <functional>
#include <utility>

extern "C" {
void __tsan_acquire(void *address);
void __tsan_release(void *address);
}

namespace indelible::test {

namespace {

/// Signals and futures do not say who will hear them.
char anybody = 0;

/// Whoever lets go of a posted closure last destroys what it holds: the thread that ran it or, now and then, the one
/// that posted it. Qt's own count decides, which nobody sees: what the closure did happens before it is destroyed.
class SeenClosure : public QtPrivate::QSlotObjectBase
{
public:
    explicit SeenClosure(QtPrivate::QSlotObjectBase *closure)
        : QSlotObjectBase(&SeenClosure::impl)
        , m_closure(closure)
    {
    }

private:
    static void impl(int which, QSlotObjectBase *self, QObject *receiver, void **arguments, bool *)
    {
        auto *seen = static_cast<SeenClosure *>(self);
        switch (which) {
        case Call:
            seen->m_closure->call(receiver, arguments);
            __tsan_release(seen);
            break;
        case Destroy:
            __tsan_acquire(seen);
            seen->m_closure->destroyIfLastRef();
            delete seen;
            break;
        default:
            break;
        }
    }

    QtPrivate::QSlotObjectBase *m_closure;
};

/// Handed over under the pool's lock. What Qt calls is found by its table of functions, which nobody here reads.
class SeenWork : public QRunnable
{
public:
    explicit SeenWork(std::function<void()> work)
        : m_work(std::move(work))
    {
    }
    __attribute__((no_sanitize("thread"))) void run() override
    {
        __tsan_acquire(this);
        m_work();
    }

private:
    std::function<void()> m_work;
};

} // namespace

void beforeEvent(QObject *receiver)
{
    __tsan_acquire(receiver);
    __tsan_acquire(&anybody);
}

void afterEvent(QObject *receiver)
{
    // Somebody may be blocked until it has been delivered. The receiver may be gone by now; only its address is used.
    __tsan_release(receiver);
}

} // namespace indelible::test

using indelible::test::anybody;
using indelible::test::SeenClosure;
using indelible::test::SeenWork;

// Names as the linker knows them; NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {

bool __real__ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(
    QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *);
bool __wrap__ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(
    QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type, void *result)
{
    auto *seen = new SeenClosure(slot);
    // Qt throws away what was never delivered, under its queue's lock, where the receiver ends.
    __tsan_release(seen);
    __tsan_release(object);
    const bool done =
        __real__ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(
            object, seen, type, result);
    if (type == Qt::BlockingQueuedConnection)
        __tsan_acquire(object);
    return done;
}

void __real__ZN16QCoreApplication9postEventEP7QObjectP6QEventi(QObject *, QEvent *, int);
void __wrap__ZN16QCoreApplication9postEventEP7QObjectP6QEventi(QObject *receiver, QEvent *event, int priority)
{
    __tsan_release(receiver);
    __real__ZN16QCoreApplication9postEventEP7QObjectP6QEventi(receiver, event, priority);
}

void __real__ZN11QMetaObject8activateEP7QObjectPKS_iPPv(QObject *, const QMetaObject *, int, void **);
void __wrap__ZN11QMetaObject8activateEP7QObjectPKS_iPPv(QObject *sender, const QMetaObject *meta, int signal,
                                                        void **arguments)
{
    __tsan_release(&anybody);
    __real__ZN11QMetaObject8activateEP7QObjectPKS_iPPv(sender, meta, signal, arguments);
}

void __real__ZN20QFutureInterfaceBase14reportFinishedEv(void *);
void __wrap__ZN20QFutureInterfaceBase14reportFinishedEv(void *future)
{
    __tsan_release(&anybody);
    __real__ZN20QFutureInterfaceBase14reportFinishedEv(future);
}

void __real__ZN20QFutureInterfaceBase15waitForFinishedEv(void *);
void __wrap__ZN20QFutureInterfaceBase15waitForFinishedEv(void *future)
{
    __real__ZN20QFutureInterfaceBase15waitForFinishedEv(future);
    __tsan_acquire(&anybody);
}

// A std::function given by value is passed as an address (Itanium C++ ABI, 3.1.1).
void __real__ZN20QFutureInterfaceBase15setContinuationESt8functionIFvRKS_EEP27QFutureInterfaceBasePrivate(void *,
                                                                                                          void *,
                                                                                                          void *);
void __wrap__ZN20QFutureInterfaceBase15setContinuationESt8functionIFvRKS_EEP27QFutureInterfaceBasePrivate(
    void *future, void *function, void *next)
{
    __tsan_release(&anybody);
    __real__ZN20QFutureInterfaceBase15setContinuationESt8functionIFvRKS_EEP27QFutureInterfaceBasePrivate(
        future, function, next);
}

void __real__ZNK20QFutureInterfaceBase15runContinuationEv(const void *);
void __wrap__ZNK20QFutureInterfaceBase15runContinuationEv(const void *future)
{
    __tsan_acquire(&anybody);
    __real__ZNK20QFutureInterfaceBase15runContinuationEv(future);
}

bool __real__ZNK20QFutureInterfaceBase6derefTEv(const void *);
bool __wrap__ZNK20QFutureInterfaceBase6derefTEv(const void *future)
{
    // The last one to let go destroys the results, after all others have.
    __tsan_release(&anybody);
    const bool others = __real__ZNK20QFutureInterfaceBase6derefTEv(future);
    if (!others)
        __tsan_acquire(&anybody);
    return others;
}

void __wrap__ZN11QThreadPool5startESt8functionIFvvEEi(QThreadPool *pool, std::function<void()> *work, int priority)
{
    auto *seen = new SeenWork(std::move(*work));
    __tsan_release(seen);
    pool->start(seen, priority);
}

} // extern "C"
// NOLINTEND(bugprone-reserved-identifier)
