// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/channels/call_errors.h"

#include <QByteArray>

#include <chrono>
#include <optional>

namespace indelible::net {
struct HttpResponse;
}

namespace indelible::channels::telegram {

/// The body of an answer that says it worked, or what went wrong, by its status and by what the API says (its texts
/// change, so they are quoted rather than relied upon). Never quotes what was sent, nor the address, which holds the
/// token.
[[nodiscard]] Result<QByteArray> readAnswer(const net::HttpResponse &response);

/// How long an answer 429 asks to be left alone: `parameters.retry_after`, in seconds.
[[nodiscard]] std::optional<std::chrono::milliseconds> retryAfterIn(const QByteArray &body);

/// What has to be done once the token does not help any more.
[[nodiscard]] tl::unexpected<Error> signInAgain(const QString &reason);

} // namespace indelible::channels::telegram
