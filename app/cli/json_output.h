// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "app/domain/case.h"
#include "app/domain/conversation.h"

#include <QJsonObject>

namespace indelible::cli {

// What --json prints: ids as strings, times RFC 3339 in UTC, states as words. Pure.

[[nodiscard]] QJsonObject toJson(const Account &account);
[[nodiscard]] QJsonObject toJson(const ConversationRow &row);
[[nodiscard]] QJsonObject toJson(const ItemView &item);
[[nodiscard]] QJsonObject toJson(const ConversationEvent &event);
[[nodiscard]] QJsonObject toJson(const OutboxView &answer);
[[nodiscard]] QJsonObject toJson(const Case &value);

} // namespace indelible::cli
