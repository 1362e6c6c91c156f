// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/contract/rig.h"

#include "app/record/item_body.h"
#include "app/store/outbox_table.h"
#include "tests/channels/channel_support.h"
#include "tests/support/wait.h"

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

constexpr int kMostRounds = 6;

net::HttpPolicy policyOf(std::chrono::milliseconds deadline)
{
    net::HttpPolicy policy = impatient();
    policy.deadline = deadline;
    policy.longestWait = std::chrono::milliseconds(0);
    return policy;
}

} // namespace

Rig::Rig(Network &network, std::chrono::milliseconds deadline)
    : m_network(network)
{
    restart(deadline);
}

Rig::~Rig() = default;

void Rig::restart(std::chrono::milliseconds deadline)
{
    m_engine.reset();
    m_outbox.reset();
    m_http.reset();
    m_http = std::make_unique<net::HttpClient>(inbox.clock, policyOf(deadline));
    m_outbox = std::make_unique<outbox::OutboxService>(inbox.store.database(), inbox.clock, inbox.member);
    valueOf(wait(m_outbox->recoverInterrupted()));
    m_engine = std::make_unique<sync::SyncEngine>(inbox.store.database(), *m_outbox, inbox.clock);
    auto made = m_network.channel(inbox.clock, *m_http);
    m_channel = made.get();
    m_engine->addAccount(inbox.account, std::move(made));
}

void Rig::forgetPlace()
{
    inbox.store.write([](store::Connection &connection) { connection.execute(u"UPDATE account SET cursor = x''"_s); });
    restart(std::chrono::seconds(20));
}

Result<sync::SyncReport> Rig::round(sync::SyncEngine::Depth depth)
{
    inbox.clock.advance(std::chrono::hours(1));
    return wait(m_engine->syncAccount(inbox.account.id, depth));
}

void Rig::drain()
{
    valueOf(wait(m_outbox->drain(inbox.account.id, *m_channel)));
}

QString Rig::settle()
{
    QString why;
    for (int i = 0; i < kMostRounds; ++i) {
        const Result<sync::SyncReport> done = round(sync::SyncEngine::Depth::Thorough);
        if (done)
            return {};
        why = done.error().detail;
        if (done.error().kind == ErrorKind::Unauthorised)
            valueOf(wait(m_channel->signIn(m_network.signIn())));
    }
    return why;
}

QMap<QString, QString> Rig::items(Direction direction)
{
    return inbox.store.read([direction](store::Connection &connection) {
        QMap<QString, QString> all;
        store::Statement rows = connection.statement(
            "SELECT i.remote_id, b.body FROM item i JOIN record_body b ON b.idx = i.entry WHERE i.direction = ?");
        rows.bind(static_cast<int>(direction));
        while (rows.step())
            all.insert(rows.text(0), record::itemFromBody(rows.blob(1)).text);
        return all;
    });
}

QMap<QString, QString> Rig::incoming()
{
    return items(Direction::Incoming);
}

QMap<QString, QString> Rig::outgoing()
{
    return items(Direction::Outgoing);
}

QStringList Rig::gone()
{
    return inbox.store.read([](store::Connection &connection) {
        QStringList all;
        store::Statement rows = connection.statement("SELECT remote_id FROM item WHERE gone IS NOT NULL ORDER BY 1");
        while (rows.step())
            all.append(rows.text(0));
        return all;
    });
}

QStringList Rig::versionsOf(const QString &remoteId)
{
    for (const ItemView &item : inbox.open(conversationOf(remoteId)).items) {
        if (item.item.remoteId != remoteId)
            continue;
        QStringList all;
        for (const Revision &revision : item.revisions)
            all.append(revision.text);
        return all;
    }
    return {};
}

ConversationId Rig::conversationOf(const QString &remoteId)
{
    return inbox.store.read([remoteId](store::Connection &connection) {
        store::Statement row = connection.statement("SELECT conversation_id FROM item WHERE remote_id = ?");
        row.bind(remoteId);
        return row.step() ? ConversationId(row.integer(0)) : ConversationId();
    });
}

OutboxId Rig::answer(ConversationId conversation, const QString &text, Audience audience)
{
    const TextLimit limit = m_channel->capabilities().limit(audience);
    return valueOf(wait(m_outbox->queue(conversation, text, audience, limit, std::chrono::milliseconds(0))));
}

OutboxState Rig::stateOf(OutboxId id)
{
    return inbox.store.read([id](store::Connection &connection) { return store::requireOutbox(connection, id).state; });
}

} // namespace indelible::test
