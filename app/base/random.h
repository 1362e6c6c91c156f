// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace indelible {

/// `count` bytes from the operating system's random number generator, fit for salts and keys. Thread-safe.
[[nodiscard]] QByteArray randomBytes(qsizetype count);

/// Where salts and random ids come from; a plain function so that test vectors can be made repeatable.
using RandomSource = QByteArray (*)(qsizetype count);

} // namespace indelible
