// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/id.h"

namespace indelible {

using AccountId = Id<struct AccountTag>;
using ConversationId = Id<struct ConversationTag>;
using ItemId = Id<struct ItemTag>;
using CaseId = Id<struct CaseTag>; ///< also the case's number as people see it
using OutboxId = Id<struct OutboxTag>;
using PlaceId = Id<struct PlaceTag>;

} // namespace indelible
