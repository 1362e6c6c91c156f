// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QFuture>
#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <QCoroTask>

namespace indelible::net {

enum class Method { Get, Post };

/// One request. A value; nothing in it is logged but method, host and path.
struct HttpRequest
{
    Method method = Method::Get;
    QUrl url;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    QByteArray contentType;                 ///< of `body`
    qint64 maximumBytes = 10 * 1024 * 1024; ///< of the answer, after decompression
    /// May be sent again by itself after an unclear failure: GET always is; a POST only where the server promises that
    /// the same call twice acts once.
    bool idempotent = false;
    /// Requests of one account go one after the other, and share a pause: a 429 to one holds all. Empty = shares with
    /// nobody.
    QString pauseGroup;
    /// Where a network says in the body of a 429 how long it wants to be left alone: read where no header says it.
    std::function<std::optional<std::chrono::milliseconds>(const QByteArray &body)> retryAfterIn = {};
};

struct HttpResponse
{
    int status = 0;
    QByteArray body;
    QByteArray contentType;                                 ///< lower case, without parameters
    std::vector<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
    /// Where permanent redirects (301, 308) led, up to the first that was not; empty = the address is still the right
    /// one. Believe it only when it is said again: hotspots redirect everything.
    QUrl movedTo = {};

    [[nodiscard]] QByteArray header(const QByteArray &lowerCaseName) const;
};

/// An answer that has no end (text/event-stream): what is done with it while it comes. The functions are called on the
/// client's thread and must not end the client.
struct Following
{
    std::function<void()> opened; ///< such an answer has begun
    /// The next bytes of it, cut anywhere; an error ends it.
    std::function<Result<void>(const QByteArray &bytes)> came;
    std::chrono::milliseconds silence{}; ///< nothing at all for so long = the connection is dead
    QFuture<void> stopped;               ///< finished = nobody wants to hear more
};

/// Limits and waits, all injectable so that tests need no patience.
struct HttpPolicy
{
    std::chrono::milliseconds deadline{60'000}; ///< for one whole exchange, redirects included
    std::vector<std::chrono::milliseconds> retryPauses{std::chrono::seconds(2), std::chrono::seconds(5)};
    std::chrono::milliseconds longestWait{20'000}; ///< a Retry-After beyond this is returned as RateLimited at once
    qint64 maximumHeaderBytes = 64 * 1024;
    int maximumRedirects = 5;

    // What follows is replaced only by tests; empty = the real thing.
    std::function<double()> random;                                                  ///< in [0, 1), for jitter
    std::function<void(std::chrono::milliseconds, std::function<void()> done)> wait; ///< instead of a timer
    /// Instead of the system's name look-up; no address = no such host.
    std::function<void(QString host, std::function<void(QList<QHostAddress>)> done)> lookUp;
};

/// Every request of the program goes through one of these (rule R6). Lives on the thread that made it (the interface's)
/// and owns every QNetworkAccessManager; it must outlive every task it returned, and aborts what is under way when
/// shutDown() is called.
///
/// Rules it holds: https only, except http to a loopback address that the person typed as their server (allowOrigin);
/// redirects followed by hand, at most five, each checked like a first address, and with no header but Accept and
/// Accept-Language to another origin; a POST follows 307 and 308 within its origin and no other redirect; loopback,
/// private, link-local and multicast addresses refused unless the origin was allowed (multicast and the addresses of
/// cloud credentials even then), and the connection goes to the very address that was checked; answers capped in size
/// and each exchange in time; an answer that broke off is an error before anybody parses it; bodies, headers, queries
/// and tokens are never logged. No cookies, no cache, no proxy, HTTP/1.1.
///
/// Of the requests of one account one is under way at a time, and of those to one host at most six (Qt's limit; the
/// others wait within their deadline).
///
/// A GET, and an idempotent POST, is asked again by itself after ServerTrouble and after RateLimited with a short wait;
/// not after Offline and Timeout, which its caller meets with patience of another scale.
///
/// Errors: Rejected for addresses that the rules refuse; Offline and Timeout before the body was sent have
/// provablyNotProcessed set; RateLimited carries retryAfter (429, or 503 with Retry-After; RateLimit-Reset is read
/// too); ServerTrouble for 5xx, for connections that broke, and with code "CertificateRefused" where the server could
/// not prove who it is (then nothing was sent); InvalidReply for bodies and headers over the cap, wrong lengths and
/// redirects that are not followed; Cancelled at shutdown. Every other status, 4xx included, is a response: only the
/// channel knows what it means.
class HttpClient : public QObject
{
    Q_OBJECT
public:
    explicit HttpClient(const Clock &clock, HttpPolicy policy = {}, QObject *parent = nullptr);
    ~HttpClient() override;

    /// Lets plain http and a private address be used for this one origin (scheme, host, port): a server at home, or a
    /// test's. Only hosts that are loopback addresses or resolve to one are accepted for http; a name is judged when it
    /// is looked up, before each connection. Rejected for anything else.
    Result<void> allowOrigin(const QUrl &origin);

    /// Sends and waits for the whole answer. Repeats by itself only what may be repeated.
    QCoro::Task<Result<HttpResponse>> send(HttpRequest request);

    /// Asks once, with a GET, and hands on an answer that has no end while it comes. Stands outside the turns of its
    /// group, which it would hold for hours, and beside the six of its host (at most six such answers of one host);
    /// the group's pause and everything else hold as for send(). Until the answer begins, the usual deadline counts,
    /// then `silence`.
    ///
    /// Ends with the response, without a body, where the server ended it; with the whole response where it was another
    /// answer (a refusal, a page); else with the errors of send(): Timeout after silence, Cancelled when stopped,
    /// InvalidReply where it came packed, which was not asked for.
    QCoro::Task<Result<HttpResponse>> follow(HttpRequest request, Following following);

    /// Until when the group must not be asked, if it is paused.
    [[nodiscard]] std::optional<Instant> pausedUntil(const QString &group) const;

    /// How long one exchange may take, for channels that speak another protocol besides.
    [[nodiscard]] std::chrono::milliseconds deadline() const;

    /// Aborts what is under way and refuses what comes after, with Cancelled.
    void shutDown();

Q_SIGNALS:
    /// The program ends: whoever talks to servers in another way stops that now.
    void shuttingDown();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace indelible::net
