// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/channels/call_errors.h"

#include <QByteArray>

namespace indelible::net {
struct HttpResponse;
}

namespace indelible::channels::mastodon {

/// The body of an answer that says it worked, or what went wrong, by its status: the texts of errors differ from server
/// to server, and some (snac2) answer errors with a web page. Never quotes what was sent.
[[nodiscard]] Result<QByteArray> readAnswer(const net::HttpResponse &response);

/// What has to be done once the token does not help any more.
[[nodiscard]] tl::unexpected<Error> signInAgain(const QString &reason);

} // namespace indelible::channels::mastodon
