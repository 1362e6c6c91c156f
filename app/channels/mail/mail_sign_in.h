// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/mail/mail_client.h"

#include <QPointer>

#include <QCoroTask>

namespace indelible::channels::mail {

/// Tries both servers with the password, or with the tokens that the provider gives on its page, and keeps them where
/// both take them. One try each: servers lock accounts for wrong passwords. Who signs in again and names no server for
/// sending gets the one that the keychain has. Errors: Usage for what was typed or is missing; Secrets; those of the
/// servers.
QCoro::Task<Result<Identity>> signIn(QPointer<MailClient> client, SignIn credentials);

} // namespace indelible::channels::mail
