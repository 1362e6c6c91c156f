// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/secrets/secret_store.h"

#include <QHash>

namespace indelible::test {

/// A keychain that can be locked, for writing alone too, and can lose things; it counts, and outlives whoever uses it.
class TestSecrets final : public secrets::SecretStore
{
public:
    QCoro::Task<Result<QByteArray>> read(QString key) override
    {
        if (locked)
            co_return failure(ErrorKind::Secrets, QStringLiteral("locked"));
        if (!values.contains(key))
            co_return failure(ErrorKind::NotFound, QStringLiteral("none"));
        co_return values.value(key);
    }
    QCoro::Task<Result<void>> write(QString key, QByteArray value) override
    {
        if (locked || refusesWrites)
            co_return failure(ErrorKind::Secrets, QStringLiteral("locked"));
        ++writes;
        values.insert(key, value);
        co_return Result<void>();
    }
    QCoro::Task<Result<void>> remove(QString key) override
    {
        values.remove(key);
        co_return Result<void>();
    }
    QCoro::Task<Result<void>> probe() override { co_return Result<void>(); }
    void keepForSession(const QString & /*prefix*/) override {}
    [[nodiscard]] bool isLasting() const override { return true; }

    QHash<QString, QByteArray> values;
    bool locked = false;
    bool refusesWrites = false;
    int writes = 0;
};

} // namespace indelible::test
