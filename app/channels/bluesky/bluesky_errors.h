// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/channels/call_errors.h"

#include <QByteArray>

#include <span>

namespace indelible::net {
struct HttpResponse;
}

namespace indelible::channels::bluesky {

/// One line of the table that says what an error of the protocol means here. Source: the errors named in the official
/// lexicons (npm @atproto/api 0.19.19) and what the official server answers (tried 2026-11-22).
struct ErrorRow
{
    const char *code = nullptr; ///< "error" of the answer
    ErrorKind kind = ErrorKind::Internal;
    bool notProcessed = false; ///< Error::provablyNotProcessed
    const char *sentence = nullptr;
};

[[nodiscard]] std::span<const ErrorRow> errorTable();

/// The body of an answer that says it worked, or what went wrong. Never quotes what was sent.
[[nodiscard]] Result<QByteArray> readAnswer(const net::HttpResponse &response);

/// True where a new access token, and the same request again, may help. These come as HTTP 400, not 401.
[[nodiscard]] bool asksForRefresh(const Error &error);

/// What has to be done once no token helps any more.
[[nodiscard]] tl::unexpected<Error> signInAgain(const QString &reason);

} // namespace indelible::channels::bluesky
