// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mail/mail_stream.h"

#include <QByteArray>
#include <QStringList>

namespace indelible::channels::mail {

/// Hands one mail in (RFC 6409), blocking. Written by hand, not by libetpan: only so it is certain whether the end of
/// the mail, the one moment that decides, had left or not; and libetpan needs plug-ins of SASL for a plain password.
///
/// Errors: those of MailStream and smtpError(). provablyNotProcessed is set for everything that goes wrong before the
/// end of the mail was sent, and where the server refuses it then; not where it says nothing any more.
class SmtpSession
{
public:
    explicit SmtpSession(Patience patience)
        : m_stream(patience)
    {
    }

    Result<void> signIn(const Session &session);
    /// All recipients or none. `message` with lines that end in CRLF.
    Result<void> submit(const QString &from, const QStringList &to, const QByteArray &message);
    void leave();

private:
    struct Reply
    {
        int status = 0;
        QString text;
        QStringList lines;
    };
    Result<Reply> read();
    Result<Reply> ask(const QByteArray &line);
    Result<void> expect(const QByteArray &line, int status, bool isSignIn = false);
    Result<void> hello();
    Result<void> authenticate(const Session &session);
    Result<void> showToken(const Session &session);
    Result<void> hasRoomFor(qint64 size) const;

    MailStream m_stream;
    QStringList m_abilities;
};

/// A mail as it goes over the wire: a line that begins with '.' gets another one (RFC 5321, 4.5.2); ends with CRLF.
[[nodiscard]] QByteArray stuffed(const QByteArray &message);

} // namespace indelible::channels::mail
