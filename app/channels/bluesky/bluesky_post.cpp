// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_post.h"

#include "app/channels/bluesky/bluesky_facets.h"
#include "app/channels/bluesky/bluesky_parser.h"
#include "app/channels/bluesky/tid.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

namespace {

constexpr auto kPostCollection = "app.bsky.feed.post"_L1;

QString member(const QJsonObject &object, QLatin1StringView name)
{
    return object.value(name).toString();
}

tl::unexpected<Error> rejected(const QString &sentence)
{
    return failure(ErrorKind::Rejected, sentence);
}

Result<void> checkTarget(const Outgoing &outgoing)
{
    if (outgoing.audience == Audience::Private) {
        if (member(outgoing.reply, "convoId"_L1).isEmpty() && member(outgoing.reply, "did"_L1).isEmpty())
            return rejected(
                u"It is not known whom this private answer goes to. Nothing was sent; open the conversation again and answer there."_s);
        return {};
    }
    for (const auto name : {"uri"_L1, "cid"_L1, "rootUri"_L1, "rootCid"_L1}) {
        if (member(outgoing.reply, name).isEmpty())
            return rejected(
                u"It is not known which post this answers. Nothing was sent; open the conversation again and answer there."_s);
    }
    if (!isTid(outgoing.key))
        return rejected(u"This answer has no valid key on Bluesky. Nothing was sent; write it again."_s);
    return {};
}

QJsonObject reference(const QString &uri, const QString &cid)
{
    return {{"uri"_L1, uri}, {"cid"_L1, cid}};
}

} // namespace

TextLimit postLimit()
{
    return {300, TextUnit::Graphemes, 3000};
}

TextLimit messageLimit()
{
    return {1000, TextUnit::Graphemes, 10000};
}

Result<void> checkOutgoing(const Outgoing &outgoing)
{
    if (outgoing.text.trimmed().isEmpty())
        return rejected(u"The answer is empty. Nothing was sent; write something first."_s);
    const bool isPrivate = outgoing.audience == Audience::Private;
    const TextLimit limit = isPrivate ? messageLimit() : postLimit();
    if (!fits(limit, outgoing.text)) {
        return rejected(
            u"The answer is too long: %1 characters and %2 bytes, where Bluesky takes %3 and %4. Nothing was sent; shorten it."_s
                .arg(lengthIn(limit.unit, outgoing.text))
                .arg(outgoing.text.toUtf8().size())
                .arg(limit.maximum)
                .arg(limit.maximumBytes));
    }
    return checkTarget(outgoing);
}

QJsonObject makePost(const Outgoing &outgoing, const QHash<QString, QString> &dids)
{
    const QJsonObject &target = outgoing.reply;
    const QJsonObject reply{
        {"root"_L1, reference(member(target, "rootUri"_L1), member(target, "rootCid"_L1))},
        {"parent"_L1, reference(member(target, "uri"_L1), member(target, "cid"_L1))},
    };
    QJsonObject record{
        {"$type"_L1, kPostCollection},
        {"text"_L1, outgoing.text},
        {"createdAt"_L1, toRfc3339(outgoing.createdAt)},
        {"reply"_L1, reply},
    };
    const QJsonArray facets = makeFacets(outgoing.text, dids);
    if (!facets.isEmpty())
        record.insert("facets"_L1, facets);
    return record;
}

bool isSamePost(const QJsonObject &record, const Outgoing &outgoing)
{
    const QJsonObject ours = makePost(outgoing, {});
    return record.value("text"_L1) == ours.value("text"_L1) &&
           record.value("createdAt"_L1) == ours.value("createdAt"_L1) &&
           record.value("reply"_L1) == ours.value("reply"_L1);
}

QString postUri(const QString &did, const QByteArray &key)
{
    return "at://"_L1 + did + u'/' + kPostCollection + u'/' + QString::fromLatin1(key);
}

QByteArray putBody(const QString &did, const QByteArray &key, const QJsonObject &record)
{
    const QJsonObject body{
        {"repo"_L1, did},
        {"collection"_L1, kPostCollection},
        {"rkey"_L1, QString::fromLatin1(key)},
        {"record"_L1, record},
        {"swapRecord"_L1, QJsonValue(QJsonValue::Null)},
    };
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QByteArray messageBody(const QString &convoId, const QString &text, const QHash<QString, QString> &dids)
{
    QJsonObject message{{"text"_L1, text}};
    const QJsonArray facets = makeFacets(text, dids);
    if (!facets.isEmpty())
        message.insert("facets"_L1, facets);
    return QJsonDocument(QJsonObject{{"convoId"_L1, convoId}, {"message"_L1, message}}).toJson(QJsonDocument::Compact);
}

Receipt postReceipt(const Outgoing &outgoing, const QString &uri, const QString &cid, const Author &us)
{
    Receipt receipt;
    receipt.remoteId = uri;
    receipt.version = cid;
    receipt.url = webAddress(uri, us);
    receipt.reply =
        postReply(uri, cid, member(outgoing.reply, "rootUri"_L1), member(outgoing.reply, "rootCid"_L1), us.remoteId);
    receipt.author = us;
    return receipt;
}

} // namespace indelible::channels::bluesky
