// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_address.h"
#include "app/channels/feeds/feed_dates.h"
#include "app/channels/feeds/feed_items.h"
#include "app/channels/feeds/feed_parser.h"
#include "app/channels/feeds/feed_words.h"
#include "app/channels/feeds/feed_xml.h"
#include "tests/fuzz/item_rules.h"

#include <QUrl>

using namespace indelible;
using namespace indelible::channels::feeds;
using namespace Qt::StringLiterals;

namespace {

const QUrl kAddress(u"https://blog.example/feed"_s);
const Instant kNow = fromMs(1'795'338'000'000);

QStringList idsOf(const FeedNews &news)
{
    QStringList ids;
    for (const RemoteItem &item : news.items)
        ids.append(item.remoteId);
    return ids;
}

void tryDocument(const QByteArray &bytes, const QByteArray &contentType)
{
    const Result<FeedDocument> document = parseFeed(bytes, contentType, kAddress);
    if (!document) {
        fuzz::require(document.error().kind == ErrorKind::InvalidReply && !document.error().detail.isEmpty(),
                      "what cannot be read is said");
        return;
    }
    fuzz::require(document->entries.size() <= kMostEntries, "there are never more items than allowed");
    const FeedNews first = newsOf(*document, kAddress, {}, {}, kNow);
    for (const RemoteItem &item : first.items) {
        fuzz::requireGoodItem(item);
        fuzz::require(item.createdAt <= kNow, "no date lies in the future");
        const QUrl url(item.url, QUrl::StrictMode);
        fuzz::require(item.url.isEmpty() || url.scheme() == "https"_L1 || url.scheme() == "http"_L1,
                      "an item leads to the web or nowhere");
    }
    QStringList ids = idsOf(first);
    fuzz::require(ids.removeDuplicates() == 0, "no two items have the same id");
    Position position;
    position.known = first.known;
    const FeedNews again = newsOf(*document, kAddress, readPosition(writePosition(position)).known, {}, kNow);
    fuzz::require(idsOf(again) == idsOf(first), "the same document brings the same items");
    fuzz::require(!again.mayHaveMissed, "and misses none");
}

void tryPosition(const QByteArray &bytes)
{
    const channels::Cursor once = writePosition(readPosition(bytes));
    fuzz::require(writePosition(readPosition(once)) == once, "a position comes back as it was written");
    if (const Result<FeedSettings> settings = readSettings(bytes)) {
        const Result<FeedSettings> back = readSettings(writeSettings(*settings));
        fuzz::require(!back || back->words == settings->words, "words come back as they were written");
    }
}

void tryText(const QString &text)
{
    if (const std::optional<Instant> date = feedDate(text)) {
        fuzz::require(fromRfc3339(toRfc3339(*date)) == date, "a date is one that can be written");
    }
    if (const Result<QUrl> address = feedAddress(text)) {
        fuzz::require(address->userInfo().isEmpty() && !address->host().isEmpty(), "an address names a host alone");
        fuzz::require(!holdsSecret(*address) || !shownAddress(*address).contains(u'/'), "a secret is not shown");
    }
    const QString behind = linkBehind(text);
    fuzz::require(behind == text || !webAddress(QUrl(), behind).isEmpty(), "a redirect leads to the web");
    (void)comparableLink(text);
    const QStringList words = watchWords(text);
    for (const QString &word : words)
        (void)containsOne({word}, text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    switch (input.choice(4)) {
    case 0:
        tryDocument(input.bytes(), "text/xml");
        break;
    case 1:
        tryDocument(input.bytes(), "text/xml; charset=iso-8859-1");
        break;
    case 2:
        tryPosition(input.bytes());
        break;
    default:
        tryText(wellFormed(input.text().left(2000)));
    }
    return 0;
}
