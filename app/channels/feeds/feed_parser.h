// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/channels/feeds/feed_document.h"

#include <QByteArray>
#include <QUrl>

namespace indelible::channels::feeds {

class FeedXml;

/// From the bytes of an answer to its items. What the document begins with decides what it is (RSS 0.9x, 1.0, 2.0, Atom
/// 0.3 and 1.0, JSON Feed 1.x), not what the server calls it; `contentType` as it came gives the charset where the
/// document itself names none. `address` is where it was found: relative addresses are meant from there. Pure.
///
/// InvalidReply, in one sentence: a web page, cut off, damaged, nested too deeply, an unknown encoding or format. Then
/// nothing of the document is taken. A single item without any words is left out; everything else that is odd in one
/// item costs only that part of it.
[[nodiscard]] Result<FeedDocument> parseFeed(const QByteArray &bytes, const QByteArray &contentType,
                                             const QUrl &address);

// The formats, for parseFeed() alone. The root element has been read; all throw BadFeed.
[[nodiscard]] FeedDocument readRss(FeedXml &xml);
[[nodiscard]] FeedDocument readAtom(FeedXml &xml);
[[nodiscard]] FeedDocument readJsonFeed(const QByteArray &utf8, const QUrl &address);

/// What an enclosure is, from its media type.
[[nodiscard]] Media mediaOf(const QString &type, const QString &address, const QString &description);

/// Adds an entry unless there are too many or it says nothing at all.
void take(FeedDocument &document, FeedEntry entry);

} // namespace indelible::channels::feeds
