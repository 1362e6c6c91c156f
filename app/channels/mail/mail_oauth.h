// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/loopback_redirect.h"
#include "app/channels/mail/mail_session.h"
#include "app/net/http_client.h"

namespace indelible::channels::mail {

// Signing in by tokens of the provider (OAuth 2.0, RFC 6749, with PKCE, RFC 7636) instead of a password. Pure.

/// The client with what its owner left out, where the provider is known by the host of the mailbox. Usage where
/// something is missing, or is no address that a token may go to.
[[nodiscard]] Result<OAuthClient> completed(OAuthClient client, const QString &imapHost);

/// The provider's page on which the person allows the program in.
[[nodiscard]] QUrl pageOf(const OAuthClient &client, const QUrl &wayBack, const QString &state, const ProofKey &proof,
                          const QString &address);

/// Asks for the first tokens with the code that the browser brought back.
[[nodiscard]] net::HttpRequest codeRequest(const Tokens &client, const QString &code, const QUrl &wayBack,
                                           const ProofKey &proof);
/// Asks for new ones.
[[nodiscard]] net::HttpRequest refreshRequest(const Tokens &tokens);

/// What the provider gave; what it did not say stays as it was. Errors: Unauthorised where it refuses, InvalidReply for
/// anything that is no answer to this, RateLimited.
[[nodiscard]] Result<Tokens> tokensFrom(const net::HttpResponse &response, Tokens before, Instant now);

/// True where a token must not be used any more, or only for a moment.
[[nodiscard]] bool isExpiring(const Tokens &tokens, Instant now);

/// What goes to the mail servers: "user=… auth=Bearer …" in Base64 (XOAUTH2; Google's page on it, and Microsoft's).
[[nodiscard]] QByteArray xoauth2(const Session &session);

} // namespace indelible::channels::mail
