// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_http_server.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

// The polynomial of RFC 1952 (gzip), bit by bit: only tests run it.
quint32 crc32(const QByteArray &data)
{
    static const std::array<quint32, 256> table = [] {
        std::array<quint32, 256> values{};
        for (quint32 i = 0; i < values.size(); ++i) {
            quint32 value = i;
            for (int bit = 0; bit < 8; ++bit)
                value = (value & 1U) != 0 ? (value >> 1U) ^ 0xEDB88320U : value >> 1U;
            values.at(i) = value;
        }
        return values;
    }();
    quint32 crc = 0xFFFFFFFFU;
    for (const char byte : data)
        crc = table.at((crc ^ static_cast<quint8>(byte)) & 0xFFU) ^ (crc >> 8U);
    return ~crc;
}

QByteArray littleEndian(quint32 value)
{
    QByteArray bytes;
    for (quint32 shift = 0; shift < 32; shift += 8)
        bytes.append(static_cast<char>((value >> shift) & 0xFFU));
    return bytes;
}

// qCompress() writes a length, a two-byte zlib head, the deflate stream and a four-byte sum: only the stream is kept.
QByteArray gzip(const QByteArray &content)
{
    // qCompress() packs nothing as nothing; this is what it should be.
    const QByteArray packed =
        content.isEmpty() ? QByteArray::fromHex("00000000789c030000000001") : qCompress(content, 9);
    const QByteArray head = QByteArray::fromHex("1f8b08000000000000ff");
    return head + packed.mid(6, packed.size() - 10) + littleEndian(crc32(content)) +
           littleEndian(static_cast<quint32>(content.size()));
}

} // namespace

QByteArray Received::header(const QByteArray &lowerCaseName) const
{
    const auto found = std::ranges::find(headers, lowerCaseName, &std::pair<QByteArray, QByteArray>::first);
    return found == headers.end() ? QByteArray() : found->second;
}

QString Received::queryValue(const QString &name) const
{
    return query.queryItemValue(name, QUrl::FullyDecoded);
}

QJsonObject Received::json() const
{
    return QJsonDocument::fromJson(body).object();
}

Answer Answer::json(const QJsonObject &object, int status)
{
    return json(QJsonDocument(object).toJson(QJsonDocument::Compact), status);
}

Answer Answer::json(const QByteArray &text, int status)
{
    return bytes(text, "application/json; charset=utf-8", status);
}

Answer Answer::html(const QByteArray &text, int status)
{
    return bytes(text, "text/html; charset=utf-8", status);
}

Answer Answer::bytes(const QByteArray &content, const QByteArray &contentType, int status)
{
    Answer answer;
    answer.status = status;
    answer.headers.emplace_back("Content-Type", contentType);
    answer.body = content;
    return answer;
}

Answer Answer::empty(int status)
{
    Answer answer;
    answer.status = status;
    return answer;
}

Answer Answer::redirect(const QUrl &to, int status)
{
    return empty(status).withHeader("Location", to.toEncoded());
}

Answer Answer::tooManyRequests(const QByteArray &retryAfter)
{
    const Answer answer = json(QByteArray(R"({"error":"RateLimitExceeded","message":"Rate Limit Exceeded"})"), 429);
    return retryAfter.isEmpty() ? answer : answer.withHeader("Retry-After", retryAfter);
}

Answer Answer::generated(qint64 bytes)
{
    Answer answer = Answer::bytes({}, "application/json");
    answer.generatedBytes = bytes;
    return answer;
}

Answer Answer::gzipped(const QByteArray &content, const QByteArray &contentType)
{
    return bytes(gzip(content), contentType).withHeader("Content-Encoding", "gzip");
}

Answer Answer::gzipBomb(qint64 bytes)
{
    return gzipped(QByteArray(bytes, '\0'), "application/json");
}

Answer Answer::failing(Fault fault)
{
    return json(QByteArray(R"({"ok":true,"padding":"0123456789"})")).withFault(fault);
}

Answer Answer::withHeader(const QByteArray &name, const QByteArray &value) const
{
    Answer changed = *this;
    changed.headers.emplace_back(name, value);
    return changed;
}

Answer Answer::withFault(Fault newFault) const
{
    Answer changed = *this;
    changed.fault = newFault;
    return changed;
}

Expectation::Expectation(QByteArray method, QByteArray target)
    : m_method(std::move(method))
    , m_target(std::move(target))
    , m_handler([](const Received &) { return Answer::json(QJsonObject()); })
{
}

Expectation &Expectation::withQuery(const QString &name, const QString &value)
{
    return where([=](const Received &request) {
        const QString found = request.queryValue(name);
        return found == value ? QString() : u"query %1 is '%2', not '%3'"_s.arg(name, found, value);
    });
}

Expectation &Expectation::withHeader(const QByteArray &name, const QByteArray &value)
{
    return where([=](const Received &request) {
        const QByteArray found = request.header(name.toLower());
        return found == value ? QString()
                              : u"header %1 is '%2', not '%3'"_s.arg(QString::fromUtf8(name), QString::fromUtf8(found),
                                                                     QString::fromUtf8(value));
    });
}

Expectation &Expectation::withoutHeader(const QByteArray &name)
{
    return where([=](const Received &request) {
        return !request.header(name.toLower()).isNull() ? u"header %1 is there"_s.arg(QString::fromUtf8(name))
                                                        : QString();
    });
}

Expectation &Expectation::withBody(const QByteArray &body)
{
    return where([=](const Received &request) {
        return request.body == body
                   ? QString()
                   : u"body is '%1', not '%2'"_s.arg(QString::fromUtf8(request.body), QString::fromUtf8(body));
    });
}

Expectation &Expectation::withJson(const QJsonObject &body)
{
    return where([=](const Received &request) {
        const QByteArray wanted = QJsonDocument(body).toJson(QJsonDocument::Compact);
        return request.json() == body
                   ? QString()
                   : u"body is '%1', not '%2'"_s.arg(QString::fromUtf8(request.body), QString::fromUtf8(wanted));
    });
}

Expectation &Expectation::where(std::function<QString(const Received &)> check)
{
    m_checks.push_back(std::move(check));
    return *this;
}

void Expectation::answer(Answer answer)
{
    m_fault = answer.fault;
    m_handler = [answer = std::move(answer)](const Received &) { return answer; };
}

void Expectation::answer(Handler handler)
{
    m_handler = std::move(handler);
}

} // namespace indelible::test
