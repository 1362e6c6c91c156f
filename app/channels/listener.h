// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"

#include <QObject>
#include <QPromise>

#include <chrono>
#include <functional>
#include <memory>

#include <QCoroTask>

namespace indelible::channels {

/// Keeps the promises of Channel::listen() for a network that tells by an answer which takes long. Interface thread.
///
/// After an end it is begun anew `afterAnEnd` later at the soonest, so that a server which hangs up at once is not
/// asked in a circle; where the network refused in a way that will not change soon, after a day.
class Listener final : public QObject
{
public:
    /// From listen() until the network or the channel ends it.
    struct Run
    {
        QPromise<void> stop;       ///< finished = nobody wants to hear more
        bool isOpen = false;       ///< the network would tell now; set by whoever hears
        std::function<void()> say; ///< that something may have come
    };
    /// Hears once: good where the network ended it, or has nothing to tell before it is asked again. It must end soon
    /// once `stop` is finished.
    using Hear = std::function<QCoro::Task<Result<void>>(std::shared_ptr<Run>)>;

    Listener(const Clock &clock, std::chrono::milliseconds afterAnEnd, Hear hear);
    ~Listener() override;

    void listen(std::function<void()> heard);
    /// Ends what is being heard, without a pause: the next listen() begins anew.
    void stop();
    [[nodiscard]] bool isListening() const { return m_run && m_run->isOpen; }

private:
    static QCoro::Task<void> keep(QPointer<Listener> self, std::shared_ptr<Run> run);
    void say(const Run *run) const;
    void note(const std::shared_ptr<Run> &run, const Result<void> &end);

    const Clock &m_clock;
    std::chrono::milliseconds m_afterAnEnd;
    Hear m_hear;
    std::function<void()> m_heard;
    std::shared_ptr<Run> m_run; ///< while it listens or begins to
    Instant m_notBefore{};
};

} // namespace indelible::channels
