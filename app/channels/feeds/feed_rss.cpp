// SPDX-License-Identifier: GPL-3.0-or-later
// RSS 2.0, 1.0 (RDF) and 0.9x.
#include "app/channels/feeds/feed_dates.h"
#include "app/channels/feeds/feed_parser.h"
#include "app/channels/feeds/feed_prose.h"
#include "app/channels/feeds/feed_text.h"
#include "app/channels/feeds/feed_xml.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

/// RSS does not say whether words are HTML; most are.
FeedText guessed(FeedText words)
{
    words.isHtml = words.isHtml || looksLikeHtml(words.value);
    return words;
}

/// "mail@host (Name)", "Name <mail@host>", a mail address or a name alone.
FeedPerson personOf(const QString &text)
{
    static const QRegularExpression mailFirst(u"^(\\S+@\\S+)\\s*\\((.*)\\)$"_s);
    static const QRegularExpression nameFirst(u"^(.*?)\\s*[<(](\\S+@[^\\s>)]+)[>)]$"_s);
    if (const auto match = mailFirst.match(text); match.hasMatch())
        return {match.captured(2).trimmed(), {}, match.captured(1)};
    if (const auto match = nameFirst.match(text); match.hasMatch())
        return {match.captured(1).trimmed(), {}, match.captured(2)};
    return text.contains(u'@') && !text.contains(u' ') && !text.startsWith(u'@') ? FeedPerson{{}, {}, text}
                                                                                 : FeedPerson{text, {}, {}};
}

/// An item while it is read: of the places where the same thing may stand, the best one wins, wherever it comes.
struct RssItem
{
    FeedEntry entry;
    QString permalink; ///< a guid that says that it is one
    QString about;     ///< rdf:about
    QString atomLink;
    std::array<FeedText, 4> bodies;    ///< content:encoded, description, itunes or Atom, media
    std::array<FeedPerson, 3> authors; ///< dc:creator, author, itunes
};

void readEnclosure(FeedXml &xml, RssItem &item)
{
    const Media media = mediaOf(xml.attribute("type"_L1), xml.address(xml.attribute("url"_L1)), QString());
    if (!media.address.isEmpty())
        item.entry.media.push_back(media);
    xml.skip();
}

void readMediaGroup(FeedXml &xml, RssItem &item)
{
    while (xml.nextChild()) {
        if (xml.is(Space::Media, "content"_L1)) {
            readEnclosure(xml, item);
        } else if (xml.is(Space::Media, "description"_L1)) {
            item.bodies[3] = guessed(xml.words());
        } else {
            xml.skip();
        }
    }
}

void readMedia(FeedXml &xml, RssItem &item)
{
    if (xml.name() == "group"_L1) {
        readMediaGroup(xml, item);
    } else if (xml.name() == "description"_L1) {
        item.bodies[3] = guessed(xml.words());
    } else if (xml.name() == "content"_L1) {
        const QString type = xml.attribute("medium"_L1) + xml.attribute("type"_L1);
        Media media = mediaOf(type, xml.address(xml.attribute("url"_L1)), QString());
        while (xml.nextChild()) {
            const bool describes = xml.is(Space::Media, "description"_L1) || xml.is(Space::Media, "title"_L1);
            if (describes && media.description.isEmpty())
                media.description = xml.text();
            else
                xml.skip();
        }
        if (!media.address.isEmpty())
            item.entry.media.push_back(std::move(media));
    } else {
        xml.skip();
    }
}

void readGuid(FeedXml &xml, RssItem &item)
{
    const bool isPermalink = xml.attribute("isPermaLink"_L1).compare("false"_L1, Qt::CaseInsensitive) != 0;
    item.entry.id = xml.text();
    if (isPermalink && item.entry.id.startsWith("http"_L1, Qt::CaseInsensitive))
        item.permalink = xml.address(item.entry.id);
}

/// The elements of RSS itself and of Atom, where it is mixed in.
void readPlainPart(FeedXml &xml, RssItem &item)
{
    const QString name = xml.name();
    if (name == "title"_L1)
        item.entry.title = guessed(xml.words());
    else if (name == "link"_L1 && !xml.attribute("href"_L1).isEmpty()) {
        const QString rel = xml.attribute("rel"_L1);
        if (rel.isEmpty() || rel == "alternate"_L1)
            item.atomLink = xml.address(xml.attribute("href"_L1));
        xml.skip();
    } else if (name == "link"_L1)
        item.entry.link = xml.address(xml.text());
    else if (name == "guid"_L1)
        readGuid(xml, item);
    else if (name == "description"_L1)
        item.bodies[1] = guessed(xml.words());
    else if (name == "summary"_L1 || name == "content"_L1)
        item.bodies[2] = guessed(xml.words());
    else if (name == "author"_L1)
        item.authors[1] = personOf(xml.text());
    else if (name == "pubDate"_L1 || name == "published"_L1)
        item.entry.published = feedDate(xml.text());
    else if (name == "updated"_L1)
        item.entry.updated = feedDate(xml.text());
    else if (name == "enclosure"_L1)
        readEnclosure(xml, item);
    else
        xml.skip();
}

