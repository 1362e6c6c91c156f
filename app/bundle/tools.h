// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/zip.h"

namespace indelible::bundle {

/// README.txt, verify.py and verify.html, from the program's resources; the page with the bundle inside it, so that it
/// opens and answers by itself.
[[nodiscard]] std::vector<NamedFile> toolsFor(const Files &files);

/// The page of resources/bundle/verify.html made whole: the bundle's bytes as data, and in its content security policy
/// the hashes of its own script and style, so that a browser runs nothing else in it. Pure.
[[nodiscard]] QByteArray verifierPage(const QByteArray &page, const Files &files);

} // namespace indelible::bundle
