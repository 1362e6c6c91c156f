// SPDX-License-Identifier: GPL-3.0-or-later
#define CATCH_CONFIG_RUNNER
#include "tests/support/test_environment.h"

#include <QCoreApplication>

#include <catch2/catch.hpp>

#include <cstdio>

// The offscreen platform must be chosen before the application object exists: without it CTest's discovery registers
// no test at all on a machine without a display, and stays green.
int main(int argc, char *argv[])
{
    indelible::test::prepareEnvironment();
    indelible::test::watchWarnings();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("indelible-tests"));
    const int result = Catch::Session().run(argc, argv);
    const QStringList unexpected = indelible::test::takeUnexpectedWarnings();
    for (const QString &message : unexpected)
        std::fprintf(stderr, "unexpected warning: %s\n", qPrintable(message));
    return result != 0 ? result : (unexpected.isEmpty() ? 0 : 1);
}
