// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QUrl>
#include <QUrlQuery>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

class QSslConfiguration;

namespace indelible::test {

using HeaderList = std::vector<std::pair<QByteArray, QByteArray>>;

/// A request as it reached the server.
struct Received
{
    QByteArray method;
    QByteArray target; ///< path and query as they were sent
    QByteArray path;   ///< of `target`, still percent-encoded
    QUrlQuery query;
    HeaderList headers; ///< names in lower case
    QByteArray body;

    [[nodiscard]] QByteArray header(const QByteArray &lowerCaseName) const; ///< empty if absent
    [[nodiscard]] QString queryValue(const QString &name) const;            ///< fully decoded
    [[nodiscard]] QJsonObject json() const;                                 ///< of `body`; empty if it is none
};

/// What goes wrong with an answer.
enum class Fault {
    None,
    StallBeforeHeaders, ///< nothing comes, until release() is called
    StallInHeaders,     ///< half the headers come
    StallInBody,        ///< the headers and half the body come
    CutHeaders,         ///< half the headers come, then the connection ends
    CutBody,            ///< half the body comes, then the connection ends; Content-Length says the whole
    CutChunked,         ///< sent in chunks, ends in the middle of one
    LengthTooLong,      ///< Content-Length is ten more than what comes before the connection ends
    LengthTooShort,     ///< Content-Length is half of what comes
    CloseAfterAnswer,   ///< a whole answer that promises to keep the connection, which then ends
    NoLength,           ///< no fault by itself: the end of the connection ends the body
    DropBeforeReading,  ///< closed before a byte of the request is read (only with expect(); not in received())
    DropAfterReading,   ///< the whole request is read, then the connection ends without an answer
    Drip,               ///< one byte at a time, `dripPause` apart
    NoEnd,              ///< no fault by itself: sent in chunks; more comes with tell(), the end with hangUp()
};

/// What the server answers. Made by one of the static functions and changed by the with…() ones:
/// `Answer::json({{u"cid"_s, u"b1"_s}}).withHeader("ratelimit-remaining", "0")`.
struct Answer
{
    int status = 200;
    HeaderList headers; ///< Content-Length and Connection are added where absent
    QByteArray body;
    qint64 generatedBytes = 0; ///< if not 0, so many 'x' are sent instead of `body`
    Fault fault = Fault::None;
    std::chrono::milliseconds dripPause{5};

    static Answer json(const QJsonObject &object, int status = 200);
    static Answer json(const QByteArray &text, int status = 200); ///< as it is, so that it may be wrong JSON
    static Answer html(const QByteArray &text, int status = 200);
    static Answer bytes(const QByteArray &content, const QByteArray &contentType, int status = 200);
    static Answer empty(int status = 200);
    static Answer redirect(const QUrl &to, int status = 302);
    static Answer tooManyRequests(const QByteArray &retryAfter = {}); ///< 429; no Retry-After if empty
    static Answer generated(qint64 bytes);                            ///< never held in memory as a whole
    static Answer gzipped(const QByteArray &content, const QByteArray &contentType);
    static Answer gzipBomb(qint64 bytes); ///< small on the wire, so many zeros when unpacked
    static Answer failing(Fault fault);   ///< 200 with a short JSON body and the fault

    [[nodiscard]] Answer withHeader(const QByteArray &name, const QByteArray &value) const;
    [[nodiscard]] Answer withFault(Fault fault) const;
};

using Handler = std::function<Answer(const Received &)>;

/// One step of a dialogue: what must come, and what is answered. All checks are optional.
class Expectation
{
public:
    Expectation &withQuery(const QString &name, const QString &value);
    Expectation &withHeader(const QByteArray &name, const QByteArray &value);
    Expectation &withoutHeader(const QByteArray &name);
    Expectation &withBody(const QByteArray &body);
    Expectation &withJson(const QJsonObject &body); ///< the whole body, order and white space aside
    /// Any other check; returns what is wrong, or an empty text.
    Expectation &where(std::function<QString(const Received &)> check);

    void answer(Answer answer); ///< 200 with `{}` unless called
    void answer(Handler handler);

private:
    friend class FakeHttpServer;
    Expectation(QByteArray method, QByteArray target);

    QByteArray m_method;
    QByteArray m_target;
    std::vector<std::function<QString(const Received &)>> m_checks;
    Handler m_handler;
    Fault m_fault = Fault::None;
};

/// A web server on a free loopback port, in the test's own thread: it works while the test runs the event loop, as
/// wait() and waitUntil() do. Speaks HTTP/1.1 with keep-alive; https with a configuration that has a key.
///
/// Two ways to say what is answered, which may be mixed:
///  - a dialogue: `server.expect("POST", "/a").withJson({…}).answer(Answer::json({…}));` Steps are used up in order. A
///    target with a '?' must match path and query as sent; without one only the path is compared.
///  - routes: `server.on("GET", "/b", [&](const Received &request) { return Answer::json({…}); });` A path that ends in
///    '*' matches all that begin so. The one added last wins, so that a test can replace a route.
/// A request goes to the next step if method and target match it, else to a route. What matches neither gets 501 and is
/// a problem, as are checks that failed and steps never reached. Problems nobody took are warned about when the server
/// ends, and an unexpected warning fails the test: `CHECK(server.takeProblems().isEmpty())` shows them earlier.
class FakeHttpServer : public QObject
{
    Q_OBJECT
public:
    FakeHttpServer();
    explicit FakeHttpServer(const QSslConfiguration &configuration);
    ~FakeHttpServer() override;

    [[nodiscard]] quint16 port() const;
    /// "http://localhost:PORT" and the path, which begins with '/' and may have a query.
    [[nodiscard]] QUrl url(const QString &pathAndQuery = {}) const;

    void on(const QByteArray &method, const QByteArray &path, Handler handler);
    void on(const QByteArray &method, const QByteArray &path, const Answer &answer);
    Expectation &expect(const QByteArray &method, const QByteArray &target);

    /// Every request that was read, in order.
    [[nodiscard]] const std::vector<Received> &received() const;
    /// Those with this path.
    [[nodiscard]] std::vector<Received> received(const QByteArray &path) const;
    [[nodiscard]] int connectionsOpen() const;
    [[nodiscard]] int connectionsMade() const;
    [[nodiscard]] QStringList takeProblems();

    /// Sends the answers held by StallBeforeHeaders.
    void release();
    /// Sends more of the answers without an end.
    void tell(const QByteArray &bytes);
    /// Ends them: cut off after the first half of `last`, or else as it should be.
    void hangUp(const QByteArray &last = {});
    /// Stops listening and closes every connection: whoever connects now is refused. The port may be taken by others.
    void close();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace indelible::test
