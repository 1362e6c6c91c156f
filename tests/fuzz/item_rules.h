// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/text.h"
#include "app/domain/item.h"
#include "app/record/canonical_json.h"
#include "app/record/item_body.h"
#include "tests/fuzz/fuzz.h"

namespace indelible::fuzz {

inline void requireGoodText(const QString &text, const std::vector<TextLink> &links)
{
    require(wellFormed(text) == text, "a text is well-formed");
    for (const TextLink &link : links)
        require(link.start >= 0 && link.length > 0 && link.start + link.length <= text.size(),
                "a link lies in its text");
}

/// What ingest relies on, whatever a network sent: it has an id and an author, and the record takes it and gives it
/// back.
inline void requireGoodItem(const RemoteItem &item)
{
    require(!item.remoteId.isEmpty(), "an item has an id");
    require(!item.threadId.isEmpty(), "an item has a thread");
    require(!item.author.remoteId.isEmpty(), "an item has an author");
    requireGoodText(item.text, item.links);
    const Result<QByteArray> body = record::canonicalJson(record::itemBody(item));
    require(body.has_value(), "the record takes the item");
    const Result<QByteArray> again = record::canonicalJson(record::itemBody(record::itemFromBody(*body)));
    require(again.has_value() && *again == *body, "an item comes back from the record as it was");
}

} // namespace indelible::fuzz
