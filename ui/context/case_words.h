// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/case.h"
#include "ui/widgets/pill.h"

#include <QString>

namespace indelible::ui {

/// The five words of a case as people say them.
[[nodiscard]] QString caseStatusText(CaseStatus status);
[[nodiscard]] Tone caseStatusTone(CaseStatus status);

} // namespace indelible::ui
