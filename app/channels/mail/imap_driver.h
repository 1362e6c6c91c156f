// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mail/mail_stream.h"

#include <libetpan/libetpan.h>

namespace indelible::channels::mail {

/// What libetpan reads from and writes to: our stream, which outlives it and keeps what went wrong.
[[nodiscard]] mailstream *streamOver(MailStream *stream);

} // namespace indelible::channels::mail
