// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_parser.h"

#include "app/channels/json_reader.h"
#include "app/channels/telegram/telegram_text.h"

#include <QCryptographicHash>

#include <chrono>

using namespace Qt::StringLiterals;

namespace indelible::channels::telegram {

namespace {

constexpr qint64 kLatestSecond = 253'402'300'799; ///< the end of the year 9999

Instant momentOf(const JsonReader &seconds)
{
    const qint64 value = seconds.integer();
    if (value < 0 || value > kLatestSecond)
        seconds.fail(u"is no time"_s);
    return fromMs(value * 1000);
}

QString nameOf(const JsonReader &person)
{
    QString title = person["title"_L1].textOrNothing();
    if (!title.isEmpty())
        return title;
    const QString first = person["first_name"_L1].textOrNothing();
    return (first + u' ' + person["last_name"_L1].textOrNothing()).trimmed();
}

/// Who wrote in the name of a channel or of the group has no name of their own.
Author authorOf(const JsonReader &message)
{
    const JsonReader asChat = message["sender_chat"_L1];
    const JsonReader from = message["from"_L1];
    const JsonReader who = asChat.isObject() ? asChat : from.isObject() ? from : message["chat"_L1];
    return {QString::number(who["id"_L1].integer()), who["username"_L1].textOrNothing(), nameOf(who)};
}

bool isPrivate(const JsonReader &message)
{
    return message["chat"_L1]["type"_L1].id() == "private"_L1;
}

QString idOf(const ReplyTo &reply)
{
    return u"%1/%2"_s.arg(reply.chat).arg(reply.message);
}

ReplyTo placeOf(const JsonReader &message)
{
    ReplyTo place{message["chat"_L1]["id"_L1].integer(), message["message_id"_L1].integer(), 0};
    const JsonReader inTopic = message["is_topic_message"_L1];
    if (inTopic.isPresent() && inTopic.boolean())
        place.topic = message["message_thread_id"_L1].integer();
    return place;
}

/// One conversation for each chat, and for each topic of a forum: answers are shown there to all, one below the other.
QString threadOf(const ReplyTo &place)
{
    return place.topic == 0 ? QString::number(place.chat) : u"%1/topic/%2"_s.arg(place.chat).arg(place.topic);
}

/// Only groups have addresses: public ones by name, others by a number that their members' programs know.
QString addressOf(const JsonReader &message, const ReplyTo &place)
{
    if (isPrivate(message))
        return {};
    const QString name = message["chat"_L1]["username"_L1].textOrNothing();
    if (!name.isEmpty())
        return u"https://t.me/%1/%2"_s.arg(name).arg(place.message);
    const QString number = QString::number(place.chat);
    return number.startsWith("-100"_L1) ? u"https://t.me/c/%1/%2"_s.arg(number.mid(4)).arg(place.message) : QString();
}

/// Moments have whole seconds: what was edited twice within one differs in its words only.
QString versionOf(const JsonReader &message, const RemoteItem &item)
{
    const JsonReader edited = message["edit_date"_L1];
    if (!edited.isPresent())
        return QString::number(toMs(item.createdAt) / 1000);
    const QByteArray hash = QCryptographicHash::hash(item.text.toUtf8(), QCryptographicHash::Sha256);
    return u"%1-%2"_s.arg(toMs(momentOf(edited)) / 1000).arg(QLatin1StringView(hash.toHex().first(8)));
}

/// Nothing for what the service itself says ("Ana joined the group").
std::optional<RemoteItem> readMessage(const JsonReader &message, const Self &self)
{
    RemoteItem item;
    const ReplyTo place = placeOf(message);
    readContent(message, self, item);
    if (item.text.isEmpty() && item.media.empty())
        return std::nullopt;
    item.remoteId = idOf(place);
    item.threadId = threadOf(place);
    item.reply = toJson(place);
    item.author = authorOf(message);
    item.direction = item.author.remoteId == QString::number(self.botId) ? Direction::Outgoing : Direction::Incoming;
    item.audience = isPrivate(message) ? Audience::Private : Audience::Public;
    item.kind = isPrivate(message) ? ItemKind::Message : ItemKind::Mention;
    const JsonReader parent = message["reply_to_message"_L1];
    if (parent.isObject()) {
        const ReplyTo above = placeOf(parent);
        item.parentId = above.chat == place.chat ? idOf(above) : QString();
        if (!isPrivate(message) && authorOf(parent).remoteId == QString::number(self.botId))
            item.kind = ItemKind::Comment;
    }
    item.createdAt = momentOf(message["date"_L1]);
    item.version = versionOf(message, item);
    item.url = addressOf(message, place);
    return item;
}

void add(Updates &updates, const JsonReader &message, const Self &self)
{
    try {
        // What the bot said comes by no other way: where it is quoted, it is there.
        const JsonReader parent = message["reply_to_message"_L1];
        std::optional<RemoteItem> above = parent.isObject() ? readMessage(parent, self) : std::nullopt;
        if (above && above->direction == Direction::Outgoing)
            updates.items.push_back(std::move(*above));
        if (std::optional<RemoteItem> item = readMessage(message, self))
            updates.items.push_back(std::move(*item));
    } catch (const BadReply &) {
        ++updates.unreadable;
    }
}

Updates readUpdates(const JsonReader &root, const Self &self)
{
    Updates updates;
    for (const JsonReader &update : root["result"_L1].list()) {
        const qint64 number = update["update_id"_L1].integer();
        updates.first = qMin(updates.first.value_or(number), number);
        updates.last = qMax(updates.last.value_or(number), number);
        for (const auto &kind : {"message"_L1, "edited_message"_L1}) {
            if (update[kind].isPresent())
                add(updates, update[kind], self);
        }
    }
    return updates;
}

} // namespace

QJsonObject toJson(const ReplyTo &reply)
{
    // As text: the record holds no number beyond 2^53, and ids of chats come close.
    QJsonObject object{{"chat"_L1, QString::number(reply.chat)}, {"message"_L1, QString::number(reply.message)}};
    if (reply.topic != 0)
        object.insert("topic"_L1, QString::number(reply.topic));
    return object;
}

ReplyTo replyFrom(const QJsonObject &object)
{
    return {object.value("chat"_L1).toString().toLongLong(), object.value("message"_L1).toString().toLongLong(),
            object.value("topic"_L1).toString().toLongLong()};
}

Result<Updates> parseUpdates(const QByteArray &bytes, const Self &self)
{
    return readReply(bytes, [&self](const JsonReader &root) { return readUpdates(root, self); });
}

Result<RemoteItem> parseSent(const QByteArray &bytes, const Self &self)
{
    return readReply(bytes, [&self](const JsonReader &root) {
        std::optional<RemoteItem> item = readMessage(root["result"_L1], self);
        if (!item || item->direction != Direction::Outgoing)
            root["result"_L1].fail(u"is not what was sent"_s);
        return *item;
    });
}

Result<Bot> parseBot(const QByteArray &bytes)
{
    return readReply(bytes, [](const JsonReader &root) {
        const JsonReader bot = root["result"_L1];
        const JsonReader isBot = bot["is_bot"_L1];
        if (!isBot.isPresent() || !isBot.boolean())
            isBot.fail(u"says that this is no bot"_s);
        return Bot{bot["id"_L1].integer(), bot["username"_L1].id(), nameOf(bot)};
    });
}

} // namespace indelible::channels::telegram
