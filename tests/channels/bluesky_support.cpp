// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/bluesky_support.h"

#include "app/channels/bluesky/bluesky_client.h"

#include <stdexcept>

using namespace Qt::StringLiterals;

namespace indelible::test {

using namespace indelible::channels;

QString uriOf(const QString &did, const QString &key)
{
    return u"at://%1/app.bsky.feed.post/%2"_s.arg(did, key);
}

QJsonObject profile(const QString &did)
{
    const QString name = did.mid(did.lastIndexOf(u':') + 1);
    return {{u"did"_s, did}, {u"handle"_s, name + u".example"_s}, {u"displayName"_s, name.toUpper()}};
}

QJsonObject record(const QString &text)
{
    return {{u"$type"_s, u"app.bsky.feed.post"_s}, {u"text"_s, text}, {u"createdAt"_s, u"2026-11-22T07:59:59.000Z"_s}};
}

QJsonObject answerRecord(const QString &text, const QString &rootUri, const QString &parentUri)
{
    const auto reference = [](const QString &uri) {
        return QJsonObject{{u"uri"_s, uri}, {u"cid"_s, "cid-"_L1 + uri.mid(uri.lastIndexOf(u'/') + 1)}};
    };
    QJsonObject object = record(text);
    object.insert(u"reply"_s, QJsonObject{{u"root"_s, reference(rootUri)}, {u"parent"_s, reference(parentUri)}});
    return object;
}

QJsonObject post(const QString &did, const QString &key, const QJsonObject &record)
{
    return {{u"$type"_s, u"app.bsky.feed.defs#postView"_s},
            {u"uri"_s, uriOf(did, key)},
            {u"cid"_s, "cid-"_L1 + key},
            {u"author"_s, profile(did)},
            {u"record"_s, record},
            {u"indexedAt"_s, u"2026-11-22T08:00:00.000Z"_s}};
}

QJsonObject threadNode(const QJsonObject &post, const QJsonArray &replies)
{
    return {{u"$type"_s, u"app.bsky.feed.defs#threadViewPost"_s}, {u"post"_s, post}, {u"replies"_s, replies}};
}

QJsonObject notification(const QString &reason, const QString &did, const QString &key, const QJsonObject &record,
                         const QString &indexedAt)
{
    QJsonObject object = post(did, key, record);
    object.remove(u"$type"_s);
    object.insert(u"reason"_s, reason);
    object.insert(u"isRead"_s, false);
    object.insert(u"indexedAt"_s, indexedAt);
    return object;
}

QJsonObject chatMessage(const QString &id, const QString &did, const QString &text, const QString &sentAt)
{
    return {{u"$type"_s, u"chat.bsky.convo.defs#messageView"_s},
            {u"id"_s, id},
            {u"rev"_s, "rev-"_L1 + id},
            {u"text"_s, text},
            {u"sender"_s, QJsonObject{{u"did"_s, did}}},
            {u"sentAt"_s, sentAt}};
}

QJsonObject convo(const QString &id)
{
    return {{u"id"_s, id},
            {u"rev"_s, u"r"_s},
            {u"members"_s, QJsonArray{profile(kShop), profile(kAna)}},
            {u"muted"_s, false},
            {u"unreadCount"_s, 0}};
}

QString token(const QString &name, const QString &scope)
{
    const QByteArray payload = bytesOf({{u"jti"_s, name}, {u"scope"_s, scope}});
    return u"e30.%1.sig"_s.arg(
        QString::fromLatin1(payload.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)));
}

Answer refusal(int status, const QString &code, const QString &message)
{
    return Answer::json(QJsonObject{{u"error"_s, code}, {u"message"_s, message}}, status);
}

BlueskyBench::BlueskyBench(bool signedIn, const QString &scope, bool hasDirectory)
    : http(clock, impatient())
    , channel(contextFor(clock, http, secrets), hasDirectory ? server.url(u"/directory"_s) : bluesky::usualDirectory())
{
    if (!signedIn)
        return;
    const bluesky::Session session{kShop, u"shop.example"_s,        u"SHOP"_s,     server.url(),
                                   true,  token(u"first"_s, scope), u"refresh-1"_s};
    secrets.values.insert(kSecretKey + u"/session"_s, writeSession(session));
}

void BlueskyBench::on(const QString &name, Handler handler, const QByteArray &method)
{
    server.on(method, ("/xrpc/" + name.toLatin1()), std::move(handler));
}

void BlueskyBench::on(const QString &name, const Answer &answer, const QByteArray &method)
{
    server.on(method, ("/xrpc/" + name.toLatin1()), answer);
}

std::vector<Received> BlueskyBench::calls(const QString &name) const
{
    return server.received("/xrpc/" + name.toLatin1());
}

void BlueskyBench::quiet()
{
    on(u"app.bsky.notification.listNotifications"_s, Answer::json(QJsonObject{{u"notifications"_s, QJsonArray()}}));
    on(u"app.bsky.feed.getAuthorFeed"_s, Answer::json(QJsonObject{{u"feed"_s, QJsonArray()}}));
    on(u"chat.bsky.convo.getLog"_s, Answer::json(QJsonObject{{u"logs"_s, QJsonArray()}, {u"cursor"_s, u"log-1"_s}}));
    on(u"chat.bsky.convo.listConvos"_s, Answer::json(QJsonObject{{u"convos"_s, QJsonArray()}}));
}

bluesky::Session BlueskyBench::stored() const
{
    return bluesky::readSession(secrets.values.value(kSecretKey + u"/session"_s)).value_or(bluesky::Session());
}

std::vector<RemoteItem> BlueskyBench::fetchAll()
{
    std::vector<RemoteItem> items;
    limited.clear();
    for (bool more = true; more;) {
        Result<Batch> batch = wait(channel.fetch(cursor));
        if (!batch)
            throw std::runtime_error(batch.error().detail.toStdString());
        cursor = batch->cursor;
        more = batch->more;
        items.insert(items.end(), batch->items.begin(), batch->items.end());
        gone.insert(gone.end(), batch->gone.begin(), batch->gone.end());
        if (!batch->limited.isEmpty())
            limited = batch->limited;
    }
    return items;
}

} // namespace indelible::test
