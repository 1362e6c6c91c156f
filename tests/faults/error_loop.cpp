// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/error_loop.h"

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

/// A workspace grows with each run; a new one keeps the runs short.
constexpr qint64 kRunsPerWorkspace = 40;
/// Pages of the log: so few that the steps meet carrying it over as well.
constexpr int kCheckpointPages = 4;

} // namespace

void checkIsClear(const Error &error)
{
    INFO(error.detail.toStdString());
    const bool ofStoring = error.kind == ErrorKind::Storage || error.kind == ErrorKind::DiskFull;
    CHECK(ofStoring);
    const bool saysWhatIsSafe = error.detail.contains("Nothing "_L1) || error.detail.contains("safe"_L1);
    CHECK(saysWhatIsSafe);
    CHECK(!error.detail.contains(u'\n'));
}

Result<void> ErrorLoop::meetFault(Workload &work, qint64 place) const
{
    if (!step) {
        arm(place);
        return work.open();
    }
    INDELIBLE_TRY(work.open());
    work.checkpointEvery(kCheckpointPages);
    arm(place);
    return work.run(*step);
}

void ErrorLoop::run(Report &report) const
{
    std::unique_ptr<Workload> work;
    bool came = true;
    for (qint64 place = first, runs = 0; came; place += stride, ++runs) {
        if (runs % kRunsPerWorkspace == 0)
            work = std::make_unique<Workload>();
        INFO("place " << place << (persistent ? ", persistent" : ", once") << ", seed " << report.seed());
        const Result<void> outcome = meetFault(*work, place);
        if (!outcome)
            checkIsClear(outcome.error());
        if (outcome || step)
            goOn(*work, outcome.has_value());
        work->close();
        came = disarm();
        report.count("places", came ? 1 : 0);
        report.count("refused", came && !outcome ? 1 : 0);
        if (afterwards)
            afterwards(*work);
        REQUIRE(work->problem() == QString());
        work->close();
    }
}

/// A program goes on after an error, and once the cause is gone it works again without a new start. A fault that has
/// not come yet may come at the end.
void ErrorLoop::goOn(Workload &work, bool stillToCome) const
{
    (void)work.run(Workload::Step::Receive);
    if (stillToCome)
        return;
    (void)disarm();
    const Result<void> next = work.run(Workload::Step::Receive);
    CHECK((next ? QString() : next.error().detail) == QString());
}

} // namespace indelible::test
