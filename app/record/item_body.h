// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/item.h"

#include <QByteArray>
#include <QJsonObject>

namespace indelible::record {

/// An item as the body of ITEM_SEEN and ITEM_EDIT: everything that was said and by whom. What is empty is left out.
[[nodiscard]] QJsonObject itemBody(const RemoteItem &item);

/// Reads it back. Fields that are not there are empty: a sealed body gives an empty item.
[[nodiscard]] RemoteItem itemFromBody(const QJsonObject &body);
[[nodiscard]] RemoteItem itemFromBody(const QByteArray &storedBytes);

} // namespace indelible::record
