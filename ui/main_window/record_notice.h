// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/record/standing.h"
#include "ui/widgets/banner.h"

#include <QString>

#include <optional>

namespace indelible::ui {

// The words for how the record stands. Pure.

/// Nothing where all is well.
[[nodiscard]] std::optional<BannerContent> recordBanner(record::Standing standing);

/// For the status line, in front of the number of entries.
[[nodiscard]] QString recordStateText(record::Standing standing);

} // namespace indelible::ui
