// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace indelible::channels::telegram {

/// A bot as which we are signed in, as it is kept in the keychain: the token is the whole secret. It does not run out.
struct Session
{
    QUrl server;
    bool serverTyped = false; ///< an API server of one's own, as the person typed it
    QString token;
    qint64 botId = 0;
    QString handle; ///< without '@'
    QString name;

    friend bool operator==(const Session &, const Session &) = default;
};

/// "https://api.telegram.org".
[[nodiscard]] QUrl usualServer();

/// True for what @BotFather gives out: digits, ':', letters.
[[nodiscard]] bool looksLikeToken(const QString &text);

[[nodiscard]] QByteArray writeSession(const Session &session);
/// Damaged where the keychain's entry cannot be read; then only signing in again helps.
[[nodiscard]] Result<Session> readSession(const QByteArray &bytes);

} // namespace indelible::channels::telegram
