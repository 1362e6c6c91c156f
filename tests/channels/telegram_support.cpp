// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/telegram_support.h"

#include <algorithm>
#include <stdexcept>

using namespace Qt::StringLiterals;

namespace indelible::test {

using namespace indelible::channels;

namespace {

const QByteArray kPath = "/bot" + kToken.toLatin1() + '/';

Answer refused(int code, const QString &description)
{
    return Answer::json(QJsonObject{{u"ok"_s, false}, {u"error_code"_s, code}, {u"description"_s, description}}, code);
}

Answer resultOf(const QJsonValue &result)
{
    return Answer::json(QJsonObject{{u"ok"_s, true}, {u"result"_s, result}});
}

QJsonObject chatOf(qint64 id)
{
    if (id < 0)
        return {{u"id"_s, id}, {u"type"_s, u"supergroup"_s}, {u"title"_s, u"Bakery friends"_s}};
    return {{u"id"_s, id}, {u"type"_s, u"private"_s}, {u"first_name"_s, u"Ana"_s}};
}

} // namespace

telegram::Session botSession(const QUrl &server)
{
    return {server, true, kToken, kBot, u"cornerbakery_bot"_s, u"Corner Bakery"_s};
}

QJsonObject user(qint64 id, const QString &name)
{
    return {{u"id"_s, id}, {u"is_bot"_s, id == kBot}, {u"first_name"_s, name}};
}

QJsonObject message(qint64 id, qint64 chat, qint64 from, const QString &text)
{
    return {{u"message_id"_s, id},
            {u"date"_s, 1'795'338'000},
            {u"chat"_s, chatOf(chat)},
            {u"from"_s, user(from, from == kBot ? u"Corner Bakery"_s : u"Ana"_s)},
            {u"text"_s, text}};
}

QJsonObject updateOf(qint64 number, const QJsonObject &message, const QString &kind)
{
    return {{u"update_id"_s, number}, {kind, message}};
}

QByteArray pageOf(const QJsonArray &updates)
{
    return bytesOf(QJsonObject{{u"ok"_s, true}, {u"result"_s, updates}});
}

Instant TelegramService::now() const
{
    return clock ? clock->now() : FakeClock().now();
}

void TelegramService::tell(const QJsonObject &message, const QString &kind)
{
    m_messages.insert(message[u"message_id"_s].toInteger(), message);
    m_waiting.push_back({updateOf(nextUpdate++, message, kind), now()});
}

qint64 TelegramService::say(qint64 chat, qint64 from, const QString &text, qint64 answers)
{
    QJsonObject said = with(message(++m_number, chat, from, text), u"date"_s, toMs(now()) / 1000);
    if (answers != 0) {
        QJsonObject above = m_messages.value(answers);
        above.remove(u"reply_to_message"_s); // one level only
        said.insert(u"reply_to_message"_s, above);
    }
    tell(said, u"message"_s);
    return m_number;
}

void TelegramService::edit(qint64 message, const QString &text)
{
    const QJsonObject changed = with(m_messages.value(message), u"text"_s, text);
    tell(with(changed, u"edit_date"_s, toMs(now()) / 1000 + 60), u"edited_message"_s);
}

Answer TelegramService::updates(const Received &request)
{
    const qint64 offset = request.queryValue(u"offset"_s).toLongLong();
    if (offset < 0)
        throw std::logic_error("a negative offset throws away what waits");
    std::erase_if(m_waiting, [&](const Waiting &each) {
        return each.update[u"update_id"_s].toInteger() < offset || now() - each.since > std::chrono::hours(24);
    });
    QJsonArray page;
    for (const Waiting &each : m_waiting) {
        if (page.size() < qMin<qsizetype>(longestPage, request.queryValue(u"limit"_s).toInt()))
            page.append(each.update);
    }
    const bool isHeldBack = page.isEmpty() && request.queryValue(u"timeout"_s).toInt() > 0;
    return resultOf(page).withFault(isHeldBack ? Fault::StallBeforeHeaders : Fault::None);
}

Answer TelegramService::send(const QJsonObject &body)
{
    const qint64 above = body[u"reply_parameters"_s][u"message_id"_s].toInteger();
    const QString text = body[u"text"_s].toString();
    if (!m_messages.contains(above))
        return refused(400, u"Bad Request: message to be replied not found"_s);
    if (text.size() > 4096)
        return refused(400, u"Bad Request: message is too long"_s);
    const qint64 chat = body[u"chat_id"_s].toInteger();
    const QJsonObject made = with(message(++m_number, chat, kBot, text), u"date"_s, toMs(now()) / 1000);
    m_messages.insert(m_number, made);
    sent.append(text);
    return resultOf(made);
}

Answer TelegramService::answer(const Received &request)
{
    if (!request.path.startsWith(kPath))
        return refused(401, u"Unauthorized"_s);
    const QByteArray method = request.path.mid(kPath.size());
    if (method == "getMe")
        return resultOf(with(user(kBot, u"Corner Bakery"_s), u"username"_s, u"cornerbakery_bot"_s));
    if (method == "getUpdates")
        return updates(request);
    if (method == "sendMessage")
        return send(request.json());
    return refused(404, u"Not Found"_s);
}

TelegramBench::TelegramBench(bool signedIn)
    : http(clock, impatient())
    , channel(contextFor(clock, http, secrets))
{
    service.clock = &clock;
    for (const char *verb : {"GET", "POST"})
        server.on(verb, "/*", [this](const Received &request) { return service.answer(request); });
    if (signedIn)
        secrets.values.insert(kSecretKey + u"/session"_s, writeSession(botSession(server.url())));
}

void TelegramBench::on(const QByteArray &method, const Answer &answer, const QByteArray &verb)
{
    server.on(verb, kPath + method, answer);
}

std::vector<Received> TelegramBench::calls(const QByteArray &method) const
{
    return server.received(kPath + method);
}

Batch TelegramBench::fetch()
{
    Result<Batch> batch = wait(channel.fetch(cursor));
    if (!batch)
        throw std::runtime_error(batch.error().detail.toStdString());
    cursor = batch->cursor;
    return *batch;
}

std::vector<RemoteItem> TelegramBench::fetchAll()
{
    std::vector<RemoteItem> items;
    for (bool more = true; more;) {
        const Batch batch = fetch();
        more = batch.more;
        items.insert(items.end(), batch.items.begin(), batch.items.end());
    }
    return items;
}

} // namespace indelible::test
