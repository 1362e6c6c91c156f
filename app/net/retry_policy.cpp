// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/retry_policy.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace indelible::net {

namespace {

constexpr std::array<const char *, 3> kLimitPrefixes{"ratelimit-", "x-ratelimit-", "x-rate-limit-"};
constexpr const char *kCertificateCode = "CertificateRefused";

// Seconds beyond this are a moment since 1970 (this one is in 2001), less are a length of time.
constexpr qint64 kLeastEpoch = 1'000'000'000;

std::optional<qint64> digits(const QByteArray &text)
{
    if (text.isEmpty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    // Too long for a number is only a very long time.
    return text.size() > 12 ? 999'999'999'999 : text.toLongLong();
}

// The three forms of RFC 9110, 5.6.7: all are UTC.
std::optional<Instant> httpDate(const QByteArray &text)
{
    const QString value = QString::fromLatin1(text).simplified();
    for (const QString &format : {u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s, u"ddd MMM d HH:mm:ss yyyy"_s}) {
        QDateTime moment = QLocale::c().toDateTime(value, format);
        if (moment.isValid()) {
            moment.setTimeZone(QTimeZone::utc());
            return fromMs(moment.toMSecsSinceEpoch());
        }
    }
    // "Sunday, 06-Nov-94 08:49:37 GMT": a year of two digits, read as 20xx since no server means the past.
    const qsizetype comma = value.indexOf(u',');
    QDateTime moment = QLocale::c().toDateTime(value.mid(comma + 2), u"dd-MMM-yy HH:mm:ss 'GMT'"_s);
    if (comma < 0 || !moment.isValid())
        return std::nullopt;
    if (moment.date().year() < 2000)
        moment = moment.addYears(100);
    moment.setTimeZone(QTimeZone::utc());
    return fromMs(moment.toMSecsSinceEpoch());
}

std::chrono::milliseconds bounded(std::chrono::milliseconds time)
{
    return std::clamp(time, std::chrono::milliseconds(0), kLongestPause);
}

Instant serverTime(const Headers &headers, Instant now)
{
    return httpDate(valueOf(headers, "date")).value_or(now);
}

std::chrono::milliseconds fromSeconds(qint64 seconds)
{
    return bounded(std::chrono::seconds(seconds));
}

std::optional<std::chrono::milliseconds> resetOf(const Headers &headers, const char *prefix, Instant now)
{
    const QByteArray value = valueOf(headers, QByteArray(prefix) + "reset").trimmed();
    if (const std::optional<qint64> number = digits(value)) {
        if (*number < kLeastEpoch)
            return fromSeconds(*number);
        return bounded(fromMs(*number * 1000) - serverTime(headers, now));
    }
    if (const std::optional<Instant> moment = fromRfc3339(QString::fromLatin1(value)))
        return bounded(*moment - serverTime(headers, now));
    return std::nullopt;
}

Error madeOf(ErrorKind kind, const QString &detail, bool provablyNotProcessed)
{
    return Error{kind, detail, {}, {}, {}, provablyNotProcessed};
}

Error brokeOff(Sent sent, const QString &host)
{
    if (sent == Sent::Nothing)
        return madeOf(ErrorKind::Offline,
                      u"No connection to %1 could be made. Nothing was sent; check the network."_s.arg(host), true);
    return madeOf(
        ErrorKind::ServerTrouble,
        u"The connection to %1 broke before the whole answer came. It is not known whether the server acted."_s.arg(
            host),
        false);
}

} // namespace

QByteArray valueOf(const Headers &headers, const QByteArray &lowerCaseName)
{
    const auto found = std::ranges::find(headers, lowerCaseName, &std::pair<QByteArray, QByteArray>::first);
    return found == headers.end() ? QByteArray() : found->second;
}

Error errorFor(QNetworkReply::NetworkError code, Sent sent, const QString &host)
{
    const bool nothing = sent == Sent::Nothing;
    switch (code) {
    case QNetworkReply::TimeoutError:
        return madeOf(ErrorKind::Timeout,
                      nothing ? u"%1 did not answer in time. Nothing was sent; it can be tried again."_s.arg(host)
                              : u"%1 did not answer in time. It is not known whether the server acted."_s.arg(host),
                      nothing);
    case QNetworkReply::OperationCanceledError:
        return madeOf(ErrorKind::Cancelled, u"The request to %1 was stopped."_s.arg(host), nothing);
    case QNetworkReply::SslHandshakeFailedError: {
        Error error =
            madeOf(ErrorKind::ServerTrouble,
                   u"%1 could not prove who it is: its certificate is not valid for this name, has expired or "
                   "is not trusted. Nothing was sent; check the address, the date of this computer and "
                   "whether the network asks for a sign-in of its own."_s.arg(host),
                   true);
        error.code = QString::fromLatin1(kCertificateCode);
        return error;
    }
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolFailure:
        return madeOf(ErrorKind::InvalidReply, u"%1 answered something that is not HTTP."_s.arg(host), nothing);
    default: // an enumeration of Qt's that grows; whatever it is, the connection is gone
        return brokeOff(sent, host);
    }
}

std::optional<Error> errorFor(int status, const Headers &headers, Instant now, const QString &host)
{
    const bool asksForTime = status == 429 || (status == 503 && !valueOf(headers, "retry-after").isEmpty());
    if (asksForTime) {
        Error error = madeOf(ErrorKind::RateLimited,
                             u"%1 asked to be left alone for a while. It will be asked again by itself."_s.arg(host),
                             status == 429);
        error.httpStatus = status;
        error.retryAfter = retryAfterOf(headers, now).value_or(kUsualPause);
        return error;
    }
    if (status < 500)
        return std::nullopt;
    Error error =
        madeOf(ErrorKind::ServerTrouble,
               u"%1 failed (HTTP %2). It is not known whether the server acted."_s.arg(host).arg(status), false);
    error.httpStatus = status;
    return error;
}

bool isWorthRepeating(const Error &error)
{
    if (error.kind == ErrorKind::RateLimited)
        return true;
    // 501 and 505 say that the server cannot do this at all.
    const int status = error.httpStatus.value_or(0);
    return error.kind == ErrorKind::ServerTrouble && error.code != QLatin1StringView(kCertificateCode) &&
           status != 501 && status != 505;
}

std::chrono::milliseconds withJitter(std::chrono::milliseconds pause, double random)
{
    const double longer = static_cast<double>(pause.count()) * (1.0 + std::clamp(random, 0.0, 1.0) / 2);
    return std::chrono::milliseconds(static_cast<qint64>(longer));
}

std::optional<std::chrono::milliseconds> retryAfterOf(const Headers &headers, Instant now)
{
    const QByteArray value = valueOf(headers, "retry-after").trimmed();
    if (const std::optional<qint64> seconds = digits(value))
        return fromSeconds(*seconds);
    if (const std::optional<Instant> moment = httpDate(value))
        return bounded(*moment - serverTime(headers, now));
    for (const char *prefix : kLimitPrefixes) {
        if (const auto reset = resetOf(headers, prefix, now))
            return reset;
    }
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> exhaustedFor(const Headers &headers, Instant now)
{
    for (const char *prefix : kLimitPrefixes) {
        // Some servers send fractions ("0.0"), and several limits as a list; only a plain zero is certain.
        const QByteArray remaining = valueOf(headers, QByteArray(prefix) + "remaining").trimmed();
        if (remaining == "0" || remaining == "0.0")
            return resetOf(headers, prefix, now);
    }
    return std::nullopt;
}

} // namespace indelible::net
