// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/http_client.h"

#include "app/base/log.h"
#include "app/net/address_rules.h"
#include "app/net/host_lookup.h"
#include "app/net/operation.h"
#include "app/net/rate_pause.h"
#include "app/net/retry_policy.h"
#include "app/net/transfer.h"
#include "app/net/turns.h"

#include <QDeadlineTimer>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QRandomGenerator>

#include <algorithm>
#include <memory>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::net {

namespace {

// Before the next address of the same host is tried.
constexpr std::chrono::milliseconds kConnectDeadline = std::chrono::seconds(10);

void prepare(QNetworkAccessManager &manager)
{
    // Look-ups are our own, and the checked address must be the one that is connected to.
    manager.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    manager.setAutoDeleteReplies(false);
}

/// Everything a task needs. Tasks share it, so that one which outlives the client finds it whole and ends as cancelled.
struct Core
{
    Core(const Clock &theClock, HttpPolicy thePolicy)
        : clock(theClock)
        , policy(std::move(thePolicy))
    {
        for (QNetworkAccessManager *each : {&manager, &followed})
            prepare(*each);
    }

    const Clock &clock;
    HttpPolicy policy;
    QNetworkAccessManager manager;  ///< for what only asks
    QNetworkAccessManager followed; ///< for answers without an end, which would take the others' six connections
    AddressRules rules;
    RatePause pauses;
    Turns turns;
    Operations operations;
    qint64 lonelyGroups = 0;
    bool isShut = false;
};
using CorePtr = std::shared_ptr<Core>;

tl::unexpected<Error> cancelled()
{
    return failure(Error{ErrorKind::Cancelled, u"The program is ending. Nothing was sent."_s, {}, {}, {}, true});
}

// A path may hold a token (Telegram's does) or an address; queries often do and are never logged.
QString pathForLog(const QUrl &url)
{
    QStringList parts = url.path(QUrl::FullyEncoded).split(u'/');
    for (QString &part : parts) {
        if (part.size() > 40 || part.contains(u':') || part.contains(u'@'))
            part = u"…"_s;
    }
    return parts.join(u'/');
}

void logOutcome(const HttpRequest &request, const Result<HttpResponse> &result)
{
    const char *method = request.method == Method::Get ? "GET" : "POST";
    const QString where = request.url.host(QUrl::FullyEncoded) + pathForLog(request.url);
    if (result)
        qCDebug(lcNet, "%s %s: %d", method, qPrintable(where), result->status);
    else if (result.error().kind != ErrorKind::Cancelled)
        qCInfo(lcNet, "%s %s: %s", method, qPrintable(where), qPrintable(toString(result.error().kind)));
}

std::chrono::milliseconds remaining(const QDeadlineTimer &deadline)
{
    return std::chrono::milliseconds(std::max<qint64>(deadline.remainingTime(), 0));
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

tl::unexpected<Error> wrongRedirect(const HttpRequest &request, const QString &why)
{
    return failure(ErrorKind::InvalidReply, u"%1 led elsewhere, and that was not followed: %2."_s.arg(
                                                request.url.host(QUrl::FullyEncoded), why));
}

// Only what any server may see goes to another origin.
void dropPrivateHeaders(HttpRequest &request)
{
    std::erase_if(request.headers, [](const auto &header) {
        const QByteArray name = header.first.toLower();
        return name != "accept" && name != "accept-language";
    });
}

// RFC 9110, 15.4, and stricter where a request acts: a POST that is answered by 301, 302 or 303 may have acted already,
// and what a GET of the new address would bring is no answer to it, so it is not followed. 307 and 308 say that it has
// not acted and is to be repeated as it is; that is done within the same origin only, since the body holds what was
// meant for this server.
Result<HttpRequest> redirected(const AddressRules &rules, HttpRequest request, const HttpResponse &response)
{
    const QByteArray location = response.header("location");
    if (location.isEmpty())
        return wrongRedirect(request, u"it did not say where to"_s);
    const QUrl target = request.url.resolved(QUrl::fromEncoded(location, QUrl::StrictMode));
    if (const Result<void> allowed = rules.checkRedirect(request.url, target); !allowed)
        return wrongRedirect(request, allowed.error().detail);
    const bool leaves = originOf(request.url) != originOf(target);
    if (request.method == Method::Post && (response.status < 307 || leaves))
        return wrongRedirect(request, u"what was sent is not sent to another address"_s);
    if (leaves)
        dropPrivateHeaders(request);
    request.url = target;
    return request;
}

/// The manager whose connections a request may take. A server may end a connection that waits at any moment, and then
/// nobody knows whether it read what was just sent: a request that acts has a connection to itself.
QNetworkAccessManager &managerFor(Core &core, const HttpRequest &request, bool follows,
                                  std::unique_ptr<QNetworkAccessManager> &own)
{
    if (follows)
        return core.followed;
    if (request.method == Method::Get)
        return core.manager;
    own = std::make_unique<QNetworkAccessManager>();
    prepare(*own);
    return *own;
}

/// One request to one host, at the first of its addresses that takes a connection. `following` outlives it.
QCoro::Task<Result<HttpResponse>> askHost(CorePtr core, HttpRequest request, QDeadlineTimer deadline,
                                          const Following *following)
{
    if (const Result<void> allowed = core->rules.checkUrl(request.url); !allowed)
        co_return failure(allowed.error());
    HostLookup lookup(core->operations, core->policy, request.url.host(QUrl::FullyEncoded), remaining(deadline));
    const QFuture<Result<QList<QHostAddress>>> looking = lookup.future();
    const Result<QList<QHostAddress>> addresses = co_await looking;
    if (!addresses)
        co_return failure(addresses.error());
    // One forbidden address is enough to refuse them all: an honest name does not lead both out and in.
    for (const QHostAddress &address : *addresses) {
        if (const Result<void> allowed = core->rules.checkAddress(request.url, address); !allowed)
            co_return failure(allowed.error());
    }
    Result<HttpResponse> result = cancelled();
    for (qsizetype i = 0; i < addresses->size() && !core->isShut; ++i) {
        if (following && following->stopped.isFinished())
            co_return cancelled();
        const bool isLast = i + 1 == addresses->size();
        const TransferLimits limits{remaining(deadline), isLast ? remaining(deadline) : kConnectDeadline,
                                    core->policy.maximumHeaderBytes};
        std::unique_ptr<QNetworkAccessManager> own; // outlives the transfer
        QNetworkAccessManager &manager = managerFor(*core, request, following != nullptr, own);
        Transfer transfer(core->operations, manager, request, addresses->at(i), limits, following);
        const QFuture<Result<HttpResponse>> transferring = transfer.future();
        result = co_await transferring;
        const bool wasReached =
            result || !result.error().provablyNotProcessed ||
            (result.error().kind != ErrorKind::Offline && result.error().kind != ErrorKind::Timeout);
        if (wasReached || deadline.hasExpired())
            break;
    }
    co_return result;
}

/// What the status means where it means trouble. Whatever the server says of its limits holds for the whole group.
std::optional<Error> noteStatus(Core &core, const HttpRequest &request, const HttpResponse &response)
{
    const Instant now = core.clock.now();
    if (const auto exhausted = exhaustedFor(response.headers, now))
        core.pauses.pause(request.pauseGroup, now, *exhausted);
    const QString host = request.url.host(QUrl::FullyEncoded);
    std::optional<Error> error = errorFor(response.status, response.headers, now, host);
    if (!error || !error->retryAfter)
        return error;
    if (request.retryAfterIn && !retryAfterOf(response.headers, now))
        error->retryAfter = std::min(request.retryAfterIn(response.body).value_or(kUsualPause), kLongestPause);
    core.pauses.pause(request.pauseGroup, now, *error->retryAfter);
    return error;
}

/// One exchange: redirects are followed, statuses that mean trouble become errors.
QCoro::Task<Result<HttpResponse>> exchange(CorePtr core, HttpRequest request, const Following *following = nullptr)
{
    const QDeadlineTimer deadline(core->policy.deadline);
    QUrl movedTo;
    bool allPermanent = true;
    for (int redirects = 0;; ++redirects) {
        QCoro::Task<Result<HttpResponse>> asking = askHost(core, request, deadline, following);
        Result<HttpResponse> response = co_await asking;
        if (core->isShut && response)
            co_return failure(ErrorKind::Cancelled,
                              u"The program is ending. It is not known whether the server acted."_s);
        logOutcome(request, response);
        if (!response)
            co_return response;
        if (std::optional<Error> trouble = noteStatus(*core, request, *response))
            co_return failure(std::move(*trouble));
        if (!isRedirect(response->status)) {
            response->movedTo = movedTo;
            co_return response;
        }
        if (redirects >= core->policy.maximumRedirects)
            co_return wrongRedirect(request, u"it had done so too often"_s);
        Result<HttpRequest> next = redirected(core->rules, request, *response);
        if (!next)
            co_return failure(next.error());
        request = std::move(*next);
        allPermanent = allPermanent && (response->status == 301 || response->status == 308);
        if (allPermanent)
            movedTo = request.url;
    }
}

Error paused(const QString &host, std::chrono::milliseconds left)
{
    return Error{ErrorKind::RateLimited,
                 u"%1 asked to be left alone, for %2 more seconds. Nothing was sent."_s.arg(host).arg(
                     std::chrono::ceil<std::chrono::seconds>(left).count()),
                 {},
                 {},
                 left,
                 true};
}

QCoro::Task<bool> waitFor(CorePtr core, std::chrono::milliseconds length)
{
    Wait pause(core->operations, core->policy, length);
    const QFuture<bool> waiting = pause.future();
    const bool ended = co_await waiting;
    co_return ended && !core->isShut;
}

/// Waits until the group may be asked. The clock may stand still (tests, a fixed time), so a pause that was waited for
/// once is over.
QCoro::Task<Result<void>> waitForGroup(CorePtr core, QString group, QString host)
{
    std::optional<Instant> waited;
    std::chrono::milliseconds total{0};
    for (;;) {
        if (core->isShut)
            co_return cancelled();
        const Instant now = core->clock.now();
        const std::optional<Instant> until = core->pauses.until(group, now);
        if (!until || (waited && *until <= *waited))
            co_return Result<void>();
        const std::chrono::milliseconds left = *until - now;
        if (total + left > core->policy.longestWait)
            co_return failure(paused(host, left));
        QCoro::Task<bool> waiting = waitFor(core, left);
        co_await waiting;
        waited = until;
        total += left;
    }
}

// What the last of several tries proves says nothing about those before it.
Result<HttpResponse> afterEarlier(bool mayHaveActed, Result<HttpResponse> result)
{
    if (!result && mayHaveActed)
        result.error().provablyNotProcessed = false;
    return result;
}

/// One try, in the group's turn: the pause may have been set by the request before it.
QCoro::Task<Result<HttpResponse>> tryOnce(CorePtr core, HttpRequest request)
{
    const QFuture<void> turn = core->turns.take(request.pauseGroup);
    co_await turn;
    const HeldTurn held(core->turns, request.pauseGroup);
    QCoro::Task<Result<void>> free = waitForGroup(core, request.pauseGroup, request.url.host(QUrl::FullyEncoded));
    const Result<void> isFree = co_await free;
    if (!isFree)
        co_return failure(isFree.error());
    QCoro::Task<Result<HttpResponse>> exchanging = exchange(core, request);
    const Result<HttpResponse> result = co_await exchanging;
    co_return result;
}

/// Takes no turn: nothing else of the group would ever have one.
QCoro::Task<Result<HttpResponse>> followOnce(CorePtr core, HttpRequest request, Following following)
{
    if (core->isShut)
        co_return cancelled();
    const Instant now = core->clock.now();
    if (const std::optional<Instant> until = core->pauses.until(request.pauseGroup, now))
        co_return failure(paused(request.url.host(QUrl::FullyEncoded), *until - now));
    QCoro::Task<Result<HttpResponse>> exchanging = exchange(core, request, &following);
    const Result<HttpResponse> result = co_await exchanging;
    co_return result;
}

QCoro::Task<Result<HttpResponse>> sendRepeating(CorePtr core, HttpRequest request)
{
    const bool mayRepeat = request.method == Method::Get || request.idempotent;
    if (request.pauseGroup.isEmpty())
        request.pauseGroup = u"\n%1"_s.arg(++core->lonelyGroups);
    bool mayHaveActed = false;
    for (std::size_t repeats = 0;; ++repeats) {
        QCoro::Task<Result<HttpResponse>> trying = tryOnce(core, request);
        const Result<HttpResponse> latest = co_await trying;
        const Result<HttpResponse> result = afterEarlier(mayHaveActed, latest);
        mayHaveActed = mayHaveActed || (!result && !result.error().provablyNotProcessed);
        if (result || core->isShut || !mayRepeat || repeats >= core->policy.retryPauses.size() ||
            !isWorthRepeating(result.error()))
            co_return result;
        if (result.error().retryAfter) {
            if (*result.error().retryAfter > core->policy.longestWait)
                co_return result;
            continue; // the pause of the group is the wait
        }
        const double random =
            core->policy.random ? core->policy.random() : QRandomGenerator::global()->generateDouble();
        QCoro::Task<bool> waiting = waitFor(core, withJitter(core->policy.retryPauses.at(repeats), random));
        const bool goesOn = co_await waiting;
        if (!goesOn)
            co_return result;
    }
}

} // namespace

QByteArray HttpResponse::header(const QByteArray &lowerCaseName) const
{
    return valueOf(headers, lowerCaseName);
}

class HttpClient::Private
{
public:
    CorePtr core;
};

HttpClient::HttpClient(const Clock &clock, HttpPolicy policy, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->core = std::make_shared<Core>(clock, std::move(policy));
}

HttpClient::~HttpClient()
{
    shutDown();
}

Result<void> HttpClient::allowOrigin(const QUrl &origin)
{
    return d->core->rules.allow(origin);
}

QCoro::Task<Result<HttpResponse>> HttpClient::send(HttpRequest request)
{
    return sendRepeating(d->core, std::move(request));
}

QCoro::Task<Result<HttpResponse>> HttpClient::follow(HttpRequest request, Following following)
{
    request.method = Method::Get;
    return followOnce(d->core, std::move(request), std::move(following));
}

std::optional<Instant> HttpClient::pausedUntil(const QString &group) const
{
    return d->core->pauses.until(group, d->core->clock.now());
}

std::chrono::milliseconds HttpClient::deadline() const
{
    return d->core->policy.deadline;
}

void HttpClient::shutDown()
{
    d->core->isShut = true;
    d->core->operations.cancelAll();
    Q_EMIT shuttingDown();
}

} // namespace indelible::net
