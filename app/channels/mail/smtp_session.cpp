// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/smtp_session.h"

#include "app/channels/call_errors.h"
#include "app/channels/mail/mail_errors.h"
#include "app/channels/mail/mail_oauth.h"

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr qint64 kMostAnswered = 256 * 1024;
constexpr int kMostLines = 200;
constexpr int kBytesPerSecond = 32 * 1024;

tl::unexpected<Error> notSmtp()
{
    return failure(
        Error{ErrorKind::InvalidReply,
              u"What answers there is no server that takes mail. Nothing was sent; check the address and the port."_s,
              {},
              {},
              {},
              true});
}

/// "AUTH PLAIN LOGIN" and the old "AUTH=PLAIN".
bool offers(const QStringList &abilities, const QString &ability, const QString &parameter = {})
{
    for (QString line : abilities) {
        QStringList words = line.replace(u'=', u' ').toUpper().split(u' ', Qt::SkipEmptyParts);
        if (!words.isEmpty() && words.takeFirst() == ability && (parameter.isEmpty() || words.contains(parameter)))
            return true;
    }
    return false;
}

} // namespace

QByteArray stuffed(const QByteArray &message)
{
    QByteArray wire = message;
    if (wire.startsWith('.'))
        wire.prepend('.');
    wire.replace("\r\n.", "\r\n..");
    if (!wire.endsWith("\r\n"))
        wire += "\r\n";
    return wire;
}

Result<SmtpSession::Reply> SmtpSession::read()
{
    Reply reply;
    while (reply.lines.size() < kMostLines) {
        const Result<QByteArray> line = m_stream.readLine();
        if (!line)
            return failure(line.error());
        bool isNumber = false;
        reply.status = line->left(3).toInt(&isNumber);
        if (!isNumber || reply.status < 200 || reply.status > 599)
            return notSmtp();
        reply.lines.append(QString::fromUtf8(line->mid(4)));
        if (line->size() < 4 || line->at(3) != '-') {
            reply.text = reply.lines.join(u' ');
            return reply;
        }
    }
    return notSmtp();
}

Result<SmtpSession::Reply> SmtpSession::ask(const QByteArray &line)
{
    m_stream.begin(kMostAnswered);
    if (const Result<void> written = m_stream.write(line + "\r\n"); !written)
        return failure(written.error());
    return read();
}

Result<void> SmtpSession::expect(const QByteArray &line, int status, bool isSignIn)
{
    const Result<Reply> reply = ask(line);
    if (!reply)
        return failure(beforeTheCall(reply.error()));
    if (reply->status >= 400)
        return failure(smtpError(reply->status, reply->text, isSignIn));
    return reply->status / 100 == status / 100 ? Result<void>() : notSmtp();
}

Result<void> SmtpSession::hello()
{
    // The computer's name is nobody's business.
    const Result<Reply> reply = ask("EHLO [127.0.0.1]");
    if (!reply)
        return failure(beforeTheCall(reply.error()));
    if (reply->status >= 400)
        return failure(smtpError(reply->status, reply->text, false));
    m_abilities = reply->lines.mid(1);
    return {};
}

Result<void> SmtpSession::signIn(const Session &session)
{
    INDELIBLE_TRY(m_stream.connectTo(session.smtp));
    m_stream.begin(kMostAnswered);
    const Result<Reply> greeting = read();
    if (!greeting)
        return failure(beforeTheCall(greeting.error()));
    if (greeting->status >= 400)
        return failure(smtpError(greeting->status, greeting->text, false));
    INDELIBLE_TRY(hello());
    if (session.smtp.security == MailServer::Security::StartTls && offers(m_abilities, u"STARTTLS"_s)) {
        INDELIBLE_TRY(expect("STARTTLS", 220));
        if (const Result<void> encrypted = m_stream.startTls(); !encrypted)
            return failure(beforeTheCall(encrypted.error()));
        INDELIBLE_TRY(hello());
    }
    return authenticate(session);
}

Result<void> SmtpSession::authenticate(const Session &session)
{
    if (!m_stream.isSafe())
        return failure(Error{
            ErrorKind::Forbidden,
            u"The mail server %1 offers no encryption, so the password was not sent. Check the address and the port."_s
                .arg(session.smtp.host),
            {},
            {},
            {},
            true});
    if (session.tokens)
        return showToken(session);
    const QByteArray user = session.address.toUtf8();
    if (offers(m_abilities, u"AUTH"_s, u"LOGIN"_s) && !offers(m_abilities, u"AUTH"_s, u"PLAIN"_s)) {
        INDELIBLE_TRY(expect("AUTH LOGIN", 300, true));
        INDELIBLE_TRY(expect(user.toBase64(), 300, true));
        return expect(session.password.toBase64(), 200, true);
    }
    const QByteArray plain = QByteArray(1, '\0') + user + QByteArray(1, '\0') + session.password;
    return expect("AUTH PLAIN " + plain.toBase64(), 200, true);
}

Result<void> SmtpSession::showToken(const Session &session)
{
    Result<Reply> reply = ask("AUTH XOAUTH2 " + xoauth2(session));
    if (reply && reply->status == 334)
        reply = ask({}); // it said why it refuses, and wants an empty line before it says so
    if (!reply)
        return failure(beforeTheCall(reply.error()));
    if (reply->status >= 400)
        return failure(ofTokens(smtpError(reply->status, reply->text, true)));
    return reply->status == 235 ? Result<void>() : notSmtp();
}

Result<void> SmtpSession::hasRoomFor(qint64 size) const
{
    for (const QString &line : m_abilities) {
        const QStringList words = line.split(u' ', Qt::SkipEmptyParts);
        const qint64 most = words.value(0).toUpper() == "SIZE"_L1 ? words.value(1).toLongLong() : 0;
        if (most > 0 && size > most)
            return failure(smtpError(552, u"the answer is longer than the server takes"_s, false));
    }
    return {};
}

Result<void> SmtpSession::submit(const QString &from, const QStringList &to, const QByteArray &message)
{
    const QByteArray wire = stuffed(message);
    INDELIBLE_TRY(hasRoomFor(wire.size()));
    INDELIBLE_TRY(expect("MAIL FROM:<" + from.toLatin1() + '>', 200));
    for (const QString &address : to)
        INDELIBLE_TRY(expect("RCPT TO:<" + address.toLatin1() + '>', 200));
    INDELIBLE_TRY(expect("DATA", 300));
    m_stream.begin(kMostAnswered, std::chrono::seconds(wire.size() / kBytesPerSecond));
    // Without its end the server has to forget the mail (RFC 5321, 4.1.1.4).
    if (const Result<void> written = m_stream.write(wire); !written)
        return failure(beforeTheCall(written.error()));
    // From here on only the server knows.
    m_stream.begin(kMostAnswered);
    const Result<void> ended = m_stream.write(".\r\n");
    const Result<Reply> reply = ended ? read() : Result<Reply>(failure(ended.error()));
    if (reply && reply->status >= 400)
        return failure(smtpError(reply->status, reply->text, false));
    if (reply && reply->status < 300)
        return {};
    Error unclear = reply ? Error{ErrorKind::InvalidReply, {}, {}, {}, {}, false} : reply.error();
    unclear.provablyNotProcessed = false;
    unclear.detail = unclearSentence();
    return failure(std::move(unclear));
}

void SmtpSession::leave()
{
    m_stream.begin(kMostAnswered);
    (void)m_stream.write("QUIT\r\n");
}

} // namespace indelible::channels::mail
