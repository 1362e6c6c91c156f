// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/domain/account.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace indelible::channels::mastodon {

/// A signed-in session, as it is kept in the keychain. Tokens do not run out by themselves.
struct Session
{
    QUrl server;
    bool serverTyped = false; ///< plain http on this computer, as the person typed it
    QString domain;           ///< the part of handles behind the second '@'; may differ from the server's host
    QString accountId;        ///< local to the server
    QString accountUrl;
    QString handle; ///< user@domain
    QString name;
    QString clientId;
    QString clientSecret;
    QString token;
    TextLimit limit;

    friend bool operator==(const Session &, const Session &) = default;
};

[[nodiscard]] QByteArray writeSession(const Session &session);
/// Damaged where the keychain's entry cannot be read; then only signing in again helps.
[[nodiscard]] Result<Session> readSession(const QByteArray &bytes);

} // namespace indelible::channels::mastodon
