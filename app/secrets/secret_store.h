// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>

#include <QCoroTask>

namespace indelible::secrets {

/// Where passwords and tokens live: the desktop's keychain, or memory where there is none. Nothing else in the program
/// keeps a secret (rule R8). Lives on the interface thread. Keys are "<workspace id>/<what>"; values are opaque bytes.
///
/// Errors: Secrets (absent, locked or refused), NotFound (no such entry; never a reason to drop an account), Timeout.
class SecretStore : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual QCoro::Task<Result<QByteArray>> read(QString key) = 0;
    virtual QCoro::Task<Result<void>> write(QString key, QByteArray value) = 0;
    /// Forgets an entry (disconnecting an account). Succeeds where there is none.
    virtual QCoro::Task<Result<void>> remove(QString key) = 0;

    /// Writes, reads and removes an entry of its own: whether secrets can be kept.
    virtual QCoro::Task<Result<void>> probe() = 0;

    /// From now on what is written under keys that begin with `prefix` stays in memory: the person's choice where there
    /// is no keychain.
    virtual void keepForSession(const QString &prefix) = 0;

    /// True where everything that is written survives the end of the program.
    [[nodiscard]] virtual bool isLasting() const = 0;
};

/// Secrets for this session only: for commands with --session-secrets, the practice inbox, and tests.
class MemorySecretStore final : public SecretStore
{
    Q_OBJECT
public:
    using SecretStore::SecretStore;
    QCoro::Task<Result<QByteArray>> read(QString key) override;
    QCoro::Task<Result<void>> write(QString key, QByteArray value) override;
    QCoro::Task<Result<void>> remove(QString key) override;
    QCoro::Task<Result<void>> probe() override;
    void keepForSession(const QString & /*prefix*/) override {}
    [[nodiscard]] bool isLasting() const override { return false; }
    [[nodiscard]] bool isEmpty() const { return m_values.isEmpty(); }

private:
    QHash<QString, QByteArray> m_values;
};

/// The desktop's keychain through QtKeychain (Secret Service or KWallet), under the service name "indelible". Each call
/// has its own limit of 30 s, because keychains have been seen to hang; what a call that was given up still does is
/// ignored. QtKeychain does one call after the other, so while one hangs the next ones time out too. Its insecure
/// fallback to a plain file is never switched on.
class KeychainSecretStore final : public SecretStore
{
    Q_OBJECT
public:
    using SecretStore::SecretStore;
    QCoro::Task<Result<QByteArray>> read(QString key) override;
    QCoro::Task<Result<void>> write(QString key, QByteArray value) override;
    QCoro::Task<Result<void>> remove(QString key) override;
    /// The only way to know: QtKeychain 0.13 has no isAvailable().
    QCoro::Task<Result<void>> probe() override;
    void keepForSession(const QString &prefix) override { m_sessionPrefixes.append(prefix); }
    [[nodiscard]] bool isLasting() const override { return m_session.isEmpty(); }

    /// For tests, which have no patience.
    void setLimit(std::chrono::milliseconds limit) { m_limit = limit; }

private:
    std::chrono::milliseconds m_limit{30'000};
    [[nodiscard]] bool isForSession(const QString &key) const;

    QStringList m_sessionPrefixes;
    MemorySecretStore m_session;
};

} // namespace indelible::secrets
