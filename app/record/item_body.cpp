// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/item_body.h"

#include "app/base/text.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

void put(QJsonObject &object, QLatin1StringView key, const QString &value)
{
    if (!value.isEmpty())
        object.insert(key, wellFormed(value));
}

QString linkKind(TextLink::Kind kind)
{
    switch (kind) {
    case TextLink::Kind::Web:
        return u"web"_s;
    case TextLink::Kind::Person:
        return u"person"_s;
    case TextLink::Kind::Tag:
        return u"tag"_s;
    }
    Q_UNREACHABLE();
}

TextLink::Kind linkKindFrom(const QString &text)
{
    return text == "person"_L1 ? TextLink::Kind::Person : text == "tag"_L1 ? TextLink::Kind::Tag : TextLink::Kind::Web;
}

QJsonArray linksOf(const RemoteItem &item)
{
    QJsonArray links;
    for (const TextLink &link : item.links)
        links.append(QJsonObject{{u"start"_s, link.start},
                                 {u"length"_s, link.length},
                                 {u"kind"_s, linkKind(link.kind)},
                                 {u"target"_s, link.target}});
    return links;
}

QJsonArray mediaOf(const RemoteItem &item)
{
    QJsonArray media;
    for (const Media &medium : item.media) {
        QJsonObject object{{u"kind"_s, medium.kind}};
        put(object, "description"_L1, medium.description);
        put(object, "address"_L1, medium.address);
        media.append(object);
    }
    return media;
}

} // namespace

QJsonObject itemBody(const RemoteItem &item)
{
    QJsonObject author;
    put(author, "id"_L1, item.author.remoteId);
    put(author, "handle"_L1, item.author.handle);
    put(author, "name"_L1, item.author.name);
    QJsonObject body{{u"id"_s, item.remoteId},
                     {u"thread"_s, item.threadId},
                     {u"kind"_s, toString(item.kind)},
                     {u"direction"_s, toString(item.direction)},
                     {u"audience"_s, toString(item.audience)},
                     {u"author"_s, author},
                     {u"text"_s, wellFormed(item.text)},
                     {u"created_ms"_s, toMs(item.createdAt)}};
    put(body, "version"_L1, item.version);
    put(body, "parent"_L1, item.parentId);
    put(body, "lang"_L1, item.language);
    put(body, "url"_L1, item.url);
    if (item.stars)
        body.insert("stars"_L1, *item.stars);
    if (!item.links.empty())
        body.insert("links"_L1, linksOf(item));
    if (!item.media.empty())
        body.insert("media"_L1, mediaOf(item));
    if (!item.reply.isEmpty())
        body.insert("reply"_L1, item.reply);
    return body;
}

RemoteItem itemFromBody(const QJsonObject &body)
{
    RemoteItem item;
    item.remoteId = body.value("id"_L1).toString();
    item.version = body.value("version"_L1).toString();
    item.threadId = body.value("thread"_L1).toString();
    item.parentId = body.value("parent"_L1).toString();
    item.kind = itemKindFrom(body.value("kind"_L1).toString()).value_or(ItemKind::Comment);
    item.direction = directionFrom(body.value("direction"_L1).toString()).value_or(Direction::Incoming);
    item.audience = audienceFrom(body.value("audience"_L1).toString()).value_or(Audience::Public);
    const QJsonObject author = body.value("author"_L1).toObject();
    item.author = {author.value("id"_L1).toString(), author.value("handle"_L1).toString(),
                   author.value("name"_L1).toString()};
    item.text = body.value("text"_L1).toString();
    const QJsonArray links = body.value("links"_L1).toArray();
    for (const auto &value : links) {
        const QJsonObject link = value.toObject();
        item.links.push_back({static_cast<qsizetype>(link.value("start"_L1).toInteger()),
                              static_cast<qsizetype>(link.value("length"_L1).toInteger()),
                              linkKindFrom(link.value("kind"_L1).toString()), link.value("target"_L1).toString()});
    }
    const QJsonArray media = body.value("media"_L1).toArray();
    for (const auto &value : media) {
        const QJsonObject medium = value.toObject();
        item.media.push_back({medium.value("kind"_L1).toString(), medium.value("description"_L1).toString(),
                              medium.value("address"_L1).toString()});
    }
    if (body.contains("stars"_L1))
        item.stars = body.value("stars"_L1).toInt();
    item.language = body.value("lang"_L1).toString();
    item.url = body.value("url"_L1).toString();
    item.createdAt = fromMs(body.value("created_ms"_L1).toInteger());
    item.reply = body.value("reply"_L1).toObject();
    return item;
}

RemoteItem itemFromBody(const QByteArray &storedBytes)
{
    return itemFromBody(QJsonDocument::fromJson(storedBytes).object());
}

} // namespace indelible::record
