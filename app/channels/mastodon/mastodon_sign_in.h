// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/mastodon/mastodon_client.h"

#include <QPointer>

#include <chrono>

#include <QCoroTask>

namespace indelible::channels::mastodon {

/// A server's address to a stored session: ask the server what it is, register the program there, let the person allow
/// it on the server's own page, take the code that the browser brings back, and fetch token and account with it. The
/// program is registered anew for each sign-in, since not every server ignores the port of the way back. Waits for the
/// person for `limit`.
///
/// Errors: Usage (an address that is no server, nobody to show the page), those of LoopbackRedirect, InvalidReply (the
/// address is no Mastodon server), Unauthorised, Secrets, and those of HttpClient. Where it fails, nothing is stored.
QCoro::Task<Result<Identity>> signIn(QPointer<MastodonClient> client, SignIn credentials,
                                     std::chrono::milliseconds limit);

} // namespace indelible::channels::mastodon
