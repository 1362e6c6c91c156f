// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>

namespace indelible::channels::mail {

/// Where a mail server is. The password goes there only under TLS, or to this computer itself.
struct MailServer
{
    enum class Security { Tls, StartTls };
    QString host;
    quint16 port = 0;
    Security security = Security::Tls;

    friend bool operator==(const MailServer &, const MailServer &) = default;
};

/// Which of the two services an address is for.
enum class Service { Imap, Smtp };

/// From "mail.example", "mail.example:143" or "imap://mail.example": the ports 143 and 587 and the schemes "imap" and
/// "smtp" mean STARTTLS (RFC 3501, 6409), everything else TLS from the first byte (RFC 8314). Usage for anything that
/// is no such address.
[[nodiscard]] Result<MailServer> serverFrom(const QUrl &address, Service service);
[[nodiscard]] QUrl addressOf(const MailServer &server, Service service);

/// True where the person named this computer itself. Nothing else is ever talked to without TLS.
[[nodiscard]] bool isThisComputer(const QString &host);

/// A sign-in by the provider's tokens, and what renewing them needs.
struct Tokens
{
    QUrl endpoint;
    QString clientId;
    QByteArray clientSecret; ///< empty = the client has none
    QByteArray access;
    QByteArray refresh;
    Instant expiresAt; ///< of `access`; nothing = not said

    friend bool operator==(const Tokens &, const Tokens &) = default;
};

/// What is needed to read and send for an account, as it is kept in the keychain.
struct Session
{
    QString address; ///< the mail address, which is the user's name at the servers too
    MailServer imap;
    MailServer smtp;
    QByteArray password; ///< empty where there are tokens
    std::optional<Tokens> tokens = {};

    friend bool operator==(const Session &, const Session &) = default;
};

[[nodiscard]] QByteArray writeSession(const Session &session);
/// Damaged where the keychain's entry cannot be read; then only signing in again helps.
[[nodiscard]] Result<Session> readSession(const QByteArray &bytes);

} // namespace indelible::channels::mail
