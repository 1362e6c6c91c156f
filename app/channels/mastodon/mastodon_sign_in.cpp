// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_sign_in.h"

#include "app/channels/call_errors.h"
#include "app/channels/loopback_redirect.h"
#include "app/channels/mastodon/mastodon_reading.h"

#include <QHostAddress>

#include <memory>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

constexpr auto kScopes = "read:accounts read:notifications read:statuses write:statuses"_L1;

/// One sign-in's way.
struct Visit
{
    QUrl server;
    Instance instance;
    QUrl wayBack;
    Application application;
    ProofKey proof;
};

Result<void> checkEntry(const SignIn &credentials)
{
    const QUrl &server = credentials.server;
    const bool here = server.host() == "localhost"_L1 || QHostAddress(server.host()).isLoopback();
    const bool safe = server.scheme() == "https"_L1 || (server.scheme() == "http"_L1 && here);
    if (!server.isValid() || server.host().isEmpty() || !safe || !server.userInfo().isEmpty())
        return failure(
            ErrorKind::Usage,
            u"Say the server of the account, for example https://mastodon.social. Nothing was sent to it."_s);
    if (!credentials.openPage)
        return failure(ErrorKind::Usage, u"Mastodon signs in on a page in the browser; there is none here."_s);
    return {};
}

QUrl onlyOrigin(const QUrl &server)
{
    return server.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QCoro::Task<Result<Application>> registerAt(QPointer<MastodonClient> client, QUrl server, QUrl wayBack)
{
    Call call{net::Method::Post, u"/api/v1/apps"_s};
    call.form = {{u"client_name"_s, u"Indelible"_s},
                 {u"redirect_uris"_s, wayBack.toString(QUrl::FullyEncoded)},
                 {u"scopes"_s, kScopes}};
    auto answerTask = client->callAt(server, {}, std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    co_return parseApplication(*answer);
}

QUrl pageOf(const Visit &visit, const QString &state)
{
    const std::vector<std::pair<QString, QString>> pairs{
        {u"response_type"_s, u"code"_s},
        {u"client_id"_s, visit.application.clientId},
        {u"redirect_uri"_s, visit.wayBack.toString(QUrl::FullyEncoded)},
        {u"scope"_s, kScopes},
        {u"state"_s, state},
        {u"code_challenge"_s, QString::fromLatin1(visit.proof.challenge)},
        {u"code_challenge_method"_s, u"S256"_s}};
    QUrl page = visit.server;
    page.setPath(u"/oauth/authorize"_s);
    page.setQuery(encodedPairs(pairs), QUrl::StrictMode);
    return page;
}

QCoro::Task<Result<QString>> tokenFor(QPointer<MastodonClient> client, Visit visit, QString code)
{
    Call call{net::Method::Post, u"/oauth/token"_s};
    call.form = {{u"grant_type"_s, u"authorization_code"_s},
                 {u"code"_s, code},
                 {u"client_id"_s, visit.application.clientId},
                 {u"client_secret"_s, visit.application.clientSecret},
                 {u"redirect_uri"_s, visit.wayBack.toString(QUrl::FullyEncoded)},
                 {u"scope"_s, kScopes},
                 {u"code_verifier"_s, QString::fromLatin1(visit.proof.verifier)}};
    auto answerTask = client->callAt(visit.server, {}, std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    co_return parseToken(*answer);
}

/// The code that the person fetched for us, by way of the browser.
QCoro::Task<Result<QString>> askPerson(QPointer<MastodonClient> client, Visit *visit, SignIn credentials,
                                       std::chrono::milliseconds limit)
{
    LoopbackRedirect redirect(limit);
    const Result<void> listening = redirect.listen();
    if (!listening)
        co_return failure(listening.error());
    visit->wayBack = redirect.address();
    auto registering = registerAt(client, visit->server, visit->wayBack);
    Result<Application> application = co_await registering;
    if (!application)
        co_return failure(application.error());
    visit->application = *application;
    if (credentials.stopped)
        redirect.stopWith(*credentials.stopped);
    credentials.openPage(pageOf(*visit, redirect.state()));
    QFuture<Result<QString>> coming = redirect.code();
    Result<QString> code = co_await coming;
    co_return code;
}

QCoro::Task<Result<Session>> sessionFor(QPointer<MastodonClient> client, Visit visit, QString token)
{
    auto answerTask =
        client->callAt(visit.server, token, Call{net::Method::Get, u"/api/v1/accounts/verify_credentials"_s});
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    Result<Profile> profile = parseProfile(*answer, visit.instance.domain);
    if (!profile)
        co_return failure(profile.error());
    Session session;
    session.server = visit.server;
    session.serverTyped = visit.server.scheme() == "http"_L1;
    session.domain = visit.instance.domain;
    session.accountId = profile->id;
    session.accountUrl = profile->url;
    session.handle = profile->handle;
    session.name = profile->name;
    session.clientId = visit.application.clientId;
    session.clientSecret = visit.application.clientSecret;
    session.token = token;
    session.limit = visit.instance.limit;
    co_return session;
}

} // namespace

QCoro::Task<Result<Identity>> signIn(QPointer<MastodonClient> client, SignIn credentials,
                                     std::chrono::milliseconds limit)
{
    const Result<void> entry = checkEntry(credentials);
    if (!entry)
        co_return failure(entry.error());
    Visit visit;
    visit.server = onlyOrigin(credentials.server);
    visit.proof = makeProofKey();
    const Result<void> trusted = visit.server.scheme() == "http"_L1 ? client->trust(visit.server) : Result<void>();
    if (!trusted)
        co_return failure(trusted.error());
    auto instanceTask = instanceAt(client, visit.server);
    Result<Instance> instance = co_await instanceTask;
    if (!instance)
        co_return failure(instance.error());
    if (!client)
        co_return cancelled();
    visit.instance = *instance;
    auto codeTask = askPerson(client, &visit, std::move(credentials), limit);
    Result<QString> code = co_await codeTask;
    if (!code)
        co_return failure(code.error());
    if (!client)
        co_return cancelled();
    auto tokenTask = tokenFor(client, visit, *code);
    Result<QString> token = co_await tokenTask;
    if (!token)
        co_return failure(token.error());
    if (!client)
        co_return cancelled();
    auto sessionTask = sessionFor(client, visit, *token);
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    auto storedTask = client->adopt(*session);
    Result<void> stored = co_await storedTask;
    if (!stored)
        co_return failure(stored.error());
    Identity identity{session->accountUrl, session->handle, session->name, session->server, {}};
    co_return identity;
}

} // namespace indelible::channels::mastodon
