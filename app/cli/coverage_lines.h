// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/domain/coverage.h"

#include <QJsonObject>
#include <QString>

#include <vector>

#include <QCoroTask>

namespace indelible::cli {

struct Context;

// What commands say of the coverage map, so that silence is not mistaken for calm.

QCoro::Task<Result<std::vector<Coverage>>> coverageOf(const Context &context);

/// "Watched: 3 of 16 places, 1 by hand, 1 due to be looked at, 11 not at all."
[[nodiscard]] QString coverageSentence(const CoverageCount &count);
[[nodiscard]] QJsonObject toJson(const CoverageCount &count);

} // namespace indelible::cli
