// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_http_server.h"

#include <vector>

namespace indelible::test {

/// What a server that works would say, and has said.
struct Answers
{
    Answer right;  ///< to this request; `{}` where it is not acted upon
    Answer before; ///< the last right answer of the same path
    Answer first;  ///< the first one
};

/// One way in which a server, or what lies before it, misbehaves. None of them is made up: each has been seen with real
/// services or hotels' networks.
struct Behaviour
{
    const char *name;
    /// Whether the request is acted upon all the same (a post is kept although the answer says otherwise).
    bool acts = false;
    /// What comes instead of the right answer.
    Answer (*make)(const Received &request, const Answers &answers);
    /// Ended by the client's own deadline: takes as long as that is.
    bool isSlow = false;
};

[[nodiscard]] const std::vector<Behaviour> &behaviours();

} // namespace indelible::test
