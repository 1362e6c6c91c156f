// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/anchor/handout.h"

#include <QByteArray>

namespace indelible::anchor {

/// A checkpoint as one page of paper, A4 or Letter, to print, sign and file: HTML in UTF-8 that loads nothing, runs
/// nothing and opens offline in any browser. Its QR code holds the note byte for byte. Pure, but for the page's frame,
/// which is one of the program's resources.
[[nodiscard]] QByteArray anchorPage(const Handout &handout);

} // namespace indelible::anchor
