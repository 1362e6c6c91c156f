// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/json_reader.h"
#include "app/channels/telegram/telegram_parser.h"

namespace indelible::channels::telegram {

/// Words, links and attachments of a message into `item`; both empty where it has none. Files have no address here:
/// theirs would hold the token. Throws BadReply. Pure.
void readContent(const JsonReader &message, const Self &self, RemoteItem &item);

} // namespace indelible::channels::telegram
