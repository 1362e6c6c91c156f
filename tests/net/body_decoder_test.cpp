// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/body_decoder.h"

#include "tests/support/catch.h"
#include "tests/support/fake_http_server.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::net;

namespace {

QByteArray gzip(const QByteArray &content)
{
    return test::Answer::gzipped(content, "text/plain").body;
}

Result<QByteArray> decode(const QByteArray &encoding, const QByteArray &bytes, qsizetype step, qint64 maximum)
{
    BodyDecoder decoder(u"shop.example"_s, maximum);
    INDELIBLE_TRY(decoder.setEncoding(encoding));
    for (qsizetype at = 0; at < bytes.size(); at += step)
        INDELIBLE_TRY(decoder.feed(bytes.mid(at, step)));
    return decoder.finish();
}

} // namespace

TEST_CASE("A packed body is unpacked, however it is cut into pieces")
{
    QByteArray content;
    for (int i = 0; i < 50'000; ++i)
        content += QByteArray::number(i * 7919);
    const QByteArray packed = gzip(content);
    for (const qsizetype step : {qsizetype(1), qsizetype(7), qsizetype(65'536), packed.size()}) {
        const auto body = decode("gzip", packed, step, content.size());
        REQUIRE(body);
        CHECK(*body == content);
    }
}

TEST_CASE("A body packed in several members is one body")
{
    const auto body = decode("GZIP", gzip("one ") + gzip("") + gzip("two"), 5, 100);
    REQUIRE(body);
    CHECK(*body == "one two");
}

TEST_CASE("A packed body that ends anywhere too early is not taken for a whole one")
{
    const QByteArray packed = gzip("a body of some length, so that there is something to cut");
    for (qsizetype length = 0; length < packed.size(); ++length) {
        INFO(length);
        const auto body = decode("gzip", packed.left(length), 10, 1'000);
        REQUIRE_FALSE(body);
        CHECK(body.error().kind == ErrorKind::ServerTrouble);
    }
    const auto second = decode("gzip", packed + packed.left(20), 10, 1'000);
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == ErrorKind::ServerTrouble);
}

TEST_CASE("A packed body with any byte of its data or checksum changed is refused")
{
    const QByteArray packed = gzip("a body of some length, so that there is something to damage");
    for (qsizetype at = 10; at < packed.size(); ++at) {
        INFO(at);
        QByteArray damaged = packed;
        damaged[at] = static_cast<char>(damaged.at(at) ^ 1);
        CHECK_FALSE(decode("gzip", damaged, 10, 1'000));
    }
    CHECK_FALSE(decode("gzip", packed + "x", 10, 1'000));
    CHECK_FALSE(decode("gzip", "not packed at all", 10, 1'000));
}

TEST_CASE("The limit counts unpacked bytes exactly")
{
    const QByteArray content(200'000, 'a');
    for (const QByteArray &encoding : {QByteArray("gzip"), QByteArray()}) {
        const QByteArray bytes = encoding.isEmpty() ? content : gzip(content);
        CHECK(decode(encoding, bytes, 1'000, 200'000));
        const auto over = decode(encoding, bytes, 1'000, 199'999);
        REQUIRE_FALSE(over);
        CHECK(over.error().kind == ErrorKind::InvalidReply);
    }
}

TEST_CASE("A body that is not packed stays as it is")
{
    CHECK(decode("", "body", 3, 4).value() == "body");
    CHECK(decode(" Identity ", "body", 3, 4).value() == "body");
    CHECK(decode("", "", 3, 4).value().isEmpty());
}

TEST_CASE("A packing that was not asked for is refused")
{
    for (const char *encoding : {"br", "deflate", "zstd", "gzip, gzip"}) {
        INFO(encoding);
        const auto body = decode(encoding, "body", 3, 4);
        REQUIRE_FALSE(body);
        CHECK(body.error().kind == ErrorKind::InvalidReply);
    }
}
