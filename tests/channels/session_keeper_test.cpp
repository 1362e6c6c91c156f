// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/session_keeper.h"
#include "tests/support/catch.h"
#include "tests/support/temp_store.h"
#include "tests/support/wait.h"

#include <QHash>
#include <QPromise>

#include <QCoroFuture>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::channels;
using test::valueOf;
using test::wait;

namespace {

/// A keychain that takes its time: each read ends when the test says so.
class SlowKeychain final : public secrets::SecretStore
{
public:
    QCoro::Task<Result<QByteArray>> read(QString key) override
    {
        ++reads;
        const QFuture<void> held = release.future();
        const Result<QByteArray> found = kept.contains(key) ? Result<QByteArray>(kept.value(key))
                                                            : failure(ErrorKind::NotFound, u"nothing of that name"_s);
        co_await held;
        co_return found;
    }
    QCoro::Task<Result<void>> write(QString key, QByteArray value) override
    {
        if (isFull)
            co_return failure(ErrorKind::Secrets, u"no room"_s);
        kept.insert(key, value);
        co_return Result<void>();
    }
    QCoro::Task<Result<void>> remove(QString key) override
    {
        kept.remove(key);
        co_return Result<void>();
    }
    QCoro::Task<Result<void>> probe() override { co_return Result<void>(); }
    void keepForSession(const QString &) override {}
    [[nodiscard]] bool isLasting() const override { return true; }

    QHash<QString, QByteArray> kept;
    QPromise<void> release;
    bool isFull = false;
    int reads = 0;
};

struct Token
{
    QByteArray text;
};

tl::unexpected<Error> signInAgain(const QString &reason)
{
    return failure(ErrorKind::Unauthorised, reason);
}

struct Rig
{
    Rig()
    {
        keychain.release.start();
        keychain.kept.insert(u"shop"_s, "old");
        keeper = std::make_unique<SessionKeeper<Token>>(
            keychain, u"shop"_s,
            SessionRules<Token>{[](const QByteArray &stored) -> Result<Token> {
                                    if (stored.startsWith('?'))
                                        return failure(ErrorKind::InvalidReply, u"unreadable"_s);
                                    return Token{stored};
                                },
                                [](const Token &token) { return token.text; }, &signInAgain, u"none kept"_s},
            [this](const Token &) {
                ++trusted;
                return Result<void>();
            });
    }
    void answer() { keychain.release.finish(); }

    SlowKeychain keychain;
    std::unique_ptr<SessionKeeper<Token>> keeper;
    int trusted = 0;
};

} // namespace

TEST_CASE("a session is read from the keychain once, and its server is then trusted once")
{
    Rig rig;
    CHECK_FALSE(rig.keeper->known());
    auto first = rig.keeper->get();
    auto second = rig.keeper->get();
    rig.answer();
    CHECK(valueOf(wait(std::move(first))).text == "old");
    CHECK(valueOf(wait(std::move(second))).text == "old");
    CHECK(valueOf(wait(rig.keeper->get())).text == "old");
    CHECK(rig.keychain.reads == 2);
    CHECK(rig.trusted == 1);
}

TEST_CASE("a session that was adopted while the keychain was being read is the one that counts")
{
    Rig rig;
    auto reading = rig.keeper->get();
    valueOf(wait(rig.keeper->adopt({"new"})));
    rig.answer();
    CHECK(valueOf(wait(std::move(reading))).text == "new");
    CHECK(rig.keeper->known()->text == "new");
}

TEST_CASE("a session that was forgotten while the keychain was being read does not come back")
{
    Rig rig;
    auto reading = rig.keeper->get();
    valueOf(wait(rig.keeper->forget()));
    rig.answer();
    const Result<Token> read = wait(std::move(reading));
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::Unauthorised);
    CHECK_FALSE(rig.keeper->known());
}

TEST_CASE("a session that could not be stored is not adopted, but one that replaces another is used all the same")
{
    Rig rig;
    rig.answer();
    valueOf(wait(rig.keeper->get()));
    rig.keychain.isFull = true;
    CHECK_FALSE(wait(rig.keeper->adopt({"new"})));
    CHECK(rig.keeper->known()->text == "old");
    CHECK_FALSE(wait(rig.keeper->replace({"newer"})));
    CHECK(rig.keeper->known()->text == "newer");
}

TEST_CASE("nothing kept and something unreadable both ask to sign in again")
{
    Rig rig;
    rig.answer();
    rig.keychain.kept.insert(u"shop"_s, "?");
    CHECK(wait(rig.keeper->get()).error().detail == u"unreadable"_s);
    rig.keychain.kept.clear();
    const Result<Token> none = wait(rig.keeper->get());
    CHECK(none.error().detail == u"none kept"_s);
    CHECK(none.error().kind == ErrorKind::Unauthorised);
}

TEST_CASE("a read that ends after its account has gone is cancelled and touches nothing")
{
    Rig rig;
    auto reading = rig.keeper->get();
    rig.keeper.reset();
    rig.answer();
    const Result<Token> read = wait(std::move(reading));
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::Cancelled);
    CHECK(rig.trusted == 0);
}
