// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_session.h"

#include "app/channels/mail/mail_address.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

struct Usual
{
    const char *tlsScheme;
    const char *startTlsScheme;
    int tlsPort;
    int startTlsPort;
};

const Usual &usual(Service service)
{
    static constexpr Usual imap{"imaps", "imap", 993, 143};
    static constexpr Usual smtp{"smtps", "smtp", 465, 587};
    return service == Service::Imap ? imap : smtp;
}

QJsonObject toJson(const Tokens &tokens)
{
    return {{"endpoint"_L1, tokens.endpoint.toString(QUrl::FullyEncoded)},
            {"client"_L1, tokens.clientId},
            {"secret"_L1, QString::fromLatin1(tokens.clientSecret.toBase64())},
            {"access"_L1, QString::fromLatin1(tokens.access)},
            {"refresh"_L1, QString::fromLatin1(tokens.refresh)},
            {"expires_ms"_L1, toMs(tokens.expiresAt)}};
}

std::optional<Tokens> tokensOf(const QJsonObject &object)
{
    Tokens tokens;
    tokens.endpoint = QUrl(object.value("endpoint"_L1).toString(), QUrl::StrictMode);
    tokens.clientId = object.value("client"_L1).toString();
    tokens.clientSecret = QByteArray::fromBase64(object.value("secret"_L1).toString().toLatin1());
    tokens.access = object.value("access"_L1).toString().toLatin1();
    tokens.refresh = object.value("refresh"_L1).toString().toLatin1();
    tokens.expiresAt = fromMs(object.value("expires_ms"_L1).toInteger());
    const bool isWhole = tokens.endpoint.isValid() && !tokens.access.isEmpty() && !tokens.refresh.isEmpty();
    return isWhole ? std::optional<Tokens>(std::move(tokens)) : std::nullopt;
}

tl::unexpected<Error> noServer()
{
    return failure(
        ErrorKind::Usage,
        u"Say where the mailbox is and where mail is handed in, for example mail.example or mail.example:587. Nothing was sent."_s);
}

} // namespace

Result<MailServer> serverFrom(const QUrl &address, Service service)
{
    const Usual &names = usual(service);
    const QString scheme = address.scheme();
    const bool isPlainName = scheme.isEmpty() || scheme == "https"_L1; // what serverFrom() of accounts makes of a host
    const bool isTls = scheme == QLatin1StringView(names.tlsScheme);
    const bool isStartTls = scheme == QLatin1StringView(names.startTlsScheme);
    if (!address.isValid() || address.host().isEmpty() || !address.userInfo().isEmpty() ||
        !(isPlainName || isTls || isStartTls))
        return noServer();
    MailServer server;
    server.host = address.host(QUrl::FullyEncoded);
    const int port = address.port(isStartTls ? names.startTlsPort : names.tlsPort);
    if (port < 1 || port > std::numeric_limits<quint16>::max())
        return noServer();
    server.port = static_cast<quint16>(port);
    const bool byPort = isPlainName && port == names.startTlsPort;
    server.security = isStartTls || byPort ? MailServer::Security::StartTls : MailServer::Security::Tls;
    return server;
}

QUrl addressOf(const MailServer &server, Service service)
{
    const Usual &names = usual(service);
    QUrl address;
    address.setScheme(
        QString::fromLatin1(server.security == MailServer::Security::Tls ? names.tlsScheme : names.startTlsScheme));
    address.setHost(server.host);
    address.setPort(server.port);
    return address;
}

bool isThisComputer(const QString &host)
{
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

QByteArray writeSession(const Session &session)
{
    QJsonObject object{
        {"address"_L1, session.address},
        {"imap"_L1, addressOf(session.imap, Service::Imap).toString(QUrl::FullyEncoded)},
        {"smtp"_L1, addressOf(session.smtp, Service::Smtp).toString(QUrl::FullyEncoded)},
        {"password"_L1, QString::fromLatin1(session.password.toBase64())},
    };
    if (session.tokens)
        object.insert("tokens"_L1, toJson(*session.tokens));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<Session> readSession(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    const auto server = [&object](QLatin1StringView name, Service service) {
        return serverFrom(QUrl(object.value(name).toString(), QUrl::StrictMode), service);
    };
    const Result<MailServer> imap = server("imap"_L1, Service::Imap);
    const Result<MailServer> smtp = server("smtp"_L1, Service::Smtp);
    Session session;
    session.address = object.value("address"_L1).toString();
    session.password = QByteArray::fromBase64(object.value("password"_L1).toString().toLatin1());
    session.tokens = tokensOf(object.value("tokens"_L1).toObject());
    if (!imap || !smtp || !isMailAddress(session.address) || (session.password.isEmpty() && !session.tokens))
        return failure(
            ErrorKind::Damaged,
            u"The keychain's entry of this mail account cannot be read. What was fetched stays; sign in again."_s);
    session.imap = *imap;
    session.smtp = *smtp;
    return session;
}

} // namespace indelible::channels::mail
