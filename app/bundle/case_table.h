// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/case_story.h"

namespace indelible::bundle {

/// case.csv: one row an entry, by the rules of app/exchange/csv. A pure function of case.jsonl, so that every verifier
/// makes it anew and compares. The columns are in README.md.
[[nodiscard]] QByteArray caseTable(const std::vector<Row> &rows, const Story &story);

} // namespace indelible::bundle
