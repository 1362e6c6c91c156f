// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_messages.h"

#include "app/channels/bluesky/bluesky_facets.h"
#include "app/channels/bluesky/bluesky_parser.h"

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

namespace {

constexpr auto kThreadPrefix = "chat:"_L1;

void readPeople(const JsonReader &profiles, People &people)
{
    for (const JsonReader &profile : profiles.listOrNothing()) {
        Author author = readAuthor(profile);
        people.insert(author.remoteId, author);
    }
}

Convo readConvo(const JsonReader &entry)
{
    Convo convo;
    convo.id = entry["id"_L1].id();
    readPeople(entry["members"_L1], convo.members);
    return convo;
}

/// A post that was sent along. Damaged or of an unknown kind, it must not cost the message.
std::vector<Media> readMessageEmbed(const JsonReader &embed)
{
    if (!embed.isObject())
        return {};
    try {
        const JsonReader record = embed["record"_L1];
        const QString uri = record["uri"_L1].id();
        const std::optional<RecordAddress> address = recordAddress(uri);
        const QString web = address ? webAddress(uri, Author{address->repo, {}, {}}) : QString();
        return {Media{u"link"_s, {}, web.isEmpty() ? uri : web}};
    } catch (const BadReply &) {
        return {Media{u"file"_s, {}, {}}};
    }
}

Message readMessage(const JsonReader &entry, const QString &convoId, bool deleted)
{
    Message message;
    message.convoId = convoId;
    message.id = entry["id"_L1].id();
    message.rev = entry["rev"_L1].id();
    message.senderDid = entry["sender"_L1]["did"_L1].id();
    message.sentAt = entry["sentAt"_L1].instant();
    message.deleted = deleted;
    if (deleted)
        return message;
    message.text = entry["text"_L1].text();
    message.links = readFacets(message.text, entry["facets"_L1]);
    message.media = readMessageEmbed(entry["embed"_L1]);
    return message;
}

/// Nothing for entries that are no message of a person (somebody joined, the group was renamed).
std::optional<Message> readMessageUnion(const JsonReader &entry, const QString &convoId)
{
    const QString type = entry.type();
    const bool deleted = type == "deletedMessageView"_L1;
    if (!deleted && type != "messageView"_L1)
        return std::nullopt;
    return readMessage(entry, convoId, deleted);
}

} // namespace

Result<ConvoPage> parseConvos(const QByteArray &bytes)
{
    return readReply(bytes, [](const JsonReader &answer) {
        ConvoPage page;
        for (const JsonReader &entry : answer["convos"_L1].list())
            page.convoIds.append(entry["id"_L1].id());
        page.next = answer["cursor"_L1].textOrNothing();
        return page;
    });
}

Result<Convo> parseConvo(const QByteArray &bytes)
{
    return readReply(bytes, [](const JsonReader &answer) { return readConvo(answer["convo"_L1]); });
}

Result<Availability> parseAvailability(const QByteArray &bytes)
{
    return readReply(bytes, [](const JsonReader &answer) {
        const JsonReader convo = answer["convo"_L1];
        return Availability{answer["canChat"_L1].boolean(), convo.isPresent() ? convo["id"_L1].id() : QString()};
    });
}

Result<MessagePage> parseMessages(const QByteArray &bytes, const QString &convoId)
{
    return readReply(bytes, [&](const JsonReader &answer) {
        MessagePage page;
        for (const JsonReader &entry : answer["messages"_L1].list()) {
            if (std::optional<Message> message = readMessageUnion(entry, convoId))
                page.messages.push_back(std::move(*message));
        }
        readPeople(answer["relatedProfiles"_L1], page.people);
        page.next = answer["cursor"_L1].textOrNothing();
        return page;
    });
}

Result<LogPage> parseLog(const QByteArray &bytes)
{
    return readReply(bytes, [](const JsonReader &answer) {
        LogPage page;
        for (const JsonReader &event : answer["logs"_L1].list()) {
            page.empty = false;
            const QString type = event.type();
            if (type != "logCreateMessage"_L1 && type != "logDeleteMessage"_L1)
                continue;
            std::optional<Message> message = readMessageUnion(event["message"_L1], event["convoId"_L1].id());
            if (!message)
                continue;
            // The event of a deletion may still carry the words; it is a deletion all the same.
            message->deleted = message->deleted || type == "logDeleteMessage"_L1;
            page.messages.push_back(std::move(*message));
            readPeople(event["relatedProfiles"_L1], page.people);
        }
        page.next = answer["cursor"_L1].textOrNothing();
        return page;
    });
}

Result<Message> parseSentMessage(const QByteArray &bytes, const QString &convoId)
{
    return readReply(bytes, [&](const JsonReader &answer) { return readMessage(answer, convoId, false); });
}

QString chatThreadId(const QString &convoId)
{
    return kThreadPrefix + convoId;
}

QString chatItemId(const QString &convoId, const QString &messageId)
{
    return chatThreadId(convoId) + u'/' + messageId;
}

QString convoOfThread(const QString &threadId)
{
    return threadId.startsWith(kThreadPrefix) ? threadId.mid(kThreadPrefix.size()) : QString();
}

QString chatWebAddress(const QString &convoId)
{
    return "https://bsky.app/messages/"_L1 + convoId;
}

QJsonObject chatReply(const QString &convoId, const QString &senderDid)
{
    return {{"convoId"_L1, convoId}, {"did"_L1, senderDid}};
}

RemoteItem itemOf(const Message &message, const People &people, const QString &did)
{
    RemoteItem item;
    item.remoteId = chatItemId(message.convoId, message.id);
    item.threadId = chatThreadId(message.convoId);
    item.kind = ItemKind::Message;
    item.audience = Audience::Private;
    item.direction = message.senderDid == did ? Direction::Outgoing : Direction::Incoming;
    item.author = people.value(message.senderDid, Author{message.senderDid, message.senderDid, {}});
    item.text = message.text;
    item.links = message.links;
    item.media = message.media;
    item.url = chatWebAddress(message.convoId);
    item.createdAt = message.sentAt;
    item.reply = chatReply(message.convoId, message.senderDid);
    return item;
}

} // namespace indelible::channels::bluesky
