// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_sign_in.h"

#include "app/channels/mail/mail_address.h"
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
    session.password = credentials.secret;
    if (!isMailAddress(session.address))
        return failure(ErrorKind::Usage, u"Type the mail address of the account; it looks like shop@mail.example."_s);
    const bool hasControls =
        std::ranges::any_of(session.password, [](char letter) { return static_cast<unsigned char>(letter) < 0x20; });
    if (session.password.isEmpty() || hasControls)
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

} // namespace

QCoro::Task<Result<Identity>> signIn(QPointer<MailClient> client, SignIn credentials)
{
    Result<Session> session = readEntry(credentials);
    if (!session)
        co_return failure(session.error());
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
