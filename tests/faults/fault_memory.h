// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include <sqlite3.h>

namespace indelible::test {

/// SQLite's memory, of which there can be too little. While it lives every allocation of SQLite comes through it; made
/// before the first database is opened and ended after the last one is closed. One at a time. Thread-safe.
class FaultMemory
{
public:
    FaultMemory();
    ~FaultMemory();
    FaultMemory(const FaultMemory &) = delete;
    FaultMemory &operator=(const FaultMemory &) = delete;

    /// The allocation number `at` from now on fails, and with `persistent` every later one.
    void arm(long at, bool persistent);
    /// Nothing fails any more. True when something did.
    bool disarm();

private:
    struct Calls;
    bool refuses();

    sqlite3_mem_methods m_real{};
    std::atomic<bool> m_armed{false};
    std::atomic<bool> m_fired{false};
    std::atomic<bool> m_persistent{false};
    std::atomic<long> m_at{0};
    std::atomic<long> m_count{0};
};

} // namespace indelible::test
