// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_session.h"

#include "app/channels/json_reader.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

Session sessionFrom(const JsonReader &entry)
{
    Session session;
    session.server = QUrl(entry["server"_L1].id(), QUrl::StrictMode);
    if (!session.server.isValid() || session.server.host().isEmpty())
        entry["server"_L1].fail(u"is no address"_s);
    session.serverTyped = entry["serverTyped"_L1].boolean();
    session.domain = entry["domain"_L1].id();
    session.accountId = entry["accountId"_L1].id();
    session.accountUrl = entry["accountUrl"_L1].id();
    session.handle = entry["handle"_L1].id();
    session.name = entry["name"_L1].text();
    session.clientId = entry["clientId"_L1].id();
    session.clientSecret = entry["clientSecret"_L1].id();
    session.token = entry["token"_L1].id();
    session.limit = {entry["characters"_L1].numberOrMinusOne(), TextUnit::Graphemes, 0,
                     entry["linkLength"_L1].numberOrMinusOne()};
    return session;
}

} // namespace

QByteArray writeSession(const Session &session)
{
    const QJsonObject object{{"server"_L1, session.server.toString(QUrl::FullyEncoded)},
                             {"serverTyped"_L1, session.serverTyped},
                             {"domain"_L1, session.domain},
                             {"accountId"_L1, session.accountId},
                             {"accountUrl"_L1, session.accountUrl},
                             {"handle"_L1, session.handle},
                             {"name"_L1, session.name},
                             {"clientId"_L1, session.clientId},
                             {"clientSecret"_L1, session.clientSecret},
                             {"token"_L1, session.token},
                             {"characters"_L1, session.limit.maximum},
                             {"linkLength"_L1, session.limit.linkLength}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<Session> readSession(const QByteArray &bytes)
{
    Result<Session> session = readReply(bytes, &sessionFrom);
    if (!session || session->limit.maximum < 0 || session->limit.linkLength < 0) {
        // The parser's own sentence speaks of a server; this came out of the keychain.
        return failure(
            ErrorKind::Damaged,
            u"The keychain's entry of this Mastodon account cannot be read. What was fetched stays; sign in again."_s);
    }
    return session;
}

} // namespace indelible::channels::mastodon
