// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_fetch.h"

#include "app/base/log.h"
#include "app/channels/feeds/feed_address.h"
#include "app/channels/feeds/feed_client.h"
#include "app/channels/feeds/feed_items.h"
#include "app/channels/feeds/feed_parser.h"
#include "app/channels/feeds/feed_prose.h"
#include "app/channels/feeds/feed_schedule.h"
#include "app/channels/feeds/feed_words.h"

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kAfterNonsense = 1h; ///< what is no feed now is none in a minute either
constexpr std::chrono::milliseconds kGapShown = 24h;
constexpr std::chrono::milliseconds kBelieved = 3 * 24h; ///< "gone for good" said for so long is no mistake
constexpr std::chrono::milliseconds kBetweenDoubts = 6h;

QString moment(Instant instant)
{
    return toDateTime(instant).toString(u"yyyy-MM-dd hh:mm 'UTC'"_s);
}

QString goneForGood(const QString &host)
{
    return u"%1 says that this feed is gone for good (HTTP 410), so it is not asked any more. What was received stays; connect the feed's new address, or disconnect this one."_s
        .arg(host);
}

/// What was remembered of the answers to other settings says nothing about these. What is held of them still comes in.
void startOver(Position &position, const QString &name)
{
    position.of = name;
    position.etag.clear();
    position.modified.clear();
    position.body.clear();
    position.movedTo.clear();
    position.goneSince.reset();
    position.ended.clear();
}

Result<FeedDocument> documentOf(const net::HttpResponse &response, const QUrl &address)
{
    Result<FeedDocument> document = parseFeed(response.body, response.header("content-type"), address);
    if (!document)
        document.error().retryAfter = kAfterNonsense;
    return document;
}

/// Takes a document that has changed into batch and position.
Result<void> takeDocument(const net::HttpResponse &response, const FeedSettings &settings, Instant now,
                          Position &position, Batch &batch)
{
    const Result<FeedDocument> document = documentOf(response, settings.address);
    if (!document)
        return failure(document.error());
    FeedNews news = newsOf(*document, settings.address, position.known, settings.words, now);
    if (news.mayHaveMissed) {
        position.gapSeen = now;
        position.gap =
            u"Items may have been missed between %1 and %2: of those that were in this feed none is there any more. Everything received stays; look at the site itself for that time."_s
                .arg(moment(position.lastGood.value_or(now)), moment(now));
    }
    if (document->expired)
        position.ended = u"This feed says that it has ended, so it is not asked any more. What was received stays."_s;
    if (document->cutShort)
        batch.limited =
            u"This feed holds more than %1 items at once; those behind them are not read."_s.arg(kMostEntries);
    position.known = std::move(news.known);
    position.pause = document->pause;
    batch.items = std::move(news.items);
    batch.gone = std::move(news.gone);
    return {};
}

double spreadOf(const FeedSettings &settings, Instant now)
{
    constexpr int kSteps = 1000;
    const size_t hash = qHash(settings.address.toEncoded(), static_cast<size_t>(toMs(now)));
    return static_cast<double>(hash % kSteps) / kSteps;
}

Rhythm rhythmOf(const net::HttpResponse &response, const FeedSettings &settings, const Position &position)
{
    return {isGoogleAlerts(settings.address), !position.etag.isEmpty() || !position.modified.isEmpty(),
            freshnessOf(response.header("cache-control")), position.pause};
}

/// A permanent redirect counts when it is said twice: hotspots lie. Then the address is another one from now on. Only
/// what a person typed may be at home, so no feed moves there.
QCoro::Task<Result<void>> follow(QPointer<FeedClient> client, FeedSettings settings, QUrl movedTo, Position *position)
{
    const QString before = std::exchange(position->movedTo, QString());
    if (movedTo.isEmpty() || (isAtHome(movedTo) && !isAtHome(settings.address)))
        co_return Result<void>();
    const QString target = shortHash(movedTo.toEncoded());
    if (before != target) {
        position->movedTo = target;
        co_return Result<void>();
    }
    settings.address = movedTo;
    QCoro::Task<Result<void>> adopting = client->adopt(settings);
    const Result<void> adopted = co_await adopting;
    if (!client)
        co_return cancelled();
    if (adopted)
        startOver(*position, client->nameOf(settings));
    else
        qCInfo(lcChannel, "a feed's new address could not be kept: %s", qUtf8Printable(adopted.error().detail));
    co_return Result<void>();
}

Batch digestOf(Position position)
{
    Batch batch = handOver(position.digest);
    batch.cursor = writePosition(position);
    return batch;
}

Batch ended(Position position, const QString &why, Instant now)
{
    position.ended = why;
    Batch batch;
    batch.cursor = writePosition(position);
    batch.limited = why;
    batch.notBefore = lookAgain(position.digest, now + 24h);
    return batch;
}

