// SPDX-License-Identifier: GPL-3.0-or-later
// JSON Feed 1.0 and 1.1 (jsonfeed.org).
#include "app/channels/feeds/feed_dates.h"
#include "app/channels/feeds/feed_parser.h"
#include "app/channels/feeds/feed_xml.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

/// An id may be a number, against the specification, and is then meant as its digits.
QString idOf(const QJsonValue &value)
{
    constexpr qint64 kNoNumber = -1;
    const qint64 number = value.toInteger(kNoNumber);
    if (value.isDouble() && number != kNoNumber)
        return QString::number(number);
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 17) : value.toString();
}

FeedPerson authorOf(const QJsonObject &object, const QUrl &address)
{
    const QJsonValue first = object.value("authors"_L1).toArray().at(0); // 1.1
    const QJsonObject author = first.isObject() ? first.toObject() : object.value("author"_L1).toObject();
    return {author.value("name"_L1).toString().simplified(), webAddress(address, author.value("url"_L1).toString()),
            QString()};
}

std::vector<Media> attachmentsOf(const QJsonObject &item, const QUrl &address)
{
    std::vector<Media> media;
    const QJsonArray attachments = item.value("attachments"_L1).toArray();
    for (const auto &value : attachments) {
        const QJsonObject attachment = value.toObject();
        Media medium = mediaOf(attachment.value("mime_type"_L1).toString(),
                               webAddress(address, attachment.value("url"_L1).toString()),
                               attachment.value("title"_L1).toString());
        if (!medium.address.isEmpty())
            media.push_back(std::move(medium));
    }
    return media;
}

FeedEntry entryOf(const QJsonObject &item, const QUrl &address)
{
    FeedEntry entry;
    entry.id = idOf(item.value("id"_L1));
    entry.link = webAddress(address, item.value("url"_L1).toString());
    if (entry.link.isEmpty())
        entry.link = webAddress(address, item.value("external_url"_L1).toString());
    entry.title = {item.value("title"_L1).toString().trimmed(), false};
    const QString html = item.value("content_html"_L1).toString();
    const QString text = item.value("content_text"_L1).toString();
    entry.content = html.trimmed().isEmpty() ? FeedText{text.trimmed(), false} : FeedText{html, true};
    if (entry.content.value.isEmpty())
        entry.content = {item.value("summary"_L1).toString().trimmed(), false};
    entry.author = authorOf(item, address);
    entry.language = languageTag(item.value("language"_L1).toString());
    entry.published = feedDate(item.value("date_published"_L1).toString());
    entry.updated = feedDate(item.value("date_modified"_L1).toString());
    entry.media = attachmentsOf(item, address);
    return entry;
}

QJsonObject objectOf(const QByteArray &utf8)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(utf8, &problem);
    if (problem.error == QJsonParseError::DeepNesting)
        throw BadFeed{u"it is nested too deeply"_s};
    if (problem.error != QJsonParseError::NoError || !document.isObject())
        throw BadFeed{u"it begins as JSON and is cut off or damaged"_s};
    return document.object();
}

} // namespace

FeedDocument readJsonFeed(const QByteArray &utf8, const QUrl &address)
{
    const QJsonObject feed = objectOf(utf8);
    if (!feed.value("items"_L1).isArray() || !feed.value("version"_L1).toString().contains("jsonfeed.org"_L1))
        throw BadFeed{u"it is JSON, but no feed"_s};
    FeedDocument document;
    document.title = feed.value("title"_L1).toString().simplified();
    document.link = webAddress(address, feed.value("home_page_url"_L1).toString());
    document.language = languageTag(feed.value("language"_L1).toString());
    document.author = authorOf(feed, address);
    document.expired = feed.value("expired"_L1).toBool();
    const QJsonArray items = feed.value("items"_L1).toArray();
    for (const auto &item : items) {
        FeedEntry entry = entryOf(item.toObject(), address);
        if (entry.id.isEmpty())
            continue; // the specification: an item without an id is thrown away
        if (entry.language.isEmpty())
            entry.language = document.language;
        take(document, std::move(entry));
    }
    return document;
}

} // namespace indelible::channels::feeds
