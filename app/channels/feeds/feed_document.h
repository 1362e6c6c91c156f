// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/domain/item.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace indelible::channels::feeds {

/// More items of one document are not read.
constexpr std::size_t kMostEntries = 2000;

/// Words as the feed has them.
struct FeedText
{
    QString value;
    bool isHtml = false;
};

struct FeedPerson
{
    QString name;
    QString address; ///< a page of theirs; may be empty
    QString mail;

    [[nodiscard]] bool isEmpty() const { return name.isEmpty() && address.isEmpty() && mail.isEmpty(); }
};

/// One item, whatever the format it came in. Addresses are resolved; what the format lacks is empty.
struct FeedEntry
{
    QString id; ///< guid, id or rdf:about as it came; compared unit by unit
    QString link;
    QString parent; ///< id of the entry that this one answers (RFC 4685)
    FeedText title;
    FeedText content;
    FeedPerson author;
    QString language;
    std::optional<Instant> published;
    std::optional<Instant> updated;
    std::vector<Media> media;
};

/// One feed as it was fetched. A value.
struct FeedDocument
{
    QString title; ///< plain text
    QString link;  ///< the page that the feed is of
    QString language;
    FeedPerson author;                         ///< of the entries that name none
    std::vector<FeedEntry> entries;            ///< in the document's order
    QStringList deleted;                       ///< ids whose authors took them back (RFC 6721)
    bool cutShort = false;                     ///< there were more than kMostEntries
    bool expired = false;                      ///< it says that nothing will come any more
    std::optional<std::chrono::minutes> pause; ///< how long it wants to be left alone between two fetches
};

} // namespace indelible::channels::feeds
