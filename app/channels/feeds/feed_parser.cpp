// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_parser.h"

#include "app/channels/feeds/feed_text.h"
#include "app/channels/feeds/feed_xml.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

FeedDocument readXml(const QString &text, const QUrl &address)
{
    FeedXml xml(mendedXml(text), address);
    xml.readRoot();
    const QString root = xml.name();
    if (root == "rss"_L1 || xml.is(Space::Rdf, "RDF"_L1))
        return readRss(xml);
    if (root == "feed"_L1)
        return readAtom(xml);
    throw BadFeed{u"it is XML, but no feed ('%1')"_s.arg(root.left(40))};
}

/// By its first letters: a page need not be well-formed, and is not worth a sentence about that.
bool isPage(const QString &text)
{
    const QString head = text.left(1024).toLower();
    const qsizetype page = head.indexOf("<html"_L1);
    const QStringView before = QStringView(head).left(std::max<qsizetype>(page, 0));
    return head.startsWith("<!doctype html"_L1) || head.startsWith("<head"_L1) || head.startsWith("<body"_L1) ||
           (page >= 0 && !before.contains("<rss"_L1) && !before.contains("<feed"_L1));
}

} // namespace

Result<FeedDocument> parseFeed(const QByteArray &bytes, const QByteArray &contentType, const QUrl &address)
{
    const Result<QString> decoded = decodedDocument(bytes, charsetOf(contentType));
    if (!decoded)
        return failure(decoded.error());
    const QString text = decoded->trimmed();
    try {
        if (text.startsWith(u'{'))
            return readJsonFeed(text.toUtf8(), address);
        if (isPage(text))
            return unreadable(
                u"the address leads to a web page, not to a feed, or a page for signing in stands in between"_s);
        if (text.startsWith(u'<'))
            return readXml(text, address);
        return unreadable(text.isEmpty() ? u"it is empty"_s : u"it is neither XML nor JSON"_s);
    } catch (const BadFeed &bad) {
        return unreadable(bad.problem);
    }
}

Media mediaOf(const QString &type, const QString &address, const QString &description)
{
    const QString lower = type.toLower();
    const QString kind = lower.startsWith("image"_L1)   ? u"image"_s
                         : lower.startsWith("video"_L1) ? u"video"_s
                                                        : u"file"_s;
    return {kind, description, address};
}

void take(FeedDocument &document, FeedEntry entry)
{
    const bool saysNothing = entry.title.value.isEmpty() && entry.content.value.isEmpty() && entry.media.empty();
    if (saysNothing && entry.link.isEmpty())
        return;
    if (document.entries.size() == kMostEntries) {
        document.cutShort = true;
        return;
    }
    constexpr std::size_t kMostMedia = 20;
    if (entry.media.size() > kMostMedia)
        entry.media.resize(kMostMedia);
    document.entries.push_back(std::move(entry));
}

} // namespace indelible::channels::feeds
