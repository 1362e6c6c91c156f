// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_browser.h"

#include "app/channels/call_errors.h"
#include "app/channels/mail/mail_oauth.h"

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

QCoro::Task<Result<Tokens>> tokensByBrowser(QPointer<MailClient> client, SignIn credentials, QString imapHost)
{
    if (!credentials.openPage)
        co_return failure(ErrorKind::Usage,
                          u"This mailbox signs in on a page in the browser; there is none here. Nothing was sent."_s);
    const Result<OAuthClient> known = completed(*credentials.oauth, imapHost);
    if (!known)
        co_return failure(known.error());
    Tokens tokens;
    tokens.endpoint = known->tokenEndpoint;
    tokens.clientId = known->id;
    tokens.clientSecret = credentials.secret;
    if (const Result<void> trusted = client->trust(tokens); !trusted)
        co_return failure(trusted.error());
    LoopbackRedirect redirect;
    if (const Result<void> listening = redirect.listen(); !listening)
        co_return failure(listening.error());
    if (credentials.stopped)
        redirect.stopWith(*credentials.stopped);
    const ProofKey proof = makeProofKey();
    const QUrl wayBack = redirect.address();
    credentials.openPage(pageOf(*known, wayBack, redirect.state(), proof, credentials.handle.trimmed()));
    QFuture<Result<QString>> coming = redirect.code();
    Result<QString> code = co_await coming;
    if (!code)
        co_return failure(code.error());
    if (!client)
        co_return cancelled();
    auto askTask = client->ask(codeRequest(tokens, *code, wayBack, proof), tokens);
    Result<Tokens> given = co_await askTask;
    if (given && given->refresh.isEmpty())
        co_return failure(
            ErrorKind::InvalidReply,
            u"The mail provider gives a sign-in for an hour only. Nothing was changed; ask for a lasting one, which is the scope offline_access with many."_s);
    co_return given;
}

} // namespace indelible::channels::mail
