// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/error_loop.h"
#include "tests/faults/fault_memory.h"
#include "tests/support/test_environment.h"

using namespace indelible;
using test::ExpectWarning;
using test::Workload;

namespace {

constexpr int kUsualStride = 40;
constexpr int kStrideOfSealing = 400; ///< which writes the whole file anew

void failEverywhere(const char *name, std::optional<Workload::Step> step)
{
    // Thousands of places, each some milliseconds: a few in passing, all of them with INDELIBLE_FAULTS_MEMORY=1.
    test::Report report(name, "MEMORY", step == Workload::Step::Seal ? kStrideOfSealing : kUsualStride);
    const int stride = report.rounds();
    test::FaultMemory memory;
    // Taking a transaction back takes memory too; the next one does it then.
    const ExpectWarning expected(QStringLiteral("rollback failed"));
    for (const bool persistent : {false, true}) {
        test::ErrorLoop loop;
        loop.step = step;
        loop.persistent = persistent;
        loop.stride = stride;
        loop.first = 1 + static_cast<qint64>(report.chance()() % static_cast<quint64>(stride));
        loop.arm = [&, persistent](qint64 place) { memory.arm(static_cast<long>(place), persistent); };
        loop.disarm = [&] { return memory.disarm(); };
        loop.run(report);
    }
}

} // namespace

TEST_CASE("too little memory at any moment of receiving loses nothing and stores nothing in part")
{
    failEverywhere("no memory, receiving", Workload::Step::Receive);
}

TEST_CASE("too little memory at any moment of answering loses nothing and sends nothing twice")
{
    failEverywhere("no memory, answering", Workload::Step::Send);
}

TEST_CASE("too little memory at any moment of signing loses nothing and leaves no mark ahead of the record")
{
    failEverywhere("no memory, signing", Workload::Step::Sign);
}

TEST_CASE("too little memory at any moment of sealing loses nothing and leaves no sealed word in the files")
{
    failEverywhere("no memory, sealing", Workload::Step::Seal);
}

TEST_CASE("too little memory at any moment of opening loses nothing")
{
    failEverywhere("no memory, opening", {});
}
