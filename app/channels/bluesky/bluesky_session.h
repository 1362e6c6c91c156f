// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QUrl>

namespace indelible::channels::bluesky {

/// A signed-in session, as it is kept in the keychain. The app password itself is not part of it.
struct Session
{
    QString did;
    QString handle;
    QString name;
    QUrl server;              ///< the account's own server (PDS)
    bool serverTyped = false; ///< the person named this server; it may be one at home
    QString accessToken;
    QString refreshToken;
};

[[nodiscard]] QByteArray writeSession(const Session &session);
/// Damaged where the keychain's entry cannot be read; then only signing in again helps.
[[nodiscard]] Result<Session> readSession(const QByteArray &bytes);

/// The "scope" that an access token says of itself; empty where it says nothing. Read, not trusted: the server decides.
[[nodiscard]] QString scopeOf(const QString &accessToken);

/// False where the app password was made without the right to private messages.
[[nodiscard]] bool allowsMessages(const Session &session);

/// What createSession and refreshSession answer.
struct SessionAnswer
{
    Session session;
    QString state; ///< "deactivated", "suspended", "takendown"; empty = active
};
/// `server` stays where it was typed and is this computer, or where the answer names none.
[[nodiscard]] Result<SessionAnswer> parseSession(const QByteArray &bytes, const QUrl &server, bool serverTyped);

/// The account's server in a DID document; empty where there is none.
[[nodiscard]] QUrl serverOf(const QJsonObject &didDocument);

/// True for addresses of this computer ("localhost", 127.0.0.0/8, ::1).
[[nodiscard]] bool isLoopback(const QUrl &server);

/// A handle as people type it, as the network wants it: without blanks, invisible signs and a leading '@', lower case.
[[nodiscard]] QString normalisedHandle(const QString &typed);

} // namespace indelible::channels::bluesky
