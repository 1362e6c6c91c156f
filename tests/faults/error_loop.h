// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/faults/report.h"
#include "tests/faults/workload.h"
#include "tests/support/catch.h"

#include <functional>
#include <memory>

namespace indelible::test {

/// The loop of SQLite's own tests: the fault comes at the first place, then at the second, and so on, until a run ends
/// without having met it. After each run the workspace must keep every promise.
struct ErrorLoop
{
    /// The step that meets the fault; nothing = opening the workspace does.
    std::optional<Workload::Step> step;
    bool persistent = false;
    qint64 first = 1;  ///< place
    qint64 stride = 1; ///< 1 = every place
    std::function<void(qint64 place)> arm;
    std::function<bool()> disarm; ///< true when the fault came
    /// What becomes of the closed workspace's files before it is looked at again.
    std::function<void(Workload &)> afterwards = {};

    void run(Report &report) const;

private:
    [[nodiscard]] Result<void> meetFault(Workload &work, qint64 place) const;
    void goOn(Workload &work, bool stillToCome) const;
};

/// What one may ask of an error: one of the kinds for storing, and a sentence that says what is safe.
void checkIsClear(const Error &error);

} // namespace indelible::test
