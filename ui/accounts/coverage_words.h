// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/coverage.h"
#include "ui/models/time_words.h"
#include "ui/theme/theme.h"

#include <QString>

namespace indelible::ui {

// How the coverage map is said and shown. Only what is watched is ever green.

struct CoverageLook
{
    QString icon;
    Token colour = Token::Text2;
};
[[nodiscard]] CoverageLook coverageLook(Coverage::State state);

/// "Looked at, 14:32", "Due since Mon 3 Oct", "Nobody watches".
[[nodiscard]] QString coverageStateText(const Coverage &line, const Here &here);

/// "Somebody looks every 3 days", or why nobody watches.
[[nodiscard]] QString coverageCareText(const Coverage &line);

/// "3 of 16 places are watched, 2 by hand. 11 are not watched: silence there says nothing."
[[nodiscard]] QString coverageSummary(const CoverageCount &count);

/// What the calm of an inbox does not know: "11 places are not watched"; empty where there is no blind spot.
[[nodiscard]] QString blindSpotText(const CoverageCount &count);

} // namespace indelible::ui
