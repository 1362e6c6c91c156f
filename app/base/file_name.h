// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace indelible {

// Names of files that others chose. Pure.

/// A name for a file on this computer, from one that came from outside: without folders, without letters that hide or
/// turn round what it ends in, without what other systems forbid, not hidden, no device of Windows, at most
/// kMostFileNameBytes with its ending kept. Never empty: "attachment" where nothing is left.
[[nodiscard]] QString safeFileName(const QString &name);

/// In UTF-8: 255 is what file systems take, and a file that is being written has a few letters more.
constexpr qsizetype kMostFileNameBytes = 240;

/// Whether opening it may run what its sender wrote: programs, scripts, installers, pages, documents with macros, disk
/// images, shortcuts. By its ending alone, so that false promises nothing.
[[nodiscard]] bool mayRunCode(const QString &fileName);

} // namespace indelible
