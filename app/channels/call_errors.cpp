// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/call_errors.h"

#include <QStringList>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace indelible::channels {

QString encodedPairs(const std::vector<std::pair<QString, QString>> &pairs)
{
    QStringList parts;
    for (const auto &[name, value] : pairs)
        parts.append(QString::fromLatin1(QUrl::toPercentEncoding(name)) + u'=' +
                     QString::fromLatin1(QUrl::toPercentEncoding(value)));
    return parts.join(u'&');
}

ErrorKind kindOfStatus(int status)
{
    switch (status) {
    case 401:
        return ErrorKind::Unauthorised;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
    case 410:
        return ErrorKind::NotFound;
    case 409:
        return ErrorKind::Conflict;
    case 408:
        return ErrorKind::Timeout;
    case 429:
        return ErrorKind::RateLimited;
    case 501:
        return ErrorKind::Rejected;
    default:
        break;
    }
    if (status >= 500)
        return ErrorKind::ServerTrouble;
    return status >= 400 ? ErrorKind::Rejected : ErrorKind::InvalidReply;
}

Error whileReading(Error error, const QString &network)
{
    if (error.kind != ErrorKind::ServerTrouble)
        return error;
    if (error.httpStatus == 502)
        error.detail =
            u"The %1 server cannot reach the service behind it (502). Nothing is lost; it will be asked again."_s.arg(
                network);
    else if (error.httpStatus)
        error.detail = u"The %1 server failed (%2). Nothing is lost; it will be asked again."_s.arg(network).arg(
            *error.httpStatus);
    else
        error.detail =
            u"The connection to the %1 server broke before the whole answer had come. Nothing of it was taken over; it will be asked again."_s
                .arg(network);
    return error;
}

Error beforeTheCall(Error error)
{
    error.provablyNotProcessed = true;
    return error;
}

tl::unexpected<Error> cancelled()
{
    return failure(ErrorKind::Cancelled, u"Stopped before the end; nothing was taken over."_s);
}

} // namespace indelible::channels
