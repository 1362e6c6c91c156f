// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secret_store.h"

#include "tests/support/catch.h"
#include "tests/support/wait.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::secrets;
using namespace indelible::test;
using namespace std::chrono_literals;

namespace {

/// Takes every call to the secret service and answers none.
class SilentService final : public QDBusVirtualObject
{
public:
    [[nodiscard]] QString introspect(const QString &) const override { return {}; }

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &) override
    {
        message.setDelayedReply(true);
        ++calls;
        return true;
    }

    int calls = 0;
};

} // namespace

TEST_CASE("The keyring keeps a secret until it is removed")
{
    KeychainSecretStore store;
    CHECK(wait(store.probe()));
    const QByteArray secret("bytes \0\xff\n, and \xe2\x82\xac", 17);
    CHECK(wait(store.write(u"w/token"_s, "first")));
    CHECK(wait(store.write(u"w/token"_s, secret)));
    {
        KeychainSecretStore another;
        CHECK(wait(another.read(u"w/token"_s)).value() == secret);
        CHECK(wait(another.read(u"w/token"_s)).value() == secret);
    }
    CHECK(wait(store.remove(u"w/token"_s)));
    const auto gone = wait(store.read(u"w/token"_s));
    REQUIRE_FALSE(gone);
    CHECK(gone.error().kind == ErrorKind::NotFound);
}

TEST_CASE("An entry that is not in the keyring is not found, and removing it succeeds")
{
    KeychainSecretStore store;
    const auto missing = wait(store.read(u"w/never"_s));
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ErrorKind::NotFound);
    CHECK(wait(store.remove(u"w/never"_s)));
}

TEST_CASE("Keys do not run into each other in the keyring")
{
    KeychainSecretStore store;
    CHECK(wait(store.write(u"w1/token"_s, "one")));
    CHECK(wait(store.write(u"w2/token"_s, "two")));
    CHECK(wait(store.read(u"w1/token"_s)).value() == "one");
    CHECK(wait(store.remove(u"w1/token"_s)));
    CHECK(wait(store.read(u"w2/token"_s)).value() == "two");
    CHECK(wait(store.remove(u"w2/token"_s)));
}

TEST_CASE("A large secret fits into the keyring")
{
    KeychainSecretStore store;
    const QByteArray secret(20'000, 's');
    CHECK(wait(store.write(u"w/large"_s, secret)));
    CHECK(wait(store.read(u"w/large"_s)).value() == secret);
    CHECK(wait(store.remove(u"w/large"_s)));
}

TEST_CASE("Calls at once are all answered")
{
    KeychainSecretStore store;
    int written = 0;
    for (int i = 0; i < 10; ++i)
        store.write(u"w/%1"_s.arg(i), QByteArray::number(i)).then([&](const Result<void> &result) {
            written += result ? 1 : 0;
        });
    waitUntil([&] { return written == 10; });
    for (int i = 0; i < 10; ++i)
        CHECK(wait(store.read(u"w/%1"_s.arg(i))).value() == QByteArray::number(i));
}

TEST_CASE("A keychain that never answers is given up after the limit", "[silent]")
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    SilentService service;
    REQUIRE(bus.registerVirtualObject(u"/org/freedesktop/secrets"_s, &service, QDBusConnection::SubPath));
    REQUIRE(bus.registerService(u"org.freedesktop.secrets"_s));
    std::optional<Result<QByteArray>> result;
    {
        KeychainSecretStore store;
        store.setLimit(300ms);
        store.read(u"w/token"_s).then([&](Result<QByteArray> read) { result = std::move(read); });
    }
    waitUntil([&] { return result.has_value(); });
    REQUIRE_FALSE(*result);
    CHECK(result->error().kind == ErrorKind::Timeout);
    CHECK(service.calls > 0);
}
