// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace indelible::test {

/// Sets what every test run has alike before the application object is made: offscreen platform, C locale, UTC, a fixed
/// hash seed, a home folder of its own, no session bus. Then a warning nobody expected fails the running test.
void prepareEnvironment();
void watchWarnings();

/// Messages of warning level and above that came since the last call, and were not allowed.
[[nodiscard]] QStringList takeUnexpectedWarnings();

/// While it lives, warnings that contain `part` are allowed; at its end at least one must have come.
class ExpectWarning
{
public:
    explicit ExpectWarning(QString part);
    ~ExpectWarning();
    ExpectWarning(const ExpectWarning &) = delete;
    ExpectWarning &operator=(const ExpectWarning &) = delete;

private:
    QString m_part;
};

} // namespace indelible::test
