// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace indelible::record {

/// The one form in which a body is written: UTF-8, keys sorted by their bytes, no white space, only strings, whole
/// numbers up to 2^53, booleans, null, arrays and objects; lone surrogates become U+FFFD. Rejected where a number is
/// not whole or too large, or where two names of one object become the same. The stored bytes are the authority:
/// nothing writes a body anew in order to verify it.
[[nodiscard]] Result<QByteArray> canonicalJson(const QJsonObject &object);

} // namespace indelible::record
