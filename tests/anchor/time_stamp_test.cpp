// SPDX-License-Identifier: GPL-3.0-or-later
// What cannot be a time stamp. Real ones, by OpenSSL's own server: tests/cli/anchor_story_test.py.
#include "app/anchor/time_stamp.h"
#include "app/record/hash.h"
#include "tests/support/catch.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace indelible;

TEST_CASE("a request holds the digest of the note and the nonce, and nothing of the note")
{
    const QByteArray note = "indelible/00\n5\nroot\n";
    const QByteArray nonce = QByteArray::fromHex("00ff00112233445566778899aabbccdd");
    const anchor::StampRequest request = anchor::stampRequest(note, nonce);
    CHECK(request.digest == record::sha256({note}));
    // Version 1, SHA-256 with NULL, the digest, the nonce without its leading zero but with a sign, and certReq.
    const QByteArray expected = QByteArray::fromHex("304b0201013031300d060960864801650304020105000420") +
                                request.digest + QByteArray::fromHex("021000ff00112233445566778899aabbccdd0101ff");
    CHECK(request.der.toHex() == expected.toHex());
}

TEST_CASE("what is no time stamp is not believed")
{
    const auto trust = anchor::trustStore({});
    REQUIRE(trust);
    const anchor::StampRequest request = anchor::stampRequest("note", QByteArray(16, '\x11'));
    for (const QByteArray &answer : {QByteArray(), QByteArray("<html>Sorry</html>"), request.der,
                                     QByteArray::fromHex("3003020100"), QByteArray::fromHex("30050201")}) {
        const Result<Instant> refused = anchor::verifyStamp(answer, request, *trust);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().kind == ErrorKind::InvalidReply);
        CHECK_FALSE(anchor::stampTime(answer));
    }
}

TEST_CASE("a server that refuses is quoted, without tricks of its own")
{
    const auto trust = anchor::trustStore({});
    const anchor::StampRequest request = anchor::stampRequest("note", QByteArray(16, '\x11'));
    // PKIStatusInfo: rejection (2), "no\x1B[31m"
    const QByteArray answer = QByteArray::fromHex("300f300d0201023008"
                                                  "0c066e6f1b5b3331");
    const Result<Instant> refused = anchor::verifyStamp(answer, request, *trust);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Rejected);
    CHECK(refused.error().detail.contains(u"refused to stamp it (no\uFFFD[31)"_s));
}

TEST_CASE("a file without certificates is refused before anything is asked")
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"ca.pem"_s));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write("no certificate\n");
    file.close();
    for (const QString &name : {file.fileName(), folder.filePath(u"none.pem"_s)}) {
        const auto trust = anchor::trustStore(name);
        REQUIRE_FALSE(trust.has_value());
        CHECK(trust.error().detail.contains(u"holds no certificates"_s));
    }
}
