// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/database.h"
#include "tests/support/fake_clock.h"
#include "tests/support/wait.h"

#include <QTemporaryDir>

#include <memory>
#include <stdexcept>

namespace indelible::test {

/// The value, or an exception that fails the test with the error's own words.
template<typename T>
T valueOf(Result<T> result)
{
    if (!result)
        throw std::runtime_error(
            qPrintable(toString(result.error().kind) + QStringLiteral(": ") + result.error().detail));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

/// A database in a folder that goes away with the test.
class TempStore
{
public:
    TempStore() { open(); }

    void open() { m_database = valueOf(store::Database::open({m_folder.path(), false})); }
    void close() { m_database.reset(); }
    void reopen()
    {
        close();
        open();
    }

    [[nodiscard]] store::Database &database() { return *m_database; }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString file() const { return m_folder.filePath(QStringLiteral("indelible.sqlite")); }

    template<typename Function>
    auto write(Function function)
    {
        return valueOf(wait(m_database->write(std::move(function))));
    }
    template<typename Function>
    auto read(Function function)
    {
        return valueOf(wait(m_database->read(std::move(function))));
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<store::Database> m_database;
};

} // namespace indelible::test
