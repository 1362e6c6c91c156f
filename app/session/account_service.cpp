// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/account_service.h"

#include "app/base/random.h"
#include "app/base/when_done.h"
#include "app/channels/registry.h"
#include "app/net/http_client.h"
#include "app/record/log.h"
#include "app/secrets/secret_store.h"
#include "app/store/account_table.h"
#include "app/store/database.h"
#include "app/sync/sync_engine.h"

#include <QJsonObject>
#include <QPointer>

#include <algorithm>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::session {

namespace {

const channels::ChannelType *channelType(const QString &id)
{
    const auto &types = channels::channelTypes();
    const auto found =
        std::find_if(types.begin(), types.end(), [&id](const channels::ChannelType &type) { return type.id == id; });
    return found != types.end() ? &*found : nullptr;
}

Account accountFrom(const channels::ChannelType &type, const channels::Identity &identity, const QString &secretKey)
{
    Account account;
    account.channel = type.id;
    account.network = type.network;
    account.remoteId = identity.remoteId;
    account.handle = identity.handle;
    account.name = identity.name.isEmpty() ? identity.handle : identity.name;
    account.server = identity.server;
    account.secretKey = secretKey;
    account.state = identity.limited.isEmpty() ? AccountState::Live : AccountState::Limited;
    account.stateDetail = identity.limited;
    return account;
}

/// The account's row, made or brought back to life, with its entry. Inside the caller's transaction.
Account storeConnected(store::Connection &connection, const Clock &clock, quint32 member, Account account)
{
    const std::optional<AccountId> known =
        store::findAccount(connection, account.channel, account.network, account.remoteId);
    account.id = known ? *known : store::insertAccount(connection, account, randomBytes(record::kIdBytes), clock.now());
    if (known) {
        store::updateAccountIdentity(connection, account);
        store::updateAccountState(connection, account.id, account.state, account.stateDetail, {});
    }
    record::Log log(connection, clock);
    log.append({record::Kind::Account, store::accountSubject(connection, account.id), member, true,
                QJsonObject{{u"state"_s, u"connected"_s},
                            {u"network"_s, account.network},
                            {u"handle"_s, account.handle},
                            {u"id"_s, account.remoteId}}});
    return account;
}

void storeState(store::Connection &connection, const Clock &clock, quint32 member, AccountId id, AccountState state)
{
    record::Log log(connection, clock);
    log.append({record::Kind::Account, store::accountSubject(connection, id), member, true,
                QJsonObject{{u"state"_s, toString(state)}}});
    store::updateAccountState(connection, id, state, QString(), {});
}

} // namespace

AccountService::AccountService(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    connect(m_parts.sync, &sync::SyncEngine::accountChanged, this, &AccountService::refresh);
}

const Account *AccountService::account(AccountId id) const
{
    const auto found =
        std::find_if(m_accounts.begin(), m_accounts.end(), [id](const Account &account) { return account.id == id; });
    return found != m_accounts.end() ? &*found : nullptr;
}

Capabilities AccountService::capabilities(AccountId id) const
{
    const channels::Channel *channel = m_parts.sync->channel(id);
    return channel ? channel->capabilities() : Capabilities{};
}

channels::ChannelContext AccountService::contextFor(const Account &account) const
{
    channels::ChannelContext context;
    context.clock = m_parts.clock;
    context.http = m_parts.http;
    context.secrets = m_parts.secrets;
    context.secretKey = account.secretKey;
    context.pauseGroup = account.secretKey;
    context.dataFolder = m_parts.folder;
    return context;
}

QString AccountService::earlierKeyOf(const Account &asked) const
{
    const QString handle = asked.handle.trimmed();
    const auto known = std::ranges::find_if(m_accounts, [&](const Account &account) {
        return !handle.isEmpty() && account.channel == asked.channel &&
               account.handle.compare(handle, Qt::CaseInsensitive) == 0;
    });
    return known != m_accounts.end() ? known->secretKey : QString();
}

Result<void> AccountService::load()
{
    auto reading = m_parts.database->read(&store::readAccounts);
    reading.waitForFinished();
    Result<std::vector<Account>> accounts = reading.result();
    if (!accounts)
        return failure(accounts.error());
    m_accounts = std::move(*accounts);
    for (const Account &account : m_accounts) {
        if (account.state == AccountState::Disconnected || m_parts.sync->channel(account.id))
            continue;
        if (account.server.scheme() == "http"_L1)
            INDELIBLE_TRY(m_parts.http->allowOrigin(account.server));
        if (std::unique_ptr<channels::Channel> channel = channels::makeChannel(account, contextFor(account)))
            m_parts.sync->addAccount(account, std::move(channel));
    }
    return {};
}

void AccountService::refresh()
{
    whenDone(this, m_parts.database->read(&store::readAccounts), [this](const Result<std::vector<Account>> &accounts) {
        if (!accounts)
            return;
        m_accounts = *accounts;
        Q_EMIT changed();
    });
}

QCoro::Task<Result<void>> AccountService::probeKeychain()
{
    return m_parts.secrets->probe();
}

