// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_session.h"

#include "app/channels/json_reader.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

QByteArray writeSession(const Session &session)
{
    const QJsonObject object{{"did"_L1, session.did},
                             {"handle"_L1, session.handle},
                             {"name"_L1, session.name},
                             {"server"_L1, session.server.toString(QUrl::FullyEncoded)},
                             {"serverTyped"_L1, session.serverTyped},
                             {"accessJwt"_L1, session.accessToken},
                             {"refreshJwt"_L1, session.refreshToken}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<Session> readSession(const QByteArray &bytes)
{
    Result<Session> session = readReply(bytes, [](const JsonReader &entry) {
        return Session{entry["did"_L1].id(),          entry["handle"_L1].id(),           entry["name"_L1].text(),
                       QUrl(entry["server"_L1].id()), entry["serverTyped"_L1].boolean(), entry["accessJwt"_L1].id(),
                       entry["refreshJwt"_L1].id()};
    });
    if (!session) {
        // The parser's own sentence may speak of a server; this came out of the keychain.
        return failure(
            ErrorKind::Damaged,
            u"The keychain's entry of this Bluesky account cannot be read. What was fetched stays; sign in again."_s);
    }
    return session;
}

QString scopeOf(const QString &accessToken)
{
    const QStringList parts = accessToken.split(u'.');
    if (parts.size() != 3)
        return {};
    const QByteArray payload = QByteArray::fromBase64(parts.at(1).toLatin1(), QByteArray::Base64UrlEncoding);
    return QJsonDocument::fromJson(payload).object().value("scope"_L1).toString();
}

bool allowsMessages(const Session &session)
{
    return scopeOf(session.accessToken) != "com.atproto.appPass"_L1;
}

Result<SessionAnswer> parseSession(const QByteArray &bytes, const QUrl &server, bool serverTyped)
{
    return readReply(bytes, [&](const JsonReader &answer) {
        SessionAnswer parsed;
        parsed.session = {answer["did"_L1].id(),       answer["handle"_L1].id(),    {}, server, serverTyped,
                          answer["accessJwt"_L1].id(), answer["refreshJwt"_L1].id()};
        const JsonReader document = answer["didDoc"_L1];
        const QUrl named = document.isObject() ? serverOf(document.object()) : QUrl();
        if (!named.isEmpty() && !(serverTyped && isLoopback(server))) {
            parsed.session.serverTyped =
                serverTyped && named.host() == server.host() && named.port(443) == server.port(443);
            parsed.session.server = named;
        }
        const JsonReader active = answer["active"_L1];
        if (active.isPresent() && !active.boolean())
            parsed.state = answer["status"_L1].textOrNothing();
        return parsed;
    });
}

QUrl serverOf(const QJsonObject &didDocument)
{
    const QJsonArray services = didDocument.value("service"_L1).toArray();
    for (const auto &service : services) {
        if (!service["id"_L1].toString().endsWith("#atproto_pds"_L1) ||
            service["type"_L1].toString() != "AtprotoPersonalDataServer"_L1)
            continue;
        QUrl endpoint(service["serviceEndpoint"_L1].toString(), QUrl::StrictMode);
        if (endpoint.isValid() && !endpoint.host().isEmpty() && endpoint.userInfo().isEmpty())
            return endpoint;
    }
    return {};
}

bool isLoopback(const QUrl &server)
{
    const QString host = server.host();
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

QString normalisedHandle(const QString &typed)
{
    QString handle;
    for (const QChar unit : typed) {
        // Copying a handle from Bluesky's own page brings direction marks along.
        if (!unit.isSpace() && unit.category() != QChar::Other_Format && unit.category() != QChar::Other_Control)
            handle.append(unit);
    }
    return (handle.startsWith(u'@') ? handle.mid(1) : handle).toLower();
}

} // namespace indelible::channels::bluesky
