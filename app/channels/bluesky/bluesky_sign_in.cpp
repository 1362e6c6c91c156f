// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_sign_in.h"

#include "app/channels/bluesky/bluesky_errors.h"
#include "app/channels/bluesky/bluesky_parser.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

namespace {

constexpr auto kUsualServer = "https://bsky.social"_L1;

/// What was typed, checked.
struct Entry
{
    QString handle; ///< or an account id
    QUrl server;
    bool serverTyped = false;
};

Result<Entry> readEntry(const SignIn &credentials)
{
    Entry entry{normalisedHandle(credentials.handle), credentials.server, !credentials.server.isEmpty()};
    if (entry.handle.isEmpty())
        return failure(ErrorKind::Usage, u"Type the account's handle; it looks like name.bsky.social."_s);
    if (entry.handle.contains(u'@'))
        return failure(ErrorKind::Usage,
                       u"This is an e-mail address. Type the account's handle; it looks like name.bsky.social."_s);
    if (credentials.secret.trimmed().isEmpty())
        return failure(ErrorKind::Usage,
                       u"Type an app password; Bluesky's settings make one under Privacy and security."_s);
    if (!entry.serverTyped) {
        entry.server = QUrl(kUsualServer);
        if (!entry.handle.contains(u'.') && !entry.handle.startsWith("did:"_L1))
            entry.handle += ".bsky.social"_L1;
    }
    const bool safe =
        entry.server.scheme() == "https"_L1 || (entry.server.scheme() == "http"_L1 && isLoopback(entry.server));
    if (!entry.server.isValid() || entry.server.host().isEmpty() || !safe)
        return failure(ErrorKind::Usage, u"The server's address must begin with https://. Nothing was sent to it."_s);
    return entry;
}

Error unknownHandle(const Error &error, const QString &handle)
{
    const bool said = error.code == "InvalidRequest"_L1 || error.code == "HandleNotFound"_L1;
    if (!said)
        return error;
    Error unknown = error;
    unknown.kind = ErrorKind::NotFound;
    unknown.detail =
        u"The server knows nobody by the handle %1. Check the spelling; it looks like name.bsky.social."_s.arg(handle);
    return unknown;
}

QCoro::Task<Result<QString>> resolve(QPointer<BlueskyClient> client, Entry entry)
{
    if (entry.handle.startsWith("did:"_L1))
        co_return entry.handle;
    Call call{net::Method::Get, u"com.atproto.identity.resolveHandle"_s};
    call.query.emplace_back(u"handle"_s, entry.handle);
    auto answerTask = client->callOpen(entry.server, std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(unknownHandle(answer.error(), entry.handle));
    co_return parseDid(*answer);
}

QCoro::Task<Result<SessionAnswer>> makeSession(QPointer<BlueskyClient> client, Entry entry, QString did,
                                               QByteArray secret)
{
    const QJsonObject body{{"identifier"_L1, did}, {"password"_L1, QString::fromUtf8(secret.trimmed())}};
    Call call{net::Method::Post, u"com.atproto.server.createSession"_s};
    call.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    auto answerTask = client->callOpen(entry.server, std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    Result<SessionAnswer> session = parseSession(*answer, entry.server, entry.serverTyped);
    if (session && session->session.did != did) {
        const QString problem = u"$.did is another account than the one asked for"_s;
        co_return invalidReply(problem);
    }
    co_return session;
}

/// Adds the name people see to the stored session. Where the network does not say it, the handle has to do.
QCoro::Task<Result<Session>> addName(QPointer<BlueskyClient> client, QString did)
{
    Call call{net::Method::Get, u"app.bsky.actor.getProfile"_s};
    call.query.emplace_back(u"actor"_s, did);
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!client)
        co_return cancelled();
    // Asking may have renewed the tokens.
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return session;
    if (!client)
        co_return cancelled();
    session->name = answer ? parseDisplayName(*answer).value_or(QString()) : QString();
    auto storedTask = client->adopt(*session);
    Result<void> stored = co_await storedTask;
    if (!stored)
        co_return failure(stored.error());
    co_return session;
}

QString limitsOf(const SessionAnswer &answer)
{
    if (!answer.state.isEmpty())
        return u"Bluesky says this account is %1: little can be read and nothing sent until that is settled on Bluesky."_s
            .arg(answer.state);
    return allowsMessages(answer.session) ? QString() : messagesNotAllowed();
}

} // namespace

QString messagesNotAllowed()
{
    return u"Private messages are left out: this app password does not allow them. To have them, make an app password that does in Bluesky's settings and sign in again."_s;
}

QCoro::Task<Result<Identity>> signIn(QPointer<BlueskyClient> client, SignIn credentials)
{
    Result<Entry> entry = readEntry(credentials);
    if (!entry)
        co_return failure(entry.error());
    if (entry->serverTyped) {
        const Result<void> trusted = client->trust(entry->server);
        if (!trusted)
            co_return failure(trusted.error());
    }
    auto didTask = resolve(client, *entry);
    Result<QString> did = co_await didTask;
    if (!did)
        co_return failure(did.error());
    if (!client)
        co_return cancelled();
    auto answerTask = makeSession(client, *entry, *did, credentials.secret);
    Result<SessionAnswer> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    if (!client)
        co_return cancelled();
    auto storedTask = client->adopt(answer->session);
    Result<void> stored = co_await storedTask;
    if (!stored)
        co_return failure(stored.error());
    if (!client)
        co_return cancelled();
    auto namedTask = addName(client, *did);
    Result<Session> session = co_await namedTask;
    if (!session)
        co_return failure(session.error());
    Identity identity{session->did, session->handle, session->name, session->server, limitsOf(*answer)};
    co_return identity;
}

} // namespace indelible::channels::bluesky