/// What is held does not wait until the feed may be asked again, unless the site itself asked for that time.
Error noLaterThanTheDigest(Error error, const Digest &digest, Instant now)
{
    if (error.retryAfter && error.kind != ErrorKind::RateLimited)
        error.retryAfter = std::max<std::chrono::milliseconds>(lookAgain(digest, now + *error.retryAfter) - now, 1ms);
    return error;
}

/// A readable answer, from what it holds to what is remembered of it.
Result<void> takeAnswer(const net::HttpResponse &response, const FeedSettings &settings, Instant now,
                        Position &position, Batch &batch)
{
    bool wasRead = false;
    if (response.status != 304) {
        const QString body = shortHash(response.body);
        wasRead = body != position.body;
        if (wasRead)
            INDELIBLE_TRY(takeDocument(response, settings, now, position, batch));
        position.body = body;
        position.etag = response.header("etag");
        position.modified = response.header("last-modified");
    }
    holdBack(position.digest, batch, wasRead, settings.cadence, now, QTimeZone::systemTimeZone());
    position.lastGood = now;
    if (batch.limited.isEmpty() && position.gapSeen && now < *position.gapSeen + kGapShown)
        batch.limited = position.gap;
    if (!position.ended.isEmpty())
        batch.limited = position.ended;
    return {};
}

} // namespace

QCoro::Task<Result<Identity>> connectFeed(QPointer<FeedClient> client, SignIn credentials)
{
    const Result<QUrl> address = feedAddress(QString::fromUtf8(credentials.secret));
    if (!address)
        co_return failure(address.error());
    QCoro::Task<Result<net::HttpResponse>> asking = client->ask(*address, {}, {});
    const Result<net::HttpResponse> response = co_await asking;
    if (!client)
        co_return cancelled();
    if (!response)
        co_return failure(response.error());
    if (response->status == 410)
        co_return failure(ErrorKind::NotFound, goneForGood(address->host()));
    const Result<FeedDocument> document = documentOf(*response, *address);
    if (!document)
        co_return failure(document.error());
    FeedSettings settings;
    settings.address = *address;
    settings.words = watchWords(credentials.words.join(u'\n'));
    settings.cadence = credentials.cadence;
    QCoro::Task<Result<void>> adopting = client->adopt(settings);
    const Result<void> adopted = co_await adopting;
    if (!adopted)
        co_return failure(adopted.error());
    Identity identity;
    identity.remoteId = feedId(*address);
    identity.handle = shownAddress(*address);
    identity.name = document->title.isEmpty() ? address->host() : document->title;
    identity.server = serverOf(*address);
    co_return identity;
}

/// 410. Networks of hotels and servers in trouble say it, too, so it counts when it is said for days.
Batch gone(Position &position, const QString &host, Instant now)
{
    if (!position.goneSince)
        position.goneSince = now;
    if (now >= *position.goneSince + kBelieved)
        return ended(position, goneForGood(host), now);
    Batch batch;
    batch.limited =
        u"%1 says since %2 that this feed is gone for good (HTTP 410). In case that is a mistake it is asked again for three days. What was received stays."_s
            .arg(host, moment(*position.goneSince));
    batch.notBefore = lookAgain(position.digest, now + kBetweenDoubts);
    batch.cursor = writePosition(position);
    return batch;
}

QCoro::Task<Result<Batch>> fetchFeed(QPointer<FeedClient> client, Cursor cursor)
{
    QCoro::Task<Result<FeedSettings>> reading = client->settings();
    const Result<FeedSettings> settings = co_await reading;
    if (!client)
        co_return cancelled();
    if (!settings)
        co_return failure(settings.error());
    Position position = readPosition(cursor);
    if (position.of != client->nameOf(*settings)) {
        startOver(position, client->nameOf(*settings));
        position.digest.due.reset();
    }
    // Before anything is asked: it comes in also where the feed cannot be had now, or never again.
    if (isReady(position.digest, settings->cadence, client->clock().now()))
        co_return digestOf(std::move(position));
    if (!position.ended.isEmpty())
        co_return ended(position, position.ended, client->clock().now());
    QCoro::Task<Result<net::HttpResponse>> asking = client->ask(settings->address, position.etag, position.modified);
    const Result<net::HttpResponse> response = co_await asking;
    if (!client)
        co_return cancelled();
    const Instant now = client->clock().now();
    if (!response)
        co_return failure(noLaterThanTheDigest(response.error(), position.digest, now));
    if (response->status == 410)
        co_return gone(position, settings->address.host(), now);
    position.goneSince.reset();
    Batch batch;
    if (const Result<void> taken = takeAnswer(*response, *settings, now, position, batch); !taken)
        co_return failure(noLaterThanTheDigest(taken.error(), position.digest, now));
    const Instant visit = now + pauseAfter(rhythmOf(*response, *settings, position), spreadOf(*settings, now));
    batch.notBefore = lookAgain(position.digest, visit);
    QCoro::Task<Result<void>> following = follow(client, *settings, response->movedTo, &position);
    const Result<void> followed = co_await following;
    if (!followed)
        co_return failure(followed.error());
    batch.cursor = writePosition(position);
    co_return batch;
}

} // namespace indelible::channels::feeds
