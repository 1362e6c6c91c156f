// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/report.h"
#include "tests/faults/workload.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using test::Workload;

namespace {

/// So many power losses come over one workspace, each on what the last one left.
constexpr int kLossesPerWorkspace = 25;
/// A step is some thirty operations on the disk: half the losses come within the first ones, half anywhere.
constexpr int kFirstOperations = 40;
constexpr int kMostOperations = 250;
constexpr int kWhileOpening = 5;

Workload::Step anyStep(std::mt19937_64 &chance)
{
    return static_cast<Workload::Step>(chance() % 4);
}

/// Works until the power goes, or the program ends as usual.
void workUntilLoss(Workload &work, test::FaultVfs &disk, std::mt19937_64 &chance)
{
    const bool busy = chance() % 2;
    const qint64 at = 1 + static_cast<qint64>(chance() % (chance() % 2 ? kFirstOperations : kMostOperations));
    // Now and then it goes while the log that the last loss left is read.
    const bool early = chance() % 4 == 0;
    if (early)
        disk.loseWritePowerAt(1 + at % kWhileOpening);
    if (!work.open())
        return;
    if (!early) {
        if (busy)
            work.checkpointEvery(4);
        disk.loseWritePowerAt(at);
    }
    for (quint64 steps = 1 + chance() % 6; steps > 0 && work.run(anyStep(chance)); --steps) {
    }
    // Ending carries the log over into the database, which the power may interrupt too.
    work.close();
}

} // namespace

TEST_CASE("A4: a power loss at any write takes nothing that was acknowledged and leaves nothing in part")
{
    test::Report report("power loss", "POWER", 5000);
    test::FaultVfs disk;
    std::unique_ptr<Workload> work;
    for (int round = 0; round < report.rounds(); ++round) {
        if (round % kLossesPerWorkspace == 0)
            work = std::make_unique<Workload>();
        disk.restorePower();
        const int before = work->acknowledged();
        workUntilLoss(*work, disk, report.chance());
        report.count("losses", disk.hasPower() ? 0 : 1);
        report.count("acknowledged", work->acknowledged() - before);
        work->replaceFiles(disk.remains(report.chance()));
        disk.restorePower();
        const QString problem = work->problem();
        INFO("round " << round << ", seed " << report.seed());
        REQUIRE(problem == QString());
        work->close();
    }
}
