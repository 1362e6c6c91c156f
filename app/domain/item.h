// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/domain/ids.h"

#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace indelible {

enum class ItemKind { Mention = 1, Review = 2, Comment = 3, Message = 4 };
enum class Direction { Incoming = 1, Outgoing = 2 };
enum class Audience { Public = 1, Private = 2 };

[[nodiscard]] QString toString(ItemKind kind);
[[nodiscard]] QString toString(Direction direction);
[[nodiscard]] QString toString(Audience audience);
[[nodiscard]] std::optional<ItemKind> itemKindFrom(const QString &text);
[[nodiscard]] std::optional<Direction> directionFrom(const QString &text);
[[nodiscard]] std::optional<Audience> audienceFrom(const QString &text);

/// Who said it, as the network shows them at the time of the item.
struct Author
{
    QString remoteId; ///< the network's lasting id (a DID, a number); handles change, this does not
    QString handle;   ///< without a leading @
    QString name;     ///< display name; may be empty

    [[nodiscard]] QString displayName() const { return name.trimmed().isEmpty() ? handle : name; }
    friend bool operator==(const Author &, const Author &) = default;
};

/// Somebody whom a person is easily taken for, and is not: see look_alike.h.
struct LookAlike
{
    QString network;   ///< of the handle; empty where it is the name of a person at our desk
    QString handle;    ///< of whom they look like
    bool ours = false; ///< looks like the business itself
    friend bool operator==(const LookAlike &, const LookAlike &) = default;
};

/// A stretch of an item's text that stands for something else. Positions are UTF-16 units, inside the text.
struct TextLink
{
    enum class Kind { Web = 1, Person = 2, Tag = 3 };
    qsizetype start = 0;
    qsizetype length = 0;
    Kind kind = Kind::Web;
    QString target; ///< the address, the person's remote id, or the tag without '#'
    friend bool operator==(const TextLink &, const TextLink &) = default;
};

/// A picture, film or file that came with an item. Only named here: nothing is loaded without a click.
struct Media
{
    QString kind;        ///< "image", "video", "link", "file"
    QString description; ///< the author's own description (alt text) or the link's title; may be empty
    QString address;     ///< where it lives, as the network says; may be empty
    friend bool operator==(const Media &, const Media &) = default;
};

/// What an item says in one of its versions, where a network tells of those before the newest.
struct Wording
{
    QString version; ///< as RemoteItem::version
    QString text;
    std::vector<TextLink> links;
    std::vector<Media> media;
    friend bool operator==(const Wording &, const Wording &) = default;
};

/// One thing that somebody said, as a channel delivers it. A value; no ids of ours.
struct RemoteItem
{
    QString remoteId; ///< unique on its account, never empty
    QString version;  ///< changes when the content changed (a hash, an edit time); empty where the network has none
    QString threadId; ///< remote id of the conversation it belongs to, never empty
    QString parentId; ///< the item it answers; empty at the top
    ItemKind kind = ItemKind::Mention;
    Direction direction = Direction::Incoming;
    Audience audience = Audience::Public;
    Author author;
    QString text; ///< plain text, well-formed; what the person wrote, all of it
    std::vector<TextLink> links;
    std::vector<Media> media;
    std::optional<int> stars; ///< 1 to 5, reviews only
    QString language;         ///< BCP 47 as the network or author says; empty = not said
    QString url;              ///< where a person can see it in a browser; empty = nowhere
    Instant createdAt;        ///< as the author's side says; may lie, never used for order of arrival
    QJsonObject reply; ///< what the channel needs in order to answer this item, opaque to everybody else; no secrets
    std::vector<Wording> earlier; ///< oldest first; empty where the network does not tell

    friend bool operator==(const RemoteItem &, const RemoteItem &) = default;
};

/// Somebody's item is no longer there to be seen. Our copy stays.
struct RemoteGone
{
    enum class Reason { DeletedByAuthor = 1, HiddenByNetwork = 2 };
    QString remoteId;
    Reason reason = Reason::DeletedByAuthor;
    friend bool operator==(const RemoteGone &, const RemoteGone &) = default;
};

/// The text of one version of an item and where the record holds it.
struct Revision
{
    QString text;
    Instant seenAt;
    qint64 entry = 0; ///< record entry number
};

/// One item as the window and the commands show it.
struct ItemView
{
    ItemId id;
    ConversationId conversation;
    RemoteItem item; ///< the newest version
    Instant receivedAt;
    std::vector<Revision> revisions; ///< oldest first; more than one = edited
    std::optional<RemoteGone::Reason> gone;
    std::optional<Instant> goneAt;
    std::optional<Instant> sealedAt;    ///< its words were destroyed then, as the law required; `item` is empty
    qint64 entry = 0;                   ///< record entry of the newest version
    QString sentBy;                     ///< ours only: who of the team wrote it, where it went out from here
    std::optional<LookAlike> looksLike; ///< its author does; theirs only
};

} // namespace indelible
