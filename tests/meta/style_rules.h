// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/meta/source_tree.h"

namespace indelible::test {

/// Faults of a C++ file, one sentence each, against the rules of style and the promises of the design that a reader of
/// text can hold: nothing is deleted, no certificate is ignored, no secret falls back to a plain file, SQL and links
/// each have one home. Comments are not looked at, the licence line and marks of unfinished work excepted.
[[nodiscard]] QStringList styleFaults(const SourceFile &file);

/// Whether a script (shell, Python, JavaScript) names its licence in its first three lines.
[[nodiscard]] bool namesLicence(const SourceFile &file);

} // namespace indelible::test
