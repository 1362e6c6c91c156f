// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace indelible::ui {

/// A stretch of a text that is the same in both versions, only in the older or only in the newer one.
struct DiffPart
{
    enum class Kind { Same, Removed, Added };
    Kind kind = Kind::Same;
    QString text;
    friend bool operator==(const DiffPart &, const DiffPart &) = default;
};

/// Changes from `before` to `after` by words: a longest common subsequence over words and the white space between them.
/// Joining Same and Removed gives `before`, Same and Added gives `after`. Texts whose middle parts differ by more than
/// 2,000 words each are compared as two whole pieces, so that a hostile edit costs no time. Pure.
[[nodiscard]] std::vector<DiffPart> wordDiff(const QString &before, const QString &after);

/// The same with long unchanged stretches cut to `words` words round each change ("… rang three times …"), for display.
[[nodiscard]] std::vector<DiffPart> shortened(const std::vector<DiffPart> &parts, int words);

} // namespace indelible::ui
