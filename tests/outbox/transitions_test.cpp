// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/outbox/transitions.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace std::chrono_literals;
using outbox::verdictOn;

namespace {

Error errorOf(ErrorKind kind, bool provable = false, std::optional<std::chrono::milliseconds> retryAfter = {})
{
    Error error;
    error.kind = kind;
    error.provablyNotProcessed = provable;
    error.retryAfter = retryAfter;
    return error;
}

} // namespace

TEST_CASE("an answer goes out again by itself only where the network certainly did not act")
{
    CHECK(verdictOn(errorOf(ErrorKind::Offline, true), 1).next == OutboxState::Queued);
    CHECK(verdictOn(errorOf(ErrorKind::RateLimited, true), 1).next == OutboxState::Queued);
    for (const ErrorKind kind :
         {ErrorKind::Offline, ErrorKind::Timeout, ErrorKind::RateLimited, ErrorKind::ServerTrouble,
          ErrorKind::InvalidReply, ErrorKind::Cancelled, ErrorKind::Internal, ErrorKind::Storage})
        CHECK(verdictOn(errorOf(kind), 1).next == OutboxState::Unknown);
}

TEST_CASE("a definite refusal ends in failed, even if nothing was processed")
{
    for (const ErrorKind kind :
         {ErrorKind::Unauthorised, ErrorKind::Forbidden, ErrorKind::NotFound, ErrorKind::Conflict, ErrorKind::Rejected})
        CHECK(verdictOn(errorOf(kind, true), 1).next == OutboxState::Failed);
}

TEST_CASE("pauses grow to a quarter of an hour, unless the server names a time")
{
    CHECK(verdictOn(errorOf(ErrorKind::Offline, true), 1).pause == 5s);
    CHECK(verdictOn(errorOf(ErrorKind::Offline, true), 3).pause == 20s);
    CHECK(verdictOn(errorOf(ErrorKind::Offline, true), 1000).pause == 15min);
    CHECK(verdictOn(errorOf(ErrorKind::RateLimited, true, 42s), 1).pause == 42s);
}
