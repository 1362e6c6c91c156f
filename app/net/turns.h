// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QPromise>
#include <QString>

#include <deque>
#include <map>
#include <utility>

namespace indelible::net {

/// Lets the requests of each group go one after the other, in the order in which they were made. Interface thread.
class Turns
{
public:
    /// Finishes when it is the caller's turn, which it has until it calls give().
    QFuture<void> take(const QString &group)
    {
        QPromise<void> promise;
        promise.start();
        QFuture<void> turn = promise.future();
        const auto [line, isFree] = m_lines.try_emplace(group);
        if (isFree)
            promise.finish();
        else
            line->second.push_back(std::move(promise));
        return turn;
    }

    void give(const QString &group)
    {
        const auto line = m_lines.find(group);
        if (line->second.empty()) {
            m_lines.erase(line);
            return;
        }
        line->second.front().finish();
        line->second.pop_front();
    }

private:
    std::map<QString, std::deque<QPromise<void>>> m_lines; ///< of groups whose turn is taken: who waits
};

/// A turn that ends with its scope.
class HeldTurn
{
public:
    HeldTurn(Turns &turns, QString group)
        : m_turns(turns)
        , m_group(std::move(group))
    {
    }
    ~HeldTurn() { m_turns.give(m_group); }
    Q_DISABLE_COPY_MOVE(HeldTurn)

private:
    Turns &m_turns;
    QString m_group;
};

} // namespace indelible::net