void readItemPart(FeedXml &xml, RssItem &item)
{
    switch (xml.space()) {
    case Space::Feed:
        return readPlainPart(xml, item);
    case Space::Media:
        return readMedia(xml, item);
    case Space::Threading:
        if (xml.name() == "in-reply-to"_L1)
            item.entry.parent = xml.attribute("ref"_L1);
        return xml.skip();
    case Space::Content:
        if (xml.name() == "encoded"_L1)
            item.bodies[0] = {xml.words().value, true};
        else
            xml.skip();
        return;
    case Space::Dublin:
        if (xml.name() == "creator"_L1)
            item.authors[0] = personOf(xml.text());
        else if (xml.name() == "date"_L1)
            item.entry.updated = feedDate(xml.text());
        else
            xml.skip();
        return;
    case Space::Itunes:
        if (xml.name() == "author"_L1)
            item.authors[2] = personOf(xml.text());
        else if (xml.name() == "summary"_L1)
            item.bodies[2] = guessed(xml.words());
        else
            xml.skip();
        return;
    case Space::Rdf:
    case Space::Tombstone:
    case Space::Syndication:
    case Space::Other:
        return xml.skip();
    }
    Q_UNREACHABLE();
}

FeedEntry readItem(FeedXml &xml)
{
    RssItem item;
    item.about = xml.attribute("rdf:about"_L1);
    item.entry.language = xml.language();
    while (xml.nextChild())
        readItemPart(xml, item);
    FeedEntry &entry = item.entry;
    if (entry.id.isEmpty())
        entry.id = item.about;
    for (const QString &link : {item.permalink, item.atomLink, xml.address(item.about)})
        entry.link = entry.link.isEmpty() ? link : entry.link;
    const auto body = std::ranges::find_if(item.bodies, [](const FeedText &text) { return !text.value.isEmpty(); });
    if (body != item.bodies.end())
        entry.content = *body;
    const auto author = std::ranges::find_if(item.authors, [](const FeedPerson &person) { return !person.isEmpty(); });
    if (author != item.authors.end())
        entry.author = *author;
    return std::move(item.entry);
}

/// sy:updatePeriod, in minutes; nothing for words that are none of its five.
std::optional<std::chrono::minutes> periodOf(const QString &word)
{
    using namespace std::chrono_literals;
    constexpr std::array kPeriods{
        std::pair("hourly", std::chrono::minutes(60)), std::pair("daily", std::chrono::minutes(24h)),
        std::pair("weekly", std::chrono::minutes(168h)), std::pair("monthly", std::chrono::minutes(720h)),
        std::pair("yearly", std::chrono::minutes(8760h))};
    const auto known = std::ranges::find_if(kPeriods, [&](const auto &entry) {
        return word.compare(QLatin1StringView(entry.first), Qt::CaseInsensitive) == 0;
    });
    return known == kPeriods.end() ? std::nullopt : std::optional(known->second);
}

/// What the channel says about itself. The hints about pauses are what the longest of them says.
void readChannelPart(FeedXml &xml, FeedDocument &document, std::optional<std::chrono::minutes> &period, int &frequency)
{
    if (xml.is(Space::Feed, "title"_L1))
        document.title = proseOf(guessed(xml.words())).text.simplified();
    else if (xml.is(Space::Feed, "link"_L1) && xml.attribute("href"_L1).isEmpty())
        document.link = xml.address(xml.text());
    else if (xml.is(Space::Feed, "language"_L1) || xml.is(Space::Dublin, "language"_L1))
        document.language = languageTag(xml.text());
    else if (xml.is(Space::Feed, "ttl"_L1))
        document.pause = std::chrono::minutes(std::clamp(xml.text().toInt(), 0, 60 * 24 * 7));
    else if (xml.is(Space::Syndication, "updatePeriod"_L1))
        period = periodOf(xml.text());
    else if (xml.is(Space::Syndication, "updateFrequency"_L1))
        frequency = std::clamp(xml.text().toInt(), 1, 10'000);
    else if (xml.is(Space::Itunes, "author"_L1))
        document.author = personOf(xml.text());
    else
        xml.skip();
}

void readChannel(FeedXml &xml, FeedDocument &document)
{
    std::optional<std::chrono::minutes> period;
    int frequency = 1;
    while (xml.nextChild()) {
        if (xml.is(Space::Feed, "item"_L1))
            take(document, readItem(xml));
        else
            readChannelPart(xml, document, period, frequency);
    }
    if (period)
        document.pause = std::max(document.pause.value_or(std::chrono::minutes(0)), *period / frequency);
}

} // namespace

FeedDocument readRss(FeedXml &xml)
{
    FeedDocument document;
    while (xml.nextChild()) {
        if (xml.is(Space::Feed, "channel"_L1))
            readChannel(xml, document);
        else if (xml.is(Space::Feed, "item"_L1)) // RSS 1.0 and 0.9: beside the channel
            take(document, readItem(xml));
        else
            xml.skip();
    }
    for (FeedEntry &entry : document.entries) {
        if (entry.language.isEmpty())
            entry.language = document.language;
    }
    return document;
}

} // namespace indelible::channels::feeds