QCoro::Task<Result<Account>> AccountService::connectAccount(QString channel, channels::SignIn credentials,
                                                            KeepSecret keep)
{
    const QPointer<AccountService> alive(this);
    const channels::ChannelType *type = channelType(channel);
    if (!type || type->network.isEmpty())
        co_return failure(ErrorKind::Usage,
                          u"There is no network called '%1' to connect. Nothing was changed."_s.arg(channel));
    if (credentials.server.scheme() == "http"_L1) {
        if (const Result<void> allowed = m_parts.http->allowOrigin(credentials.server); !allowed)
            co_return failure(allowed.error());
    }
    Account asked;
    asked.channel = type->id;
    asked.network = type->network;
    asked.handle = credentials.handle;
    asked.server = credentials.server;
    asked.secretKey = m_parts.workspaceId + u'/' + QString::fromLatin1(randomBytes(8).toHex());
    if (keep == KeepSecret::ForSession)
        m_parts.secrets->keepForSession(asked.secretKey);
    channels::ChannelContext context = contextFor(asked);
    context.earlierKey = earlierKeyOf(asked);
    const std::unique_ptr<channels::Channel> signingIn = type->make(asked, context);
    const Result<channels::Identity> identity = co_await signingIn->signIn(std::move(credentials));
    if (!alive)
        co_return failure(ErrorKind::Cancelled, u"The program is ending."_s);
    if (!identity) {
        // An account that never came to be leaves no tokens behind; a keychain that does not answer has none anyway.
        if (identity.error().kind != ErrorKind::Secrets)
            co_await signOut(asked);
        co_return failure(identity.error());
    }
    std::optional<Account> before;
    for (const Account &known : m_accounts) {
        if (known.channel == type->id && known.network == type->network && known.remoteId == identity->remoteId)
            before = known;
    }
    const Account account = accountFrom(*type, *identity, asked.secretKey);
    auto writing = m_parts.database->write([this, account](store::Connection &connection) {
        return storeConnected(connection, *m_parts.clock, m_parts.member, account);
    });
    const Result<Account> stored = co_await writing;
    if (!alive)
        co_return stored;
    if (!stored) {
        co_await signOut(asked);
        co_return stored;
    }
    m_parts.sync->removeAccount(stored->id);
    const Result<void> loaded = load();
    Q_EMIT changed();
    if (before)
        co_await signOut(*before);
    if (!loaded)
        co_return failure(loaded.error());
    co_return stored;
}

QCoro::Task<void> AccountService::signOut(Account account)
{
    const std::unique_ptr<channels::Channel> channel = channels::makeChannel(account, contextFor(account));
    if (!channel)
        co_return;
    QCoro::Task<Result<void>> leaving = channel->signOut();
    const Result<void> left = co_await leaving;
    if (!left)
        qCWarning(lcSession, "signing out of an older session failed: %s", qUtf8Printable(left.error().detail));
}

QCoro::Task<Result<void>> AccountService::setState(AccountId id, AccountState state)
{
    const QPointer<AccountService> alive(this);
    auto writing = m_parts.database->write([this, id, state](store::Connection &connection) {
        storeState(connection, *m_parts.clock, m_parts.member, id, state);
    });
    const Result<void> written = co_await writing;
    if (!alive || !written)
        co_return written;
    m_parts.sync->removeAccount(id);
    const Result<void> loaded = load();
    Q_EMIT changed();
    co_return loaded;
}

QCoro::Task<Result<void>> AccountService::pause(AccountId id, bool paused)
{
    return setState(id, paused ? AccountState::Paused : AccountState::Live);
}

QCoro::Task<Result<void>> AccountService::followStorageRule(AccountId id, bool follows)
{
    const QPointer<AccountService> alive(this);
    auto writing = m_parts.database->write([this, id, follows](store::Connection &connection) {
        store::setFollowsStorageRule(connection, id, follows);
        record::Log log(connection, *m_parts.clock);
        log.append({record::Kind::Retention, store::accountSubject(connection, id), m_parts.member, true,
                    QJsonObject{{u"rule"_s, u"network"_s}, {u"follows"_s, follows}}});
    });
    const Result<void> written = co_await writing;
    if (!alive || !written)
        co_return written;
    const Result<void> loaded = load();
    Q_EMIT changed();
    co_return loaded;
}

QCoro::Task<Result<void>> AccountService::disconnectAccount(AccountId id)
{
    const QPointer<AccountService> alive(this);
    if (channels::Channel *channel = m_parts.sync->channel(id)) {
        // A server that cannot be reached must not keep anybody from leaving: the keychain entry goes in any case.
        const Result<void> signedOut = co_await channel->signOut();
        if (!alive)
            co_return signedOut;
        if (!signedOut)
            qCWarning(lcSession, "signing out on the server failed: %s", qPrintable(signedOut.error().detail));
    }
    const Result<void> stored = co_await setState(id, AccountState::Disconnected);
    co_return stored;
}

} // namespace indelible::session
