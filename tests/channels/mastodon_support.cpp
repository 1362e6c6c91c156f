// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/mastodon_support.h"

#include <QUrlQuery>

#include <algorithm>
#include <stdexcept>

using namespace Qt::StringLiterals;

namespace indelible::test {

using namespace indelible::channels;

namespace {

QString idOf(const QJsonValue &object)
{
    return object.toObject().value(u"id"_s).toString();
}

bool isWithin(const QString &id, const QString &minimum, const QString &maximum)
{
    return (minimum.isEmpty() || mastodon::isOlderId(minimum, id)) &&
           (maximum.isEmpty() || mastodon::isOlderId(id, maximum));
}

} // namespace

mastodon::Session shopSession(const QUrl &server)
{
    return {server,
            true,
            u"shop.example"_s,
            u"id-shop"_s,
            profileOf(u"shop"_s),
            u"shop@shop.example"_s,
            u"Corner Bakery"_s,
            u"client"_s,
            u"client-secret"_s,
            u"token-1"_s,
            TextLimit{500, TextUnit::Graphemes, 0, 23}};
}

mastodon::Self shopSelf()
{
    return {u"id-shop"_s, profileOf(u"shop"_s), u"shop.example"_s};
}

QString profileOf(const QString &name)
{
    return name == "shop"_L1 ? u"https://shop.example/@shop"_s : u"https://far.example/@%1"_s.arg(name);
}

QString uriOf(const QString &id)
{
    return u"https://far.example/statuses/%1"_s.arg(id);
}

QJsonObject person(const QString &name)
{
    return {{u"id"_s, "id-"_L1 + name},
            {u"acct"_s, name == "shop"_L1 ? name : name + u"@far.example"_s},
            {u"display_name"_s, name.toUpper()},
            {u"url"_s, profileOf(name)}};
}

QJsonObject status(const QString &id, const QString &name, const QString &words, const QString &inReplyTo)
{
    const QString address =
        u"<span class=\"h-card\"><a href=\"%1\" class=\"u-url mention\">@<span>shop</span></a></span> "_s.arg(
            profileOf(u"shop"_s));
    QJsonArray mentions;
    if (name != "shop"_L1)
        mentions.append(person(u"shop"_s));
    return {{u"id"_s, id},
            {u"uri"_s, uriOf(id)},
            {u"url"_s, u"https://far.example/@%1/%2"_s.arg(name, id)},
            {u"created_at"_s, u"2026-11-22T08:00:00.000Z"_s},
            {u"edited_at"_s, QJsonValue::Null},
            {u"account"_s, person(name)},
            {u"content"_s, u"<p>%1%2</p>"_s.arg(name == "shop"_L1 ? QString() : address, words)},
            {u"spoiler_text"_s, QString()},
            {u"visibility"_s, u"public"_s},
            {u"in_reply_to_id"_s, inReplyTo.isEmpty() ? QJsonValue() : QJsonValue(inReplyTo)},
            {u"mentions"_s, mentions},
            {u"media_attachments"_s, QJsonArray()},
            {u"reblog"_s, QJsonValue::Null}};
}

QJsonObject notification(const QString &id, const QJsonObject &status, const QString &type)
{
    return {{u"id"_s, id}, {u"type"_s, type}, {u"created_at"_s, u"2026-11-22T08:00:01.000Z"_s}, {u"status"_s, status}};
}

MastodonBench::MastodonBench(bool signedIn, std::chrono::milliseconds signInLimit, std::chrono::milliseconds silence)
    : http(clock, impatient())
    , channel(contextFor(clock, http, secrets), signInLimit, silence)
{
    if (signedIn)
        secrets.values.insert(kSecretKey + u"/session"_s, writeSession(shopSession(server.url())));
}

void MastodonBench::on(const QByteArray &path, Handler handler, const QByteArray &method)
{
    server.on(method, path, std::move(handler));
}

void MastodonBench::on(const QByteArray &path, const Answer &answer, const QByteArray &method)
{
    server.on(method, path, answer);
}

void MastodonBench::serve()
{
    on("/api/v1/notifications",
       [this](const Received &request) { return unlessFailing([&] { return notificationsFor(request); }); });
    on("/api/v1/accounts/id-shop/statuses",
       [this](const Received &request) { return unlessFailing([&] { return ownFor(request); }); });
    on("/api/v1/conversations",
       [this](const Received &request) { return unlessFailing([&] { return conversationsFor(request); }); });
    on("/api/v1/statuses/*",
       [this](const Received &request) { return unlessFailing([&] { return statusFor(request.path); }); });
}

QJsonArray MastodonPages::notificationsPage(const Received &request) const
{
    const QString minimum = request.queryValue(u"min_id"_s);
    const QString maximum = request.queryValue(u"max_id"_s);
    const qsizetype limit = qMin<qsizetype>(request.queryValue(u"limit"_s).toInt(), longestPage);
    QJsonArray page;
    for (const auto &entry : notifications) {
        if (isWithin(idOf(entry), minimum, maximum))
            page.append(entry);
    }
    while (page.size() > limit) {
        if (minimum.isEmpty() || newestFirst)
            page.removeLast();
        else
            page.removeFirst(); // the page just above min_id
    }
    return page;
}

Answer MastodonPages::notificationsFor(const Received &request) const
{
    return listOf(notificationsPage(request));
}

Answer MastodonPages::groupedFor(const Received &request) const
{
    QJsonArray groups;
    QJsonArray named;
    for (const auto &each : notificationsPage(request)) {
        const QJsonObject status = each[u"status"_s].toObject();
        groups.append(QJsonObject{{u"group_key"_s, "ungrouped-"_L1 + idOf(each)},
                                  {u"type"_s, each[u"type"_s]},
                                  {u"most_recent_notification_id"_s, idOf(each).toLongLong()},
                                  {u"status_id"_s, status.isEmpty() ? QJsonValue() : status[u"id"_s]}});
        if (!status.isEmpty())
            named.append(status);
    }
    return Answer::json(
        QJsonObject{{u"accounts"_s, QJsonArray()}, {u"statuses"_s, named}, {u"notification_groups"_s, groups}});
}

Answer MastodonPages::conversationsFor(const Received &request) const
{
    QJsonArray page;
    for (const auto &newest : conversations) {
        if (page.size() < request.queryValue(u"limit"_s).toInt())
            page.append(QJsonObject{{u"id"_s, QString::number(page.size())}, {u"last_status"_s, newest}});
    }
    return listOf(page);
}

Answer MastodonPages::ownFor(const Received &request) const
{
    const QString maximum = ignoresBounds ? QString() : request.queryValue(u"max_id"_s);
    const qsizetype limit = qMin<qsizetype>(request.queryValue(u"limit"_s).toInt(), longestPage);
    QJsonArray page;
    for (const auto &entry : own) {
        if (isWithin(idOf(entry), {}, maximum) && page.size() < limit)
            page.append(entry);
    }
    return listOf(page);
}

void MastodonPages::edit(const QString &id, const QString &html, const QString &editedAt)
{
    QJsonObject status = statuses.value(id);
    const auto version = [&status](const QString &at) {
        return QJsonObject{{u"content"_s, status.value(u"content"_s)},
                           {u"spoiler_text"_s, status.value(u"spoiler_text"_s)},
                           {u"media_attachments"_s, status.value(u"media_attachments"_s)},
                           {u"created_at"_s, at}};
    };
    QJsonArray &history = histories[id];
    if (history.isEmpty())
        history.append(version(status.value(u"created_at"_s).toString()));
    status.insert(u"content"_s, html);
    status.insert(u"edited_at"_s, editedAt);
    history.append(version(editedAt));
    put(status);
    for (auto &&each : notifications) {
        QJsonObject told = each.toObject();
        if (idOf(told.value(u"status"_s)) == id) {
            told.insert(u"status"_s, status);
            each = told;
        }
    }
    for (auto &&each : own) {
        if (idOf(each) == id)
            each = status;
    }
}

Answer MastodonPages::statusFor(const QByteArray &path) const
{
    const QStringList parts = QString::fromLatin1(path).split(u'/');
    const QString id = parts.value(4);
    if (!statuses.contains(id))
        return Answer::json(QJsonObject{{u"error"_s, u"Record not found"_s}}, 404);
    if (parts.value(5) == "history"_L1)
        return tellsHistories ? listOf(histories.value(id)) : Answer::json(QJsonObject(), 404);
    if (parts.value(5) != "context"_L1)
        return Answer::json(statuses.value(id));
    const auto parentOf = [this](const QString &of) {
        return statuses.value(of).value(u"in_reply_to_id"_s).toString();
    };
    QJsonArray ancestors;
    for (QString above = parentOf(id); statuses.contains(above); above = parentOf(above))
        ancestors.prepend(statuses.value(above));
    QJsonArray descendants;
    for (auto candidate = statuses.begin(); candidate != statuses.end(); ++candidate) {
        QString above = parentOf(candidate.key());
        while (statuses.contains(above) && above != id)
            above = parentOf(above);
        if (above == id)
            descendants.append(candidate.value());
    }
    return Answer::json(QJsonObject{{u"ancestors"_s, ancestors}, {u"descendants"_s, descendants}});
}

std::vector<RemoteItem> MastodonBench::fetchAll()
{
    std::vector<RemoteItem> items;
    limited.clear();
    for (bool more = true; more;) {
        Result<Batch> batch = wait(channel.fetch(cursor));
        if (!batch)
            throw std::runtime_error(batch.error().detail.toStdString());
        if (batch->more && batch->cursor == cursor)
            throw std::runtime_error("the cursor stands still");
        cursor = batch->cursor;
        more = batch->more;
        items.insert(items.end(), batch->items.begin(), batch->items.end());
        if (!batch->limited.isEmpty())
            limited = batch->limited;
    }
    return items;
}

void Browser::open(const QUrl &page)
{
    asked = page;
    const QUrlQuery query(page);
    const QUrl back(query.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));
    const QString shown = state.isEmpty() ? query.queryItemValue(u"state"_s, QUrl::FullyDecoded) : state;
    if (staysAway)
        return;
    socket.connectToHost(back.host(), static_cast<quint16>(back.port()));
    socket.write("GET " + back.path().toLatin1() + "?code=code-1&state=" + shown.toLatin1() +
                 " HTTP/1.1\r\nHost: " + back.authority().toLatin1() + "\r\n\r\n");
}

QString formField(const Received &request, const QString &name)
{
    return QUrlQuery(QString::fromLatin1(request.body)).queryItemValue(name, QUrl::FullyDecoded);
}

} // namespace indelible::test
