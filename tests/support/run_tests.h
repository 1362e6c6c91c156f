// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace indelible::test {

/// Runs the test cases that the arguments choose; to be called from main() once the application object exists. Returns
/// the exit code: not 0 when a test failed or a warning came that no test expected.
[[nodiscard]] int runTests(int argc, char *argv[]);

} // namespace indelible::test
