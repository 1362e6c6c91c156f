// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_sign_in.h"

#include "app/channels/call_errors.h"
#include "app/channels/mail/mail_address.h"
#include "app/channels/mail/mail_browser.h"
#include "app/channels/mail/smtp_session.h"

#include <algorithm>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

Result<Session> readEntry(const SignIn &credentials)
{
    Session session;
    session.address = credentials.handle.trimmed();
    session.password = credentials.oauth ? QByteArray() : credentials.secret;
    if (!isMailAddress(session.address))
        return failure(ErrorKind::Usage, u"Type the mail address of the account; it looks like shop@mail.example."_s);
    const bool hasControls =
        std::ranges::any_of(credentials.secret, [](char letter) { return static_cast<unsigned char>(letter) < 0x20; });
    if ((session.password.isEmpty() && !credentials.oauth) || hasControls)
        return failure(ErrorKind::Usage,
                       u"Type the password of the mailbox; many providers want an app password here."_s);
    const Result<MailServer> imap = serverFrom(credentials.server, Service::Imap);
    if (!imap)
        return failure(imap.error());
    const Result<MailServer> smtp = serverFrom(credentials.sendingServer, Service::Smtp);
    if (!smtp)
        return failure(smtp.error());
    session.imap = *imap;
    session.smtp = *smtp;
    return session;
}

Result<void> tryServers(MailDesk &desk, const Session &session)
{
    const Result<ImapSession *> imap = desk.imap(session);
    if (!imap)
        return failure(imap.error());
    if (const Result<Folder> inbox = (*imap)->examine("INBOX"); !inbox)
        return failure(inbox.error());
    SmtpSession smtp(desk.patience());
    INDELIBLE_TRY(smtp.signIn(session));
    smtp.leave();
    return {};
}

/// Where answers were handed in before, for who signs in again without saying it. Only while the mailbox is where it
/// was: the new password of another provider is nothing for the old one.
QCoro::Task<Result<QUrl>> keptSendingServer(QPointer<MailClient> client, QUrl reading)
{
    auto earlierTask = client->earlierSession();
    Result<Session> earlier = co_await earlierTask;
    const bool isLost =
        !earlier && (earlier.error().kind == ErrorKind::NotFound || earlier.error().kind == ErrorKind::Damaged);
    if (!earlier && !isLost)
        co_return failure(beforeTheCall(earlier.error()));
    const Result<MailServer> imap = serverFrom(reading, Service::Imap);
    if (!isLost && imap && *imap == earlier->imap)
        co_return addressOf(earlier->smtp, Service::Smtp);
    const QString reason =
        isLost ? u"The keychain no longer has this mailbox’s server for sending."_s
               : u"The mailbox is on another server than before, so mail may be sent by another one too."_s;
    co_return failure(ErrorKind::Usage,
                      reason + u" Type the server for sending, for example smtp.mail.example:587; nothing was sent."_s);
}

} // namespace

QCoro::Task<Result<Identity>> signIn(QPointer<MailClient> client, SignIn credentials)
{
    if (credentials.sendingServer.isEmpty() && client->isKnown()) {
        auto keptTask = keptSendingServer(client, credentials.server);
        Result<QUrl> kept = co_await keptTask;
        if (!kept)
            co_return failure(kept.error());
        if (!client)
            co_return cancelled();
        credentials.sendingServer = *kept;
    }
    Result<Session> session = readEntry(credentials);
    if (!session)
        co_return failure(session.error());
    if (credentials.oauth) {
        auto tokensTask = tokensByBrowser(client, credentials, session->imap.host);
        Result<Tokens> tokens = co_await tokensTask;
        if (!tokens)
            co_return failure(tokens.error());
        if (!client)
            co_return cancelled();
        session->tokens = *tokens;
    }
    QFuture<Result<void>> trying =
        client->worker().run<void>([session = *session](MailDesk &desk) { return tryServers(desk, session); });
    Result<void> worked = co_await trying;
    if (!worked)
        co_return failure(worked.error());
    if (!client)
        co_return cancelled();
    auto storedTask = client->adopt(*session);
    Result<void> stored = co_await storedTask;
    if (!stored)
        co_return failure(stored.error());
    Identity identity{
        comparable(session->address), session->address, session->address, addressOf(session->imap, Service::Imap), {}};
    co_return identity;
}

} // namespace indelible::channels::mail
