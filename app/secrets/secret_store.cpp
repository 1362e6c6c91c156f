// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secret_store.h"

#include "app/base/random.h"

#include <QFuture>
#include <QPromise>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <optional>

#include <QCoroFuture>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace indelible::secrets {

namespace {

constexpr auto kService = "indelible"_L1;

/// How a call to the keychain ended.
struct Outcome
{
    std::optional<QKeychain::Error> error; ///< nothing = not within the limit
    QByteArray value;
};

QString nameOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::NoError:
        return {};
    case QKeychain::EntryNotFound:
        return u"EntryNotFound"_s;
    case QKeychain::CouldNotDeleteEntry:
        return u"CouldNotDeleteEntry"_s;
    case QKeychain::AccessDeniedByUser:
        return u"AccessDeniedByUser"_s;
    case QKeychain::AccessDenied:
        return u"AccessDenied"_s;
    case QKeychain::NoBackendAvailable:
        return u"NoBackendAvailable"_s;
    case QKeychain::NotImplemented:
        return u"NotImplemented"_s;
    case QKeychain::OtherError:
        return u"OtherError"_s;
    }
    return u"Unknown"_s;
}

Error madeOf(ErrorKind kind, const QString &what, const QString &code)
{
    return Error{kind, what + u" What was fetched and recorded is unaffected, and reading goes on."_s, code, {}, {},
                 false};
}

// The texts of QtKeychain are left out: they are in the language of the desktop and may quote the key.
std::optional<Error> errorOf(const Outcome &outcome)
{
    if (!outcome.error)
        return madeOf(
            ErrorKind::Timeout,
            u"The keychain of the desktop did not answer. Look for a question it asks behind other windows, or "
            "sign in to the desktop again."_s,
            {});
    const QString code = nameOf(*outcome.error);
    switch (*outcome.error) {
    case QKeychain::NoError:
        return std::nullopt;
    case QKeychain::EntryNotFound:
        return madeOf(ErrorKind::NotFound,
                      u"The keychain of the desktop has no such entry. Sign in to the account again."_s, code);
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return madeOf(ErrorKind::Secrets,
                      u"The keychain of the desktop is locked or refused access. Unlock it and try again."_s, code);
    case QKeychain::CouldNotDeleteEntry:
        return madeOf(
            ErrorKind::Secrets,
            u"The keychain of the desktop could not forget an entry. Remove it there by hand; it is listed under "
            "indelible."_s,
            code);
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    return madeOf(
        ErrorKind::Secrets,
        u"There is no keychain that can be used: none runs on this desktop, or it is locked. Start GNOME Keyring "
        "or KWallet and unlock it, or keep passwords for this session only."_s,
        code);
}

// The job deletes itself when it has ended, however late: while it runs the library behind it holds plain pointers to
// it, so it is never deleted from here.
QFuture<Outcome> run(QKeychain::Job *job, const QString &key, std::chrono::milliseconds limit)
{
    job->setKey(key);
    job->setInsecureFallback(false);
    auto promise = std::make_shared<QPromise<Outcome>>();
    promise->start();
    auto *timer = new QTimer;
    timer->setSingleShot(true);
    const auto end = [promise, timer](Outcome outcome) {
        promise->addResult(std::move(outcome));
        promise->finish();
        // Takes the connections below along, so that whichever end comes second is not heard.
        timer->disconnect();
        timer->deleteLater();
    };
    QObject::connect(timer, &QTimer::timeout, timer, [end] { end({}); });
    QObject::connect(job, &QKeychain::Job::finished, timer, [end, timer](QKeychain::Job *ended) {
        if (!timer->isActive())
            return;
        timer->stop();
        const auto *reading = dynamic_cast<QKeychain::ReadPasswordJob *>(ended);
        end({ended->error(), reading != nullptr ? reading->binaryData() : QByteArray()});
    });
    timer->start(limit);
    job->start();
    return promise->future();
}

QCoro::Task<Result<QByteArray>> readFrom(QString key, std::chrono::milliseconds limit)
{
    const QFuture<Outcome> reading = run(new QKeychain::ReadPasswordJob(kService), key, limit);
    const Outcome outcome = co_await reading;
    if (std::optional<Error> error = errorOf(outcome))
        co_return failure(std::move(*error));
    co_return outcome.value;
}

QCoro::Task<Result<void>> writeTo(QString key, QByteArray value, std::chrono::milliseconds limit)
{
    auto *job = new QKeychain::WritePasswordJob(kService);
    job->setBinaryData(value);
    const QFuture<Outcome> writing = run(job, key, limit);
    const Outcome outcome = co_await writing;
    if (std::optional<Error> error = errorOf(outcome))
        co_return failure(std::move(*error));
    co_return Result<void>();
}

QCoro::Task<Result<void>> removeFrom(QString key, std::chrono::milliseconds limit)
{
    const QFuture<Outcome> removing = run(new QKeychain::DeletePasswordJob(kService), key, limit);
    const Outcome outcome = co_await removing;
    std::optional<Error> error = errorOf(outcome);
    if (error && error->kind != ErrorKind::NotFound)
        co_return failure(std::move(*error));
    co_return Result<void>();
}

// A key of its own for each probe, so that two programs at once do not disturb each other.
QCoro::Task<Result<void>> probeWith(std::chrono::milliseconds limit)
{
    const QString key = u"probe/"_s + QString::fromLatin1(randomBytes(8).toHex());
    const QByteArray value = randomBytes(32);
    QCoro::Task<Result<void>> writing = writeTo(key, value, limit);
    const Result<void> written = co_await writing;
    if (!written)
        co_return failure(written.error());
    QCoro::Task<Result<QByteArray>> reading = readFrom(key, limit);
    const Result<QByteArray> read = co_await reading;
    QCoro::Task<Result<void>> removing = removeFrom(key, limit);
    const Result<void> removed = co_await removing;
    if (!read || *read != value)
        co_return failure(
            madeOf(ErrorKind::Secrets,
                   u"The keychain of the desktop does not give back what it was given. Keep passwords for "
                   "this session only, or use another keychain."_s,
                   read ? QString() : read.error().code));
    if (!removed)
        co_return failure(removed.error());
    co_return Result<void>();
}

} // namespace

