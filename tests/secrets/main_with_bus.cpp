// SPDX-License-Identifier: GPL-3.0-or-later
#define CATCH_CONFIG_RUNNER
#include "tests/support/test_environment.h"

#include <QCoreApplication>

#include <catch2/catch.hpp>

#include <cstdio>

// As the usual entry point, but the session bus stays: it is a private one that the test's script has started.
int main(int argc, char *argv[])
{
    const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    indelible::test::prepareEnvironment();
    qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
    indelible::test::watchWarnings();
    QCoreApplication application(argc, argv);
    const int result = Catch::Session().run(argc, argv);
    const QStringList unexpected = indelible::test::takeUnexpectedWarnings();
    for (const QString &message : unexpected)
        std::fprintf(stderr, "unexpected warning: %s\n", qPrintable(message));
    return result != 0 ? result : (unexpected.isEmpty() ? 0 : 1);
}
