// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/outbox/outbox_service.h"
#include "app/sync/sync_engine.h"
#include "tests/channels/contract/network.h"
#include "tests/support/temp_inbox.h"

#include <QMap>

#include <memory>
#include <optional>

namespace indelible::test {

/// A workspace with one account on a network: the program's own store, record, outbox and engine, and the channel under
/// test. The network outlives it.
class Rig
{
public:
    explicit Rig(Network &network, std::chrono::milliseconds deadline = std::chrono::seconds(20));
    ~Rig();

    /// As after a new start: nothing is remembered but what was stored. The server may take so long from now on.
    void restart(std::chrono::milliseconds deadline);
    /// The place up to which everything was fetched is lost; what was fetched is not.
    void forgetPlace();
    /// One round, an hour later: what was told to wait has waited.
    Result<sync::SyncReport> round(sync::SyncEngine::Depth depth = sync::SyncEngine::Depth::Usual);
    /// Sends what is queued, and nothing else.
    void drain();
    /// Rounds until one succeeds; signs in again where the server wanted that. Empty, or why none did.
    QString settle();

    /// What others said, as the workspace has it: remote id -> newest text.
    [[nodiscard]] QMap<QString, QString> incoming();
    [[nodiscard]] QMap<QString, QString> outgoing();
    [[nodiscard]] QStringList gone();
    /// All that was said in it, oldest first.
    [[nodiscard]] QStringList versionsOf(const QString &remoteId);
    [[nodiscard]] ConversationId conversationOf(const QString &remoteId);
    /// Puts an answer to the newest message there into the outbox, at once to be sent.
    [[nodiscard]] OutboxId answer(ConversationId conversation, const QString &text, Audience audience);
    [[nodiscard]] OutboxState stateOf(OutboxId id);

    [[nodiscard]] channels::Channel &channel() { return *m_channel; }
    [[nodiscard]] net::HttpClient &http() { return *m_http; }

    TempInbox inbox;

private:
    [[nodiscard]] QMap<QString, QString> items(Direction direction);

    Network &m_network;
    std::unique_ptr<net::HttpClient> m_http;
    std::unique_ptr<outbox::OutboxService> m_outbox;
    std::unique_ptr<sync::SyncEngine> m_engine;
    channels::Channel *m_channel = nullptr;
};

} // namespace indelible::test
