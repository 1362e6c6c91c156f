// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace indelible::channels::feeds {

// Watch words: "my name or address was mentioned". Pure; any thread.

/// "Corner Bakery, corner-bakery.example" as a list: separated by commas or lines, without blanks round them, doubles
/// and empty ones.
[[nodiscard]] QStringList watchWords(const QString &typed);

/// True where one of `words` stands in `text` as whole words. Accents, upper and lower case and the kind and number of
/// blanks make no difference; scripts without blanks between words have none to be whole.
[[nodiscard]] bool containsOne(const QStringList &words, const QString &text);

} // namespace indelible::channels::feeds
