// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_parser.h"

#include "app/channels/bluesky/bluesky_facets.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

namespace {

constexpr auto kPostCollection = "app.bsky.feed.post"_L1;

/// What a post answers.
struct ReplyRef
{
    QString rootUri;
    QString rootCid;
    QString parentUri;
};

bool isOf(const QString &uri, const QString &did)
{
    return uri.startsWith("at://"_L1 + did + u'/');
}

std::optional<ReplyRef> readReplyRef(const JsonReader &record)
{
    const JsonReader reply = record["reply"_L1];
    if (!reply.isPresent())
        return std::nullopt;
    return ReplyRef{reply["root"_L1]["uri"_L1].id(), reply["root"_L1]["cid"_L1].id(),
                    reply["parent"_L1]["uri"_L1].id()};
}

/// Where the post itself is, for what it quotes: feeds and lists have no such page here and keep their at:// address.
QString addressOfQuoted(const QString &uri)
{
    const std::optional<RecordAddress> address = recordAddress(uri);
    const QString web = address ? webAddress(uri, Author{address->repo, {}, {}}) : QString();
    return web.isEmpty() ? uri : web;
}

/// `embed` as the author wrote it gives the order and the descriptions; `view`, as the network serves it, where the
/// pictures are. Kinds of embed that are not known here are left out.
std::vector<Media> readEmbed(const JsonReader &embed, const JsonReader &view)
{
    const QString type = embed["$type"_L1].textOrNothing();
    const bool seen = view.isPresent();
    std::vector<Media> media;
    if (type == "app.bsky.embed.images"_L1) {
        const auto shown = seen ? view["images"_L1].listOrNothing() : std::vector<JsonReader>();
        for (const JsonReader &image : embed["images"_L1].list()) {
            const size_t index = media.size();
            const QString address = index < shown.size() ? shown[index]["fullsize"_L1].textOrNothing() : QString();
            media.push_back({u"image"_s, image["alt"_L1].textOrNothing(), address});
        }
    } else if (type == "app.bsky.embed.video"_L1) {
        const QString address = seen ? view["playlist"_L1].textOrNothing() : QString();
        media.push_back({u"video"_s, embed["alt"_L1].textOrNothing(), address});
    } else if (type == "app.bsky.embed.external"_L1) {
        const JsonReader external = embed["external"_L1];
        media.push_back({u"link"_s, external["title"_L1].textOrNothing(), external["uri"_L1].textOrNothing()});
    } else if (type == "app.bsky.embed.record"_L1) {
        media.push_back({u"link"_s, {}, addressOfQuoted(embed["record"_L1]["uri"_L1].id())});
    } else if (type == "app.bsky.embed.recordWithMedia"_L1) {
        media = readEmbed(embed["media"_L1], seen ? view["media"_L1] : view);
        media.push_back({u"link"_s, {}, addressOfQuoted(embed["record"_L1]["record"_L1]["uri"_L1].id())});
    }
    return media;
}

/// What comes with the words is decoration: where it is damaged, a nameless attachment says that something was there,
/// and the words are kept.
std::vector<Media> readMedia(const JsonReader &embed, const JsonReader &view)
{
    if (!embed.isPresent())
        return {};
    try {
        return readEmbed(embed, view);
    } catch (const BadReply &) {
        return {Media{u"file"_s, {}, {}}};
    }
}

ItemKind kindOf(const RemoteItem &item, const std::optional<ReplyRef> &reply, const QString &did)
{
    const bool mentionsUs = std::any_of(item.links.begin(), item.links.end(), [&](const TextLink &link) {
        return link.kind == TextLink::Kind::Person && link.target == did;
    });
    if (item.direction == Direction::Outgoing)
        return ItemKind::Comment;
    if (!reply)
        return ItemKind::Mention;
    const bool underOurs = isOf(reply->rootUri, did) || isOf(reply->parentUri, did);
    return mentionsUs && !underOurs ? ItemKind::Mention : ItemKind::Comment;
}

/// A post, from a notification or a "postView": both have uri, cid, author, record and indexedAt. One function, so that
/// the same post is the same value wherever it came from.
RemoteItem readPost(const JsonReader &post, const QString &did)
{
    const JsonReader record = post["record"_L1];
    RemoteItem item;
    item.remoteId = post["uri"_L1].id();
    item.version = post["cid"_L1].id();
    item.author = readAuthor(post["author"_L1]);
    item.text = record["text"_L1].text();
    item.links = readFacets(item.text, record["facets"_L1]);
    item.media = readMedia(record["embed"_L1], post["embed"_L1]);
    item.language = record["langs"_L1].firstText();
    const Instant indexedAt = post["indexedAt"_L1].instant();
    item.createdAt = record["createdAt"_L1].instantOrNothing().value_or(indexedAt);
    item.direction = item.author.remoteId == did ? Direction::Outgoing : Direction::Incoming;
    item.url = webAddress(item.remoteId, item.author);
    const std::optional<ReplyRef> reply = readReplyRef(record);
    item.threadId = reply ? reply->rootUri : item.remoteId;
    item.parentId = reply ? reply->parentUri : QString();
    item.kind = kindOf(item, reply, did);
    item.reply = postReply(item.remoteId, item.version, item.threadId, reply ? reply->rootCid : item.version,
                           item.author.remoteId);
    return item;
}

Notification readNotification(const JsonReader &entry, const QString &did)
{
    static const QSet<QString> kReasons{u"mention"_s, u"reply"_s, u"quote"_s};
    Notification notification;
    notification.indexedAt = entry["indexedAt"_L1].instant();
    const std::optional<RecordAddress> address = recordAddress(entry["uri"_L1].id());
    const bool isPost = address && address->collection == kPostCollection;
    if (isPost && kReasons.contains(entry["reason"_L1].id()))
        notification.item = readPost(entry, did);
    return notification;
}

void readFeedEntry(const JsonReader &entry, const QString &did, FeedPage &page)
{
    const JsonReader reason = entry["reason"_L1];
    const bool isRepost = reason.isPresent() && reason.type() == "reasonRepost"_L1;
    page.times.push_back((isRepost ? reason["indexedAt"_L1] : entry["post"_L1]["indexedAt"_L1]).instant());
    if (isRepost)
        return;
    const JsonReader reply = entry["reply"_L1];
    for (const auto name : {"root"_L1, "parent"_L1}) {
        // Deleted and blocked posts stand here under other types.
        if (reply.isPresent() && reply[name].type() == "postView"_L1)
            page.items.push_back(readPost(reply[name], did));
    }
    page.items.push_back(readPost(entry["post"_L1], did));
}

void readTree(const JsonReader &node, const QString &did, std::vector<RemoteItem> &items)
{
    std::vector<JsonReader> open{node};
    while (!open.empty()) {
        const JsonReader current = open.back();
        open.pop_back();
        if (current.type() != "threadViewPost"_L1)
            continue;
        items.push_back(readPost(current["post"_L1], did));
        std::vector<JsonReader> replies = current["replies"_L1].listOrNothing();
        open.insert(open.end(), std::make_move_iterator(replies.rbegin()), std::make_move_iterator(replies.rend()));
    }
}

} // namespace

