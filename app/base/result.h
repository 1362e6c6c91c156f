// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

#include <tl/expected.hpp>

namespace indelible {

/// What went wrong, in the program's own vocabulary. A channel maps what its network says to one of these in one
/// table; the window turns a kind into a translated sentence and the next step. A switch over kinds has no default.
enum class ErrorKind {
    Cancelled,     ///< the program or the person stopped it
    Offline,       ///< no connection could be made; nothing was sent
    Timeout,       ///< a connection was made and the answer did not come in time
    RateLimited,   ///< the server asked us to slow down; see Error::retryAfter
    Unauthorised,  ///< signed out, wrong password, revoked or expired token
    Forbidden,     ///< signed in, but not allowed (permission missing, blocked)
    NotFound,      ///< does not exist (any more)
    Conflict,      ///< somebody else changed it, or it exists with other content
    Rejected,      ///< the server, or a rule of ours, refuses this input for good
    ServerTrouble, ///< the server failed (5xx) or broke off; the outcome of a write is not known
    InvalidReply,  ///< the server answered something that is not what its protocol promises
    Storage,       ///< the database could not be read or written
    DiskFull,      ///< no room to write
    NewerSchema,   ///< the workspace was written by a newer version of the program
    InUse,         ///< another program has the workspace open
    Damaged,       ///< stored data does not match its hashes or cannot be read
    Secrets,       ///< the keychain is absent, locked or refuses
    Usage,         ///< the command line or an argument is wrong
    Internal,      ///< a mistake of ours
};

/// The English name of a kind, for logs, JSON output and tests.
QString toString(ErrorKind kind);

/// A failure that a caller can act on. `detail` is one plain English sentence for logs and the record, without
/// secrets: what happened, then what is safe or what to do where that is known at this place.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    QString detail;
    QString code;                  ///< the server's own name of the error, for example ExpiredToken
    std::optional<int> httpStatus; ///< where an HTTP answer was the cause
    std::optional<std::chrono::milliseconds> retryAfter; ///< where the server named a time
    /// True only where it is certain that the other side did not act: no byte of the request body left this machine,
    /// or the server said so (401, 429). Decides whether an answer may be sent again without a person (outbox).
    bool provablyNotProcessed = false;
};

/// A value, or why there is none.
template<typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(ErrorKind kind, QString detail)
{
    return tl::unexpected<Error>(Error{kind, std::move(detail), {}, {}, {}, false});
}

[[nodiscard]] inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace indelible

/// Returns the error of a Result<> expression from the enclosing function, or goes on.
#define INDELIBLE_TRY(expression)                                                                                      \
    do {                                                                                                               \
        if (auto indelibleTryResult = (expression); !indelibleTryResult)                                               \
            return tl::unexpected<::indelible::Error>(std::move(indelibleTryResult.error()));                          \
    } while (false)
