// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <utility>
#include <vector>

namespace indelible::net {

class Operation;

/// What is under way, so that shutting down can stop it. Interface thread.
class Operations
{
public:
    void add(Operation *operation) { m_running.push_back(operation); }
    void remove(Operation *operation) { std::erase(m_running, operation); }
    void cancelAll();

private:
    std::vector<Operation *> m_running;
};

/// Something that ends once: by itself, at its deadline, or cancelled. Owned by the coroutine that awaits it, which
/// resumes from the event loop and never from inside the call that ended it, so it may delete this at once.
class Operation : public QObject
{
public:
    explicit Operation(Operations &operations)
        : m_operations(operations)
    {
        m_operations.add(this);
    }
    ~Operation() override { m_operations.remove(this); }
    Q_DISABLE_COPY_MOVE(Operation)

    virtual void cancel() = 0;

private:
    Operations &m_operations;
};

inline void Operations::cancelAll()
{
    for (Operation *operation : std::vector<Operation *>(m_running))
        operation->cancel();
}

/// An operation with a value.
template<typename T>
class OperationFor : public Operation
{
public:
    explicit OperationFor(Operations &operations)
        : Operation(operations)
    {
        m_promise.start();
    }

    [[nodiscard]] QFuture<T> future() { return m_promise.future(); }

protected:
    [[nodiscard]] bool isOver() const { return m_isOver; }

    /// The first value counts.
    void end(T value)
    {
        if (std::exchange(m_isOver, true))
            return;
        m_promise.addResult(std::move(value));
        m_promise.finish();
    }

private:
    QPromise<T> m_promise;
    bool m_isOver = false;
};

} // namespace indelible::net
