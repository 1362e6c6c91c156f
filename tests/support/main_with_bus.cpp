// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_tests.h"
#include "tests/support/test_environment.h"
#include "tests/support/thread_edges.h"

#include <QCoreApplication>

// As the usual entry point, but the session bus stays: it is a private one that the test's script has started.
int main(int argc, char *argv[])
{
    const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    indelible::test::prepareEnvironment();
    qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
    indelible::test::watchWarnings();
    indelible::test::TestApplication<QCoreApplication> application(argc, argv);
    return indelible::test::runTests(argc, argv);
}
