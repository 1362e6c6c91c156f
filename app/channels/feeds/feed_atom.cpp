// SPDX-License-Identifier: GPL-3.0-or-later
// Atom 1.0 (RFC 4287) with threads (RFC 4685) and deleted entries (RFC 6721), and Atom 0.3 where its names differ.
#include "app/channels/feeds/feed_dates.h"
#include "app/channels/feeds/feed_parser.h"
#include "app/channels/feeds/feed_prose.h"
#include "app/channels/feeds/feed_text.h"
#include "app/channels/feeds/feed_xml.h"

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

FeedText readText(FeedXml &xml)
{
    const QString type = xml.attribute("type"_L1).toLower();
    const bool isEscaped = xml.attribute("mode"_L1) == "escaped"_L1; // Atom 0.3
    FeedText words = xml.words();
    words.isHtml = words.isHtml || type == "html"_L1 || type == "text/html"_L1 || type == "xhtml"_L1 ||
                   type == "application/xhtml+xml"_L1 || (isEscaped && looksLikeHtml(words.value));
    return words;
}

FeedPerson readPerson(FeedXml &xml)
{
    FeedPerson person;
    while (xml.nextChild()) {
        if (xml.is(Space::Feed, "name"_L1))
            person.name = xml.text().simplified();
        else if (xml.is(Space::Feed, "uri"_L1) || xml.is(Space::Feed, "url"_L1))
            person.address = xml.address(xml.text());
        else if (xml.is(Space::Feed, "email"_L1))
            person.mail = xml.text();
        else
            xml.skip();
    }
    return person;
}

/// The better of two pages of the same thing is the one for people; the first of its kind wins.
void readLink(FeedXml &xml, FeedEntry &entry, QString &otherLink)
{
    const QString rel = xml.attribute("rel"_L1);
    const QString type = xml.attribute("type"_L1).toLower();
    const QString address = xml.address(xml.attribute("href"_L1));
    if (rel == "enclosure"_L1 && !address.isEmpty())
        entry.media.push_back(mediaOf(type, address, xml.attribute("title"_L1)));
    else if ((rel.isEmpty() || rel == "alternate"_L1) && (type.isEmpty() || type.contains("html"_L1)))
        entry.link = entry.link.isEmpty() ? address : entry.link;
    else if (rel == "alternate"_L1)
        otherLink = otherLink.isEmpty() ? address : otherLink;
    xml.skip();
}

/// media:group of video sites: the words below the film stand only there.
void readMediaGroup(FeedXml &xml, FeedText &words)
{
    while (xml.nextChild()) {
        if (xml.is(Space::Media, "description"_L1))
            words = {xml.text(), false};
        else
            xml.skip();
    }
}

FeedPerson readSourceAuthor(FeedXml &xml)
{
    FeedPerson author;
    while (xml.nextChild()) {
        if (xml.is(Space::Feed, "author"_L1))
            author = readPerson(xml);
        else
            xml.skip();
    }
    return author;
}

/// The parts of an entry that stand in more than one place.
struct AtomParts
{
    FeedText summary;
    FeedText mediaWords;
    FeedPerson sourceAuthor;
    QString otherLink; ///< the alternate that is no page, or where the content lies
};

void readContent(FeedXml &xml, FeedEntry &entry, AtomParts &parts)
{
    const QString elsewhere = xml.attribute("src"_L1);
    if (!elsewhere.isEmpty())
        parts.otherLink = xml.address(elsewhere);
    entry.content = readText(xml);
}

void readEntryPart(FeedXml &xml, FeedEntry &entry, AtomParts &parts)
{
    if (xml.is(Space::Feed, "id"_L1))
        entry.id = xml.text();
    else if (xml.is(Space::Feed, "title"_L1))
        entry.title = readText(xml);
    else if (xml.is(Space::Feed, "content"_L1))
        readContent(xml, entry, parts);
    else if (xml.is(Space::Feed, "summary"_L1))
        parts.summary = readText(xml);
    else if (xml.is(Space::Feed, "link"_L1))
        readLink(xml, entry, parts.otherLink);
    else if (xml.is(Space::Feed, "author"_L1) && entry.author.isEmpty())
        entry.author = readPerson(xml);
    else if (xml.is(Space::Feed, "source"_L1))
        parts.sourceAuthor = readSourceAuthor(xml);
    else if (xml.is(Space::Feed, "published"_L1) || xml.is(Space::Feed, "issued"_L1))
        entry.published = feedDate(xml.text());
    else if (xml.is(Space::Feed, "updated"_L1) || xml.is(Space::Feed, "modified"_L1))
        entry.updated = feedDate(xml.text());
    else if (xml.is(Space::Media, "group"_L1))
        readMediaGroup(xml, parts.mediaWords);
    else if (xml.is(Space::Threading, "in-reply-to"_L1)) {
        entry.parent = xml.attribute("ref"_L1);
        xml.skip();
    } else
        xml.skip();
}

FeedEntry readEntry(FeedXml &xml)
{
    FeedEntry entry;
    AtomParts parts;
    entry.language = xml.language();
    while (xml.nextChild())
        readEntryPart(xml, entry, parts);
    if (entry.content.value.isEmpty())
        entry.content = parts.summary;
    if (entry.content.value.isEmpty())
        entry.content = parts.mediaWords;
    if (entry.author.isEmpty())
        entry.author = parts.sourceAuthor;
    if (entry.link.isEmpty())
        entry.link = parts.otherLink;
    return entry;
}

} // namespace

FeedDocument readAtom(FeedXml &xml)
{
    FeedDocument document;
    document.language = xml.language();
    FeedEntry feed; // its links are read as those of an entry
    QString otherLink;
    while (xml.nextChild()) {
        if (xml.is(Space::Feed, "entry"_L1))
            take(document, readEntry(xml));
        else if (xml.is(Space::Tombstone, "deleted-entry"_L1)) {
            if (document.deleted.size() < static_cast<qsizetype>(kMostEntries))
                document.deleted.append(xml.attribute("ref"_L1));
            xml.skip();
        } else if (xml.is(Space::Feed, "title"_L1))
            document.title = proseOf(readText(xml)).text.simplified();
        else if (xml.is(Space::Feed, "link"_L1))
            readLink(xml, feed, otherLink);
        else if (xml.is(Space::Feed, "author"_L1) && document.author.isEmpty())
            document.author = readPerson(xml);
        else
            xml.skip();
    }
    document.link = feed.link;
    return document;
}

} // namespace indelible::channels::feeds
