// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_oauth.h"

#include "app/base/text.h"
#include "app/channels/call_errors.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr std::chrono::minutes kSoon{2};
constexpr std::chrono::hours kLongestLife{24 * 366};
constexpr qsizetype kLongestToken = 8'000;
constexpr qint64 kMostAnswered = 256 * 1024;
constexpr qsizetype kQuotedGraphemes = 200;

struct Provider
{
    const char *imapHost;
    const char *page;
    const char *endpoint;
    const char *scope;
};

// As their pages say (November 2026); no live one was tried.
// clang-format off
constexpr const char *kGooglePage = "https://accounts.google.com/o/oauth2/v2/auth?access_type=offline&prompt=consent";
constexpr const char *kGoogleEndpoint = "https://oauth2.googleapis.com/token";
constexpr const char *kMicrosoftPage = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize";
constexpr const char *kMicrosoftEndpoint = "https://login.microsoftonline.com/common/oauth2/v2.0/token";
constexpr const char *kMicrosoftScope = "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access";
constexpr Provider kProviders[] = {
    {"imap.gmail.com", kGooglePage, kGoogleEndpoint, "https://mail.google.com/"},
    {"imap.googlemail.com", kGooglePage, kGoogleEndpoint, "https://mail.google.com/"},
    {"outlook.office365.com", kMicrosoftPage, kMicrosoftEndpoint, kMicrosoftScope},
    {"imap-mail.outlook.com", kMicrosoftPage, kMicrosoftEndpoint, kMicrosoftScope},
};
// clang-format on

/// Tokens and passwords go out under TLS, or to this computer where the person named it.
bool isTrustworthy(const QUrl &address)
{
    return address.isValid() && !address.host().isEmpty() && address.userInfo().isEmpty() &&
           (address.scheme() == "https"_L1 || (address.scheme() == "http"_L1 && isThisComputer(address.host())));
}

net::HttpRequest requestTo(const QUrl &endpoint, std::vector<std::pair<QString, QString>> form, const Tokens &client)
{
    form.emplace_back(u"client_id"_s, client.clientId);
    if (!client.clientSecret.isEmpty())
        form.emplace_back(u"client_secret"_s, QString::fromUtf8(client.clientSecret));
    net::HttpRequest request;
    request.method = net::Method::Post;
    request.url = endpoint;
    request.headers.emplace_back("Accept", "application/json");
    request.body = encodedPairs(form).toLatin1();
    request.contentType = "application/x-www-form-urlencoded";
    request.maximumBytes = kMostAnswered;
    return request;
}

/// Whatever stands in it goes out between control characters.
bool isToken(const QByteArray &token)
{
    return !token.isEmpty() && token.size() <= kLongestToken &&
           std::ranges::all_of(token, [](char letter) { return letter > 0x20 && letter < 0x7F; });
}

Error refusedBy(int status, const QJsonObject &answer)
{
    const QString code = answer.value("error"_L1).toString();
    const QString said = snippetOf(wellFormed(answer.value("error_description"_L1).toString(code)), kQuotedGraphemes);
    const QString more = said.isEmpty() ? QString() : u" It says: "_s + isolated(said);
    const bool isClient = code == "invalid_client"_L1 || code == "unauthorized_client"_L1;
    Error error;
    error.code = code;
    error.provablyNotProcessed = true;
    error.kind = status == 400 || status == 401 ? ErrorKind::Unauthorised : kindOfStatus(status);
    if (isClient)
        error.detail =
            u"The mail provider does not know this OAuth client; check its id and secret, and sign in again."_s;
    else if (error.kind == ErrorKind::Unauthorised)
        error.detail = u"The mail provider has ended this sign-in. What was fetched stays; sign in again."_s;
    else
        error.detail = u"The mail provider gives no new sign-in now. Nothing is lost; it will be asked again."_s;
    error.detail += more;
    return error;
}

} // namespace

