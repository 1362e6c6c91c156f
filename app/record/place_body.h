// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/coverage.h"

#include <QJsonObject>

namespace indelible::record {

/// A place as the body of COVERAGE: all that is known of it then, so that the newest entry says everything. What is
/// empty is left out. Times are milliseconds of UTC.
[[nodiscard]] QJsonObject placeBody(const Place &place);

/// Reads it back, without an id. Numbers that are out of range are brought into it.
[[nodiscard]] Place placeFromBody(const QJsonObject &body);

} // namespace indelible::record
