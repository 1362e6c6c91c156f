// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <initializer_list>

namespace indelible::record {

inline constexpr qsizetype kHashBytes = 32;

/// SHA-256 of the parts one after the other (OpenSSL, which uses the processor's own instructions). Thread-safe.
[[nodiscard]] QByteArray sha256(std::initializer_list<QByteArrayView> parts);

} // namespace indelible::record
