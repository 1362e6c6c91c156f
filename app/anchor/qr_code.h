// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace indelible::anchor {

/// The squares of a QR code (ISO/IEC 18004), row by row from the top, without the white margin of four that it needs.
struct QrCode
{
    int width = 0; ///< squares in a row, and rows
    std::vector<bool> dark;

    [[nodiscard]] bool isDark(int column, int row) const
    {
        return dark[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) + static_cast<std::size_t>(column)];
    }
};

/// Of a UTF-8 text, which the code says it is: readers guess otherwise, and guess wrong. Error correction M, so that
/// some 15 % of it may be stained. Nothing where it is too long, from about 2,300 bytes on. Pure.
[[nodiscard]] std::optional<QrCode> qrCode(const QByteArray &text);

} // namespace indelible::anchor