Result<NotificationPage> parseNotifications(const QByteArray &bytes, const QString &did)
{
    return readReply(bytes, [&](const JsonReader &answer) {
        NotificationPage page;
        for (const JsonReader &entry : answer["notifications"_L1].list())
            page.notifications.push_back(readNotification(entry, did));
        page.next = answer["cursor"_L1].textOrNothing();
        return page;
    });
}

Result<FeedPage> parseFeed(const QByteArray &bytes, const QString &did)
{
    return readReply(bytes, [&](const JsonReader &answer) {
        FeedPage page;
        for (const JsonReader &entry : answer["feed"_L1].list())
            readFeedEntry(entry, did, page);
        page.next = answer["cursor"_L1].textOrNothing();
        return page;
    });
}

Result<ThreadPosts> parseThread(const QByteArray &bytes, const QString &did)
{
    return readReply(bytes, [&](const JsonReader &answer) {
        ThreadPosts thread;
        const JsonReader node = answer["thread"_L1];
        const QString type = node["$type"_L1].id();
        thread.rootMissing = !type.endsWith("#threadViewPost"_L1);
        if (thread.rootMissing)
            return thread;
        // The way up comes nested in `parent`, without the answers of those on it.
        std::vector<RemoteItem> above;
        for (JsonReader parent = node["parent"_L1]; parent.isPresent() && parent.type() == "threadViewPost"_L1;
             parent = parent["parent"_L1])
            above.push_back(readPost(parent["post"_L1], did));
        thread.items.assign(std::make_move_iterator(above.rbegin()), std::make_move_iterator(above.rend()));
        readTree(node, did, thread.items);
        return thread;
    });
}

Result<std::vector<RemoteItem>> parsePosts(const QByteArray &bytes, const QString &did)
{
    return readReply(bytes, [&](const JsonReader &answer) {
        std::vector<RemoteItem> items;
        for (const JsonReader &post : answer["posts"_L1].list())
            items.push_back(readPost(post, did));
        return items;
    });
}

Result<StoredRecord> parseRecord(const QByteArray &bytes)
{
    return readReply(bytes, [](const JsonReader &answer) {
        return StoredRecord{answer["uri"_L1].id(), answer["cid"_L1].textOrNothing(), answer["value"_L1].object()};
    });
}

Result<QString> parseDid(const QByteArray &bytes)
{
    return readReply(bytes, [](const JsonReader &answer) {
        const JsonReader did = answer["did"_L1];
        if (!did.id().startsWith("did:"_L1))
            did.fail(u"is not an account id"_s);
        return did.id();
    });
}

Result<QString> parseDisplayName(const QByteArray &bytes)
{
    return readReply(bytes, [](const JsonReader &answer) { return answer["displayName"_L1].textOrNothing(); });
}

Author readAuthor(const JsonReader &profile)
{
    return Author{profile["did"_L1].id(), profile["handle"_L1].id(), profile["displayName"_L1].textOrNothing()};
}

std::optional<RecordAddress> recordAddress(const QString &uri)
{
    const QStringList parts = uri.split(u'/');
    if (parts.size() != 5 || parts.at(0) != "at:"_L1 || !parts.at(1).isEmpty() || parts.at(2).isEmpty() ||
        parts.at(3).isEmpty() || parts.at(4).isEmpty())
        return std::nullopt;
    return RecordAddress{parts.at(2), parts.at(3), parts.at(4)};
}

QString webAddress(const QString &uri, const Author &author)
{
    const std::optional<RecordAddress> address = recordAddress(uri);
    if (!address || address->collection != kPostCollection)
        return {};
    const bool handleHolds = !author.handle.isEmpty() && author.handle != "handle.invalid"_L1;
    return u"https://bsky.app/profile/%1/post/%2"_s.arg(handleHolds ? author.handle : address->repo, address->key);
}

QJsonObject postReply(const QString &uri, const QString &cid, const QString &rootUri, const QString &rootCid,
                      const QString &authorDid)
{
    return {{"uri"_L1, uri}, {"cid"_L1, cid}, {"rootUri"_L1, rootUri}, {"rootCid"_L1, rootCid}, {"did"_L1, authorDid}};
}

} // namespace indelible::channels::bluesky
