// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/bluesky/bluesky_client.h"
#include "app/channels/channel.h"

#include <QPointer>

#include <QCoroTask>

namespace indelible::channels::bluesky {

/// Handle and app password to a stored session: resolve the handle, make a session, move to the account's own server.
/// One createSession per call and none anywhere else: the network allows few.
///
/// Errors: Usage (no handle, no password, an address that is no server), NotFound (nobody by this handle), Unauthorised
/// (wrong app password), InvalidReply (the address is no Bluesky server), Secrets, and those of HttpClient. Where it
/// fails, nothing is stored.
QCoro::Task<Result<Identity>> signIn(QPointer<BlueskyClient> client, SignIn credentials);

/// What an account without the right to private messages is told.
[[nodiscard]] QString messagesNotAllowed();

} // namespace indelible::channels::bluesky
