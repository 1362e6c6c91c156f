// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_errors.h"
#include "app/net/http_client.h"
#include "tests/support/catch.h"

#include <set>
#include <string>

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::bluesky;
using namespace Qt::StringLiterals;

namespace {

Error read(int status, const QByteArray &body, const QByteArray &type = "application/json")
{
    net::HttpResponse response;
    response.status = status;
    response.body = body;
    response.contentType = type;
    const Result<QByteArray> answer = readAnswer(response);
    REQUIRE_FALSE(answer);
    return answer.error();
}

Error refused(int status, const QByteArray &code, const QByteArray &message = "words")
{
    return read(status, R"({"error":")" + code + R"(","message":")" + message + R"("})");
}

} // namespace

TEST_CASE("every row of the error table is found by its code, has a sentence and is there once")
{
    std::set<std::string> codes;
    for (const ErrorRow &row : errorTable()) {
        CHECK(codes.insert(row.code).second);
        const Error error = refused(400, row.code);
        CHECK(error.kind == row.kind);
        CHECK(error.code == QString::fromLatin1(row.code));
        CHECK(error.provablyNotProcessed == row.notProcessed);
        CHECK(error.httpStatus == 400);
        CHECK(error.detail.startsWith(QString::fromLatin1(row.sentence)));
        CHECK(error.detail.endsWith(u'.') == !error.detail.contains("It says"_L1));
    }
}

TEST_CASE("errors of the protocol have their meaning here")
{
    CHECK(refused(400, "ExpiredToken").kind == ErrorKind::Unauthorised);
    CHECK(refused(400, "ExpiredToken").provablyNotProcessed);
    CHECK(asksForRefresh(refused(400, "ExpiredToken")));
    CHECK(asksForRefresh(refused(400, "InvalidToken")));
    CHECK_FALSE(asksForRefresh(refused(401, "AuthenticationRequired")));
    CHECK_FALSE(asksForRefresh(refused(400, "InvalidRequest")));
    CHECK(refused(401, "AuthMissing").kind == ErrorKind::Unauthorised);
    CHECK(refused(401, "SomethingNew").kind == ErrorKind::Unauthorised);
    CHECK(refused(401, "SomethingNew").provablyNotProcessed);
    CHECK(refused(429, "RateLimitExceeded").kind == ErrorKind::RateLimited);
    CHECK(refused(502, "UpstreamFailure").kind == ErrorKind::ServerTrouble);
    CHECK_FALSE(refused(502, "UpstreamFailure").provablyNotProcessed);
    CHECK(refused(400, "InvalidSwap").kind == ErrorKind::Conflict);
    CHECK(refused(400, "RecordNotFound").kind == ErrorKind::NotFound);
    CHECK(refused(501, "MethodNotImplemented").kind == ErrorKind::Rejected);
}

TEST_CASE("an app password without the right to messages is told from a token that has run out")
{
    const Error error = refused(400, "InvalidToken", "Bad token method \\\"chat.bsky.convo.listConvos\\\"");
    CHECK(error.kind == ErrorKind::Forbidden);
    CHECK_FALSE(asksForRefresh(error));
    CHECK(error.detail.contains("app password"_L1));
}

TEST_CASE("codes nobody knows go by their status")
{
    CHECK(refused(403, "X").kind == ErrorKind::Forbidden);
    CHECK(refused(404, "X").kind == ErrorKind::NotFound);
    CHECK(refused(408, "X").kind == ErrorKind::Timeout);
    CHECK(refused(409, "X").kind == ErrorKind::Conflict);
    CHECK(refused(418, "X").kind == ErrorKind::Rejected);
    CHECK(refused(500, "X").kind == ErrorKind::ServerTrouble);
    CHECK(refused(503, "X").kind == ErrorKind::ServerTrouble);
    CHECK(read(304, "").kind == ErrorKind::InvalidReply);
    CHECK(read(400, "not json").kind == ErrorKind::Rejected);
    CHECK(refused(418, "X", "I am a teapot").detail.contains("I am a teapot"_L1));
}

TEST_CASE("a web page is no answer, with any status and under any name")
{
    CHECK(read(200, "<html>Welcome to the hotel</html>", "text/html").kind == ErrorKind::InvalidReply);
    CHECK(read(200, "  <!DOCTYPE html>", "application/json").kind == ErrorKind::InvalidReply);
    const Error error = read(404, "<html>nginx</html>", "text/html");
    CHECK(error.kind == ErrorKind::InvalidReply);
    CHECK(error.httpStatus == 404);
    CHECK(error.detail.contains("web page"_L1));
}

TEST_CASE("what a server says is quoted short and cannot turn the sentence round")
{
    const Error error = refused(400, "InvalidRequest", QByteArray(5000, 'x') + "\xE2\x80\xAE");
    CHECK(error.detail.size() < 400);
    CHECK_FALSE(error.detail.contains(QChar(0x202E)));
}

TEST_CASE("trouble while reading says that nothing is lost")
{
    Error error{ErrorKind::ServerTrouble, u"x"_s, {}, 502, {}, false};
    CHECK(whileReading(error, u"Bluesky"_s).detail.contains("cannot reach the service behind it (502)"_L1));
    error.httpStatus = 500;
    CHECK(whileReading(error, u"Bluesky"_s).detail.contains("failed (500). Nothing is lost"_L1));
    error.httpStatus.reset();
    CHECK(whileReading(error, u"Bluesky"_s).detail.contains("broke"_L1));
    error.kind = ErrorKind::Offline;
    CHECK(whileReading(error, u"Bluesky"_s).detail == "x"_L1);
}
