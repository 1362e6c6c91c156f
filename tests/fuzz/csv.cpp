// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exchange/csv.h"
#include "app/base/text.h"
#include "tests/fuzz/fuzz.h"

using namespace indelible;
using namespace indelible::exchange;

namespace {

/// One field by RFC 4180, read back.
QByteArray unquoted(QByteArray row)
{
    fuzz::require(row.startsWith('"') && row.endsWith("\"\r\n"), "a field is quoted and a row ends");
    row = row.mid(1, row.size() - 4);
    fuzz::require(QByteArray(row).replace("\"\"", "").count('"') == 0, "quotes inside are doubled");
    return row.replace("\"\"", "\"");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    const QString text = wellFormed(input.choice(2) == 0 ? input.text() : input.rawText());
    const QString guarded = guardCell(text);
    fuzz::require(unguardCell(guarded) == text, "a cell comes back as it was");
    const QString formula = QStringLiteral("=+-@\t\r") + QChar(0xFF1D) + QChar(0xFF0B) + QChar(0xFF0D) + QChar(0xFF20);
    const bool runs = !guarded.isEmpty() && (formula.contains(guarded.front()) || guarded.front().isNull());
    fuzz::require(!runs, "no cell begins as a formula");
    fuzz::require(unquoted(csvRow({Cell(text)})) == guarded.toUtf8(), "a row comes back as it was");
    return 0;
}
