// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/case_lines.h"
#include "app/bundle/verdict.h"
#include "app/record/checkpoint.h"

namespace indelible::bundle {

/// What a line says as an entry of the record that `checkpoint` is of, in its tree, with the words it is bound to, and
/// behind `before` (null = the first). Fills `row` where there is no fault. Pure.
[[nodiscard]] Fault checkRow(const RowText &text, const record::Checkpoint &checkpoint, const Row *before, Row &row);

} // namespace indelible::bundle
