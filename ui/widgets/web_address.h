// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace indelible::ui {

/// A server's complete address, from what was typed: https, or http for this computer alone (a server under test).
/// Nothing = it is no such address, or it carries a name or password.
[[nodiscard]] std::optional<QUrl> webAddress(const QString &typed);

} // namespace indelible::ui
