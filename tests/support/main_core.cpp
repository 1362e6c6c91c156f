// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_tests.h"
#include "tests/support/test_environment.h"
#include "tests/support/thread_edges.h"

#include <QCoreApplication>

// The offscreen platform must be chosen before the application object exists: without it CTest's discovery registers
// no test at all on a machine without a display, and stays green.
int main(int argc, char *argv[])
{
    indelible::test::prepareEnvironment();
    indelible::test::watchWarnings();
    indelible::test::TestApplication<QCoreApplication> application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("indelible-tests"));
    return indelible::test::runTests(argc, argv);
}
