// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_session.h"

#include "app/channels/json_reader.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace indelible::channels::telegram {

namespace {

Session sessionFrom(const JsonReader &entry)
{
    Session session;
    session.server = QUrl(entry["server"_L1].id(), QUrl::StrictMode);
    if (!session.server.isValid() || session.server.host().isEmpty())
        entry["server"_L1].fail(u"is no address"_s);
    session.serverTyped = entry["serverTyped"_L1].boolean();
    session.token = entry["token"_L1].id();
    if (!looksLikeToken(session.token))
        entry["token"_L1].fail(u"is no token"_s);
    session.botId = entry["botId"_L1].integer();
    session.handle = entry["handle"_L1].text();
    session.name = entry["name"_L1].text();
    return session;
}

} // namespace

QUrl usualServer()
{
    return QUrl(u"https://api.telegram.org"_s);
}

bool looksLikeToken(const QString &text)
{
    // The second part has 35 letters today; nobody promises that.
    static const QRegularExpression token(uR"(\A[0-9]{3,20}:[A-Za-z0-9_-]{20,100}\z)"_s);
    return token.match(text).hasMatch();
}

QByteArray writeSession(const Session &session)
{
    const QJsonObject object{{"server"_L1, session.server.toString(QUrl::FullyEncoded)},
                             {"serverTyped"_L1, session.serverTyped},
                             {"token"_L1, session.token},
                             {"botId"_L1, session.botId},
                             {"handle"_L1, session.handle},
                             {"name"_L1, session.name}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<Session> readSession(const QByteArray &bytes)
{
    Result<Session> session = readReply(bytes, &sessionFrom);
    if (!session) {
        // The parser's own sentence speaks of a server; this came out of the keychain.
        return failure(
            ErrorKind::Damaged,
            u"The keychain's entry of this Telegram bot cannot be read. What was fetched stays; sign in again."_s);
    }
    return session;
}

} // namespace indelible::channels::telegram