Result<OAuthClient> completed(OAuthClient client, const QString &imapHost)
{
    const auto known = std::ranges::find_if(kProviders, [&imapHost](const Provider &each) {
        return imapHost.compare(QLatin1StringView(each.imapHost), Qt::CaseInsensitive) == 0;
    });
    if (known != std::end(kProviders)) {
        if (client.page.isEmpty())
            client.page = QUrl(QString::fromLatin1(known->page));
        if (client.tokenEndpoint.isEmpty())
            client.tokenEndpoint = QUrl(QString::fromLatin1(known->endpoint));
        if (client.scope.isEmpty())
            client.scope = QString::fromLatin1(known->scope);
    }
    if (client.id.isEmpty() || !isTrustworthy(client.page) || !isTrustworthy(client.tokenEndpoint))
        return failure(
            ErrorKind::Usage,
            u"Say the OAuth client’s id and, for providers other than Google and Microsoft, the https addresses of the page to sign in on and of the token endpoint. Nothing was sent."_s);
    return client;
}

QUrl pageOf(const OAuthClient &client, const QUrl &wayBack, const QString &state, const ProofKey &proof,
            const QString &address)
{
    std::vector<std::pair<QString, QString>> pairs{{u"response_type"_s, u"code"_s},
                                                   {u"client_id"_s, client.id},
                                                   {u"redirect_uri"_s, wayBack.toString(QUrl::FullyEncoded)},
                                                   {u"state"_s, state},
                                                   {u"code_challenge"_s, QString::fromLatin1(proof.challenge)},
                                                   {u"code_challenge_method"_s, u"S256"_s},
                                                   {u"login_hint"_s, address}};
    if (!client.scope.isEmpty())
        pairs.emplace_back(u"scope"_s, client.scope);
    QUrl page = client.page;
    const QString before = page.query(QUrl::FullyEncoded);
    page.setQuery((before.isEmpty() ? QString() : before + u'&') + encodedPairs(pairs), QUrl::StrictMode);
    return page;
}

net::HttpRequest codeRequest(const Tokens &client, const QString &code, const QUrl &wayBack, const ProofKey &proof)
{
    return requestTo(client.endpoint,
                     {{u"grant_type"_s, u"authorization_code"_s},
                      {u"code"_s, code},
                      {u"redirect_uri"_s, wayBack.toString(QUrl::FullyEncoded)},
                      {u"code_verifier"_s, QString::fromLatin1(proof.verifier)}},
                     client);
}

net::HttpRequest refreshRequest(const Tokens &tokens)
{
    return requestTo(tokens.endpoint,
                     {{u"grant_type"_s, u"refresh_token"_s}, {u"refresh_token"_s, QString::fromLatin1(tokens.refresh)}},
                     tokens);
}

Result<Tokens> tokensFrom(const net::HttpResponse &response, Tokens before, Instant now)
{
    const QJsonObject answer = QJsonDocument::fromJson(response.body).object();
    if (response.status != 200)
        return failure(refusedBy(response.status, answer));
    const QByteArray access = answer.value("access_token"_L1).toString().toUtf8();
    const QByteArray refresh = answer.value("refresh_token"_L1).toString().toUtf8();
    const QString type = answer.value("token_type"_L1).toString(u"bearer"_s);
    if (!isToken(access) || !(refresh.isEmpty() || isToken(refresh)) ||
        type.compare("bearer"_L1, Qt::CaseInsensitive) != 0)
        return failure(
            ErrorKind::InvalidReply,
            u"What the mail provider answers is no sign-in. Nothing was changed; check the token endpoint."_s);
    before.access = access;
    if (!refresh.isEmpty())
        before.refresh = refresh;
    // Some write the number as a text.
    const double seconds = answer.value("expires_in"_L1).toVariant().toDouble();
    const bool isSaid = seconds > 0 && seconds < std::chrono::duration<double>(kLongestLife).count();
    before.expiresAt = isSaid ? now + std::chrono::seconds(static_cast<qint64>(seconds)) : Instant();
    return before;
}

bool isExpiring(const Tokens &tokens, Instant now)
{
    return tokens.expiresAt != Instant() && tokens.expiresAt - now < kSoon;
}

QByteArray xoauth2(const Session &session)
{
    return QByteArray("user=" + session.address.toUtf8() +
                      "\x01"
                      "auth=Bearer " +
                      session.tokens->access + "\x01\x01")
        .toBase64();
}

} // namespace indelible::channels::mail
