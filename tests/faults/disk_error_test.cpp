// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/error_loop.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using test::DiskFault;
using test::Workload;

namespace {

constexpr DiskFault::Kind kKinds[] = {
    DiskFault::Kind::Read, DiskFault::Kind::Write,    DiskFault::Kind::NoSpace, DiskFault::Kind::ShortWrite,
    DiskFault::Kind::Sync, DiskFault::Kind::Truncate, DiskFault::Kind::Open,    DiskFault::Kind::SharedMemory};

void failEverywhere(const char *name, std::optional<Workload::Step> step)
{
    test::Report report(name);
    test::FaultVfs disk;
    for (const DiskFault::Kind kind : kKinds) {
        for (const bool persistent : {false, true}) {
            INFO("kind " << static_cast<int>(kind));
            test::ErrorLoop loop;
            loop.step = step;
            loop.persistent = persistent;
            loop.arm = [&, persistent](qint64 place) { disk.arm({kind, place, persistent}); };
            loop.disarm = [&] { return disk.disarm(); };
            // What a failed sync left behind shows when the power goes.
            if (kind == DiskFault::Kind::Sync)
                loop.afterwards = [&](Workload &work) {
                    work.replaceFiles(disk.remains(report.chance()));
                    disk.restorePower();
                };
            loop.run(report);
        }
    }
}

} // namespace

TEST_CASE("an error at any operation on the disk while receiving loses nothing and stores nothing in part")
{
    failEverywhere("disk error, receiving", Workload::Step::Receive);
}

TEST_CASE("an error at any operation on the disk while answering loses nothing and sends nothing twice")
{
    failEverywhere("disk error, answering", Workload::Step::Send);
}

TEST_CASE("an error at any operation on the disk while signing loses nothing and leaves no mark ahead of the record")
{
    failEverywhere("disk error, signing", Workload::Step::Sign);
}

TEST_CASE("an error at any operation on the disk while sealing loses nothing and leaves no sealed word in the files")
{
    failEverywhere("disk error, sealing", Workload::Step::Seal);
}

TEST_CASE("an error at any operation on the disk while opening loses nothing")
{
    failEverywhere("disk error, opening", {});
}
