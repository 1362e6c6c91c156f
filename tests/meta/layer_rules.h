// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/meta/source_tree.h"

#include <QHash>

namespace indelible::test {

/// Which layers each layer may include, its own aside. "main" is app/main.cpp. This table is the rule; cmake and
/// CONTRIBUTING.md follow it.
[[nodiscard]] const QHash<QString, QStringList> &allowedLayers();

/// Faults of a C++ file below app/ or ui/, one sentence each: an include that its layer may not use, one that does not
/// start at the root, a folder that is no layer, Qt's windows below app/.
[[nodiscard]] QStringList layerFaults(const SourceFile &file);

/// Faults of the CMakeLists.txt of a layer: a dependency that its layer may not have, Qt's windows below app/.
[[nodiscard]] QStringList buildFaults(const SourceFile &file);

} // namespace indelible::test
