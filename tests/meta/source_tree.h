// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace indelible::test {

/// A file of this repository: its path from the root, with slashes, and its text.
struct SourceFile
{
    QString path;
    QString text;
};

/// The files below `folders` of the repository whose names end in one of `endings`, in the order of their paths. Fails
/// the running test when a file cannot be read.
[[nodiscard]] std::vector<SourceFile> sourceFiles(const QStringList &folders, const QStringList &endings);

/// C++ text with each comment replaced by a space, line breaks kept; strings stay, raw strings too.
[[nodiscard]] QString withoutComments(const QString &text);

/// Number of the line (from 1) at `position` of `text`.
[[nodiscard]] qsizetype lineAt(const QString &text, qsizetype position);

} // namespace indelible::test
