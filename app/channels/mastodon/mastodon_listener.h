// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/channels/mastodon/mastodon_client.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

#include <QCoroTask>

namespace indelible::channels::mastodon {

/// Hears from a server that something has come (docs.joinmastodon.org/methods/streaming, read 2026-07-02): the stream
/// of notifications, by server-sent events. Says so once when it begins, since nothing is told again that came before.
/// Interface thread; the promises are those of Channel::listen().
///
/// After an end it is begun anew a minute later at the soonest, so that a server which hangs up at once is not asked in
/// a circle; where the server has no such stream, after a day. 90 s of silence are an end: Mastodon says every 15 s
/// that it is there.
class MastodonListener final : public QObject
{
public:
    MastodonListener(MastodonClient &client, std::chrono::milliseconds silence);
    ~MastodonListener() override;

    void listen(std::function<void()> heard);
    [[nodiscard]] bool isListening() const;

private:
    struct Run;

    [[nodiscard]] net::Following following(const std::shared_ptr<Run> &run);
    static QCoro::Task<void> keep(QPointer<MastodonListener> self, std::shared_ptr<Run> run);
    static QCoro::Task<Result<void>> follow(QPointer<MastodonListener> self, std::shared_ptr<Run> run);
    void say(const std::shared_ptr<Run> &run) const;
    void note(const std::shared_ptr<Run> &run, const Result<void> &end);

    QPointer<MastodonClient> m_client;
    std::chrono::milliseconds m_silence;
    std::function<void()> m_heard;
    std::shared_ptr<Run> m_run; ///< while it listens or begins to
    Instant m_notBefore{};
};

} // namespace indelible::channels::mastodon
