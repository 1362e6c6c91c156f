// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/mail/mail_client.h"

#include <QPointer>

#include <QCoroTask>

namespace indelible::channels::mail {

/// Lets the person allow the program in on the provider's page and fetches the first tokens with what the browser
/// brings back. `credentials.oauth` is set. Errors: Usage (what was typed, nobody to show the page), those of
/// LoopbackRedirect and HttpClient, InvalidReply (the provider gives no lasting sign-in), Unauthorised.
QCoro::Task<Result<Tokens>> tokensByBrowser(QPointer<MailClient> client, SignIn credentials, QString imapHost);

} // namespace indelible::channels::mail
