// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/bundle/files.h"

#include <vector>

namespace indelible::bundle {

// The zip around a bundle (libzip). Pure over bytes; any thread.

struct NamedFile
{
    QString name;
    QByteArray bytes;
};

inline constexpr qint64 kMostZipBytes = 128 * 1024 * 1024;
inline constexpr qint64 kMostBytes = 256 * 1024 * 1024; ///< unpacked, all files together

/// Errors: Rejected (larger than a reader would take), Internal.
[[nodiscard]] Result<QByteArray> packed(const std::vector<NamedFile> &files, Instant at);

/// Reads what a bundle holds, and never more than kMostBytes, nor, from 16 MiB on, a hundred times the zip. The files
/// stand at the top, each once, with no other beside them but anchors.jsonl, README.txt, verify.py and verify.html.
/// Errors: Rejected, with what is wrong.
[[nodiscard]] Result<Files> unpacked(const QByteArray &zip);

} // namespace indelible::bundle
