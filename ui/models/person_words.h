// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/item.h"

#include <QString>

namespace indelible::ui {

/// A handle as people of its network write it, safe to paint: "@rosalind", but "rosalind@post.example" for mail, and
/// what has spaces as it is. `network` is a Network::id.
[[nodiscard]] QString handleText(const QString &network, const QString &handle);

/// "Looks like @marigold, is not @marigold".
[[nodiscard]] QString lookAlikeText(const LookAlike &other);

} // namespace indelible::ui
