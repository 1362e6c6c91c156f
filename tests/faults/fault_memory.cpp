// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault_memory.h"

#include <stdexcept>

namespace indelible::test {

namespace {

// SQLite's functions for memory are told nothing of whose they are.
FaultMemory *current = nullptr;
sqlite3_mem_methods real{};

} // namespace

struct FaultMemory::Calls
{
    static void *allocate(int size) { return current->refuses() ? nullptr : real.xMalloc(size); }
    static void *reallocate(void *memory, int size)
    {
        return current->refuses() ? nullptr : real.xRealloc(memory, size);
    }
};

FaultMemory::FaultMemory()
{
    current = this;
    sqlite3_shutdown();
    bool good = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &m_real) == SQLITE_OK;
    real = m_real;
    sqlite3_mem_methods ours = m_real;
    ours.xMalloc = &Calls::allocate;
    ours.xRealloc = &Calls::reallocate;
    // Without the memory that connections keep for small allocations each one comes here.
    good = good && sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK &&
           sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK && sqlite3_initialize() == SQLITE_OK;
    if (!good)
        throw std::runtime_error("SQLite was used before its memory could be replaced");
}

FaultMemory::~FaultMemory()
{
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &m_real);
    sqlite3_initialize();
    current = nullptr;
}

void FaultMemory::arm(long at, bool persistent)
{
    m_at = at;
    m_persistent = persistent;
    m_count = 0;
    m_fired = false;
    m_armed = true;
}

bool FaultMemory::disarm()
{
    m_armed = false;
    return m_fired;
}

bool FaultMemory::refuses()
{
    if (!m_armed)
        return false;
    const long count = ++m_count;
    const bool now = m_persistent ? count >= m_at : count == m_at;
    if (now)
        m_fired = true;
    return now;
}

} // namespace indelible::test