QCoro::Task<Result<QByteArray>> MemorySecretStore::read(QString key)
{
    const auto found = m_values.constFind(key);
    if (found == m_values.cend())
        co_return failure(ErrorKind::NotFound,
                          u"There is no such entry; secrets are kept for this session only. Sign in again."_s);
    co_return *found;
}

QCoro::Task<Result<void>> MemorySecretStore::write(QString key, QByteArray value)
{
    m_values.insert(key, value);
    co_return Result<void>();
}

QCoro::Task<Result<void>> MemorySecretStore::remove(QString key)
{
    m_values.remove(key);
    co_return Result<void>();
}

QCoro::Task<Result<void>> MemorySecretStore::probe()
{
    co_return Result<void>();
}

bool KeychainSecretStore::isForSession(const QString &key) const
{
    return std::ranges::any_of(m_sessionPrefixes, [&key](const QString &prefix) { return key.startsWith(prefix); });
}

QCoro::Task<Result<QByteArray>> KeychainSecretStore::read(QString key)
{
    if (isForSession(key))
        return m_session.read(std::move(key));
    return readFrom(std::move(key), m_limit);
}

QCoro::Task<Result<void>> KeychainSecretStore::write(QString key, QByteArray value)
{
    if (isForSession(key))
        return m_session.write(std::move(key), std::move(value));
    return writeTo(std::move(key), std::move(value), m_limit);
}

QCoro::Task<Result<void>> KeychainSecretStore::remove(QString key)
{
    if (isForSession(key))
        return m_session.remove(std::move(key));
    return removeFrom(std::move(key), m_limit);
}

QCoro::Task<Result<void>> KeychainSecretStore::probe()
{
    return probeWith(m_limit);
}

} // namespace indelible::secrets
