// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_address.h"

#include "app/channels/feeds/feed_xml.h"
#include "app/net/address_rules.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

bool isGoogle(const QString &host)
{
    static const QRegularExpression form(u"^(www\\.)?google\\.[a-z]{2,3}(\\.[a-z]{2})?$"_s);
    return form.match(host.toLower()).hasMatch();
}

/// Words have vowels and hyphens, dates have few letters; what is long and has both letters and digits is random.
bool isRandomPart(const QString &part)
{
    constexpr qsizetype kShortest = 20;
    const bool hasDigit = std::ranges::any_of(part, [](QChar unit) { return unit.isDigit(); });
    return part.size() >= kShortest && hasDigit && !part.contains(u'-') && !part.contains(u'.');
}

bool countsClicks(const QString &parameter)
{
    return parameter.startsWith("utm_"_L1) || parameter == "fbclid"_L1 || parameter == "gclid"_L1;
}

} // namespace

Result<QUrl> feedAddress(const QString &typed)
{
    QString text = typed.trimmed();
    if (text.startsWith("feed://"_L1, Qt::CaseInsensitive))
        text = u"https"_s + text.mid(4);
    else if (text.startsWith("feed:"_L1, Qt::CaseInsensitive))
        text = text.mid(5);
    if (!text.contains("://"_L1))
        text.prepend("https://"_L1);
    QUrl url(text);
    url.setFragment(QString());
    const QString complete = webAddress(QUrl(), text);
    if (!url.userInfo().isEmpty())
        return failure(
            ErrorKind::Rejected,
            u"Feeds behind a user name and password cannot be read. Nothing was changed; use an address without them."_s);
    if (complete.isEmpty() || text.contains(u' '))
        return failure(
            ErrorKind::Rejected,
            u"This is not the address of a feed: it must begin with https://. Nothing was changed; copy the feed's address from its page."_s);
    return url;
}

bool isGoogleAlerts(const QUrl &address)
{
    return isGoogle(address.host()) && address.path().startsWith("/alerts/feeds/"_L1);
}

bool isAtHome(const QUrl &address)
{
    const QString host = address.host();
    const QHostAddress literal(host);
    if (!literal.isNull())
        return net::classify(literal) != net::AddressKind::Public;
    return !host.contains(u'.') || host.endsWith(".local"_L1) || host.endsWith(".lan"_L1) ||
           host.endsWith(".home.arpa"_L1) || host.endsWith(".internal"_L1);
}

bool holdsSecret(const QUrl &address)
{
    const QStringList parts = address.path().split(u'/');
    return isGoogleAlerts(address) || address.hasQuery() || std::ranges::any_of(parts, isRandomPart);
}

QString shownAddress(const QUrl &address)
{
    QString host = address.host();
    if (holdsSecret(address))
        return host;
    const QString path = address.path();
    return path == "/"_L1 ? host : host + path;
}

QString feedId(const QUrl &address)
{
    const QByteArray whole = address.toEncoded();
    if (!holdsSecret(address))
        return QString::fromLatin1(whole);
    return u"sha256:"_s + QString::fromLatin1(QCryptographicHash::hash(whole, QCryptographicHash::Sha256).toHex());
}

QUrl serverOf(const QUrl &address)
{
    QUrl server;
    server.setScheme(address.scheme());
    server.setHost(address.host());
    server.setPort(address.port());
    return server;
}

QString linkBehind(const QString &link)
{
    const QUrl url(link);
    if (!isGoogle(url.host()) || url.path() != "/url"_L1)
        return link;
    const QUrlQuery query(url);
    for (const QString &name : {u"url"_s, u"q"_s}) {
        QString target = webAddress(QUrl(), query.queryItemValue(name, QUrl::FullyDecoded));
        if (!target.isEmpty())
            return target;
    }
    return link;
}

QString comparableLink(const QString &link)
{
    QUrl url(link);
    url.setFragment(QString());
    QUrlQuery query(url);
    const auto parameters = query.queryItems(QUrl::FullyEncoded);
    for (const auto &parameter : parameters) {
        if (countsClicks(parameter.first.toLower()))
            query.removeAllQueryItems(parameter.first);
    }
    url.setQuery(query.isEmpty() ? QString() : query.query(QUrl::FullyEncoded));
    return url.toString(QUrl::FullyEncoded);
}

QString hostOf(const QString &address)
{
    const QString host = QUrl(address).host().toLower();
    return host.startsWith("www."_L1) ? host.mid(4) : host;
}

} // namespace indelible::channels::feeds
