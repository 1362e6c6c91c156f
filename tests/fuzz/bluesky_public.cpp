// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_parser.h"
#include "tests/fuzz/item_rules.h"

using namespace indelible;
using namespace indelible::channels::bluesky;

namespace {

const QString kDid = QStringLiteral("did:plc:shop");

void requireGoodItems(const std::vector<RemoteItem> &items)
{
    for (const RemoteItem &item : items)
        fuzz::requireGoodItem(item);
}

void tryNotifications(const QByteArray &bytes)
{
    const Result<NotificationPage> page = parseNotifications(bytes, kDid);
    for (const Notification &notification : page ? page->notifications : std::vector<Notification>()) {
        if (notification.item)
            fuzz::requireGoodItem(*notification.item);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    switch (input.choice(6)) {
    case 0:
        tryNotifications(input.bytes());
        break;
    case 1:
        if (const Result<FeedPage> page = parseFeed(input.bytes(), kDid))
            requireGoodItems(page->items);
        break;
    case 2:
        if (const Result<ThreadPosts> thread = parseThread(input.bytes(), kDid))
            requireGoodItems(thread->items);
        break;
    case 3:
        if (const Result<std::vector<RemoteItem>> posts = parsePosts(input.bytes(), kDid))
            requireGoodItems(*posts);
        break;
    case 4:
        if (const Result<StoredRecord> stored = parseRecord(input.bytes()))
            fuzz::require(!stored->uri.isEmpty(), "a stored record has an address");
        break;
    default:
        if (const Result<QString> did = parseDid(input.bytes()))
            fuzz::require(!did->isEmpty(), "a did is not empty");
        (void)parseDisplayName(input.bytes());
    }
    return 0;
}
