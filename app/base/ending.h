// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

namespace indelible {

/// What a task answers whose owner has gone: nobody is left to read it, and nothing failed.
[[nodiscard]] inline tl::unexpected<Error> ending()
{
    return failure(ErrorKind::Cancelled, QStringLiteral("The program is ending."));
}

} // namespace indelible
