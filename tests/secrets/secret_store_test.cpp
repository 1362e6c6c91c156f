// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secret_store.h"

#include "tests/support/catch.h"
#include "tests/support/wait.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::secrets;
using namespace indelible::test;

TEST_CASE("Secrets for this session are kept, replaced and forgotten")
{
    MemorySecretStore store;
    CHECK_FALSE(store.isLasting());
    const auto missing = wait(store.read(u"w/token"_s));
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ErrorKind::NotFound);
    CHECK(wait(store.write(u"w/token"_s, "one")));
    CHECK(wait(store.write(u"w/token"_s, QByteArray("two\0\xff", 5))));
    CHECK(wait(store.write(u"w/other"_s, "three")));
    CHECK(wait(store.read(u"w/token"_s)).value() == QByteArray("two\0\xff", 5));
    CHECK(wait(store.remove(u"w/token"_s)));
    CHECK(wait(store.remove(u"w/token"_s)));
    CHECK_FALSE(wait(store.read(u"w/token"_s)));
    CHECK(wait(store.read(u"w/other"_s)).value() == "three");
}

TEST_CASE("Without a keychain the probe says what is safe and what to do")
{
    KeychainSecretStore store;
    const auto result = wait(store.probe());
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::Secrets);
    const QString sentence = result.error().detail;
    CHECK(sentence.contains(u"What was fetched and recorded is unaffected, and reading goes on."_s));
    CHECK(sentence.contains(u"keep passwords for this session only"_s));
}

TEST_CASE("Without a keychain a secret can be kept for the session by choice, and only that one")
{
    KeychainSecretStore store;
    store.keepForSession(u"w/chosen"_s);
    CHECK(store.isLasting());
    CHECK(wait(store.write(u"w/chosen/session"_s, "one")));
    CHECK_FALSE(store.isLasting());
    CHECK(wait(store.read(u"w/chosen/session"_s)).value() == "one");
    CHECK_FALSE(wait(store.write(u"w/other"_s, "two")));
    CHECK(wait(store.remove(u"w/chosen/session"_s)));
    CHECK(store.isLasting());
    CHECK_FALSE(wait(store.read(u"w/chosen/session"_s)));
}

TEST_CASE("Without a keychain nothing is found, nothing is kept and nothing is written to a file")
{
    KeychainSecretStore store;
    CHECK(store.isLasting());
    const auto written = wait(store.write(u"w/token"_s, "canary-secret"));
    REQUIRE_FALSE(written);
    CHECK(written.error().kind == ErrorKind::Secrets);
    CHECK_FALSE(written.error().detail.contains(u"canary"_s));
    const auto read = wait(store.read(u"w/token"_s));
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::Secrets);
    QDirIterator files(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        REQUIRE(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        CHECK_FALSE(content.contains("canary-secret"));
        CHECK_FALSE(content.contains(QByteArray("canary-secret").toBase64()));
    }
}
