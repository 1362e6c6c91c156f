// SPDX-License-Identifier: GPL-3.0-or-later
// The only unit that compiles Catch2's own code. It cannot use the precompiled header, which has the rest of it.
#define CATCH_CONFIG_RUNNER
#include "tests/support/run_tests.h"

#include "tests/support/catch.h"
#include "tests/support/test_environment.h"

#include <cstdio>

namespace indelible::test {

int runTests(int argc, char *argv[])
{
    const int result = Catch::Session().run(argc, argv);
    const QStringList unexpected = takeUnexpectedWarnings();
    for (const QString &message : unexpected)
        std::fprintf(stderr, "unexpected warning: %s\n", qPrintable(message));
    return result != 0 ? result : (unexpected.isEmpty() ? 0 : 1);
}

} // namespace indelible::test
