// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>

namespace indelible::channels::mail {

/// What an IMAP server means by refusing a command: by the response code in brackets (RFC 5530), without them; `text`
/// is what it says to people. `isSignIn` = it refused the password. Pure.
[[nodiscard]] Error imapError(const QByteArray &code, const QString &text, bool isSignIn);

/// What an SMTP server means by an answer of 400 and above: by its number and its enhanced code (RFC 3463, RFC 5321).
/// Whatever it answers so, it has not taken the mail: provablyNotProcessed is set. Pure.
[[nodiscard]] Error smtpError(int status, const QString &text, bool isSignIn);

/// A refusal to sign in, where tokens of the provider were shown and no password.
[[nodiscard]] Error ofTokens(Error error);

/// For an answer that no server of mailboxes gives.
[[nodiscard]] tl::unexpected<Error> notImap();

/// The sentence for a mail whose end was sent and not answered.
[[nodiscard]] QString unclearSentence();

} // namespace indelible::channels::mail
