// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_errors.h"

#include "app/base/text.h"
#include "app/channels/json_reader.h"
#include "app/net/http_client.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace indelible::channels::telegram {

namespace {

constexpr qsizetype kQuotedGraphemes = 200;

/// A token that is broken or was revoked is 401 or, because it is part of the address, 404.
bool refusesToken(int status, const QJsonObject &said)
{
    return status == 401 || (status == 404 && said.contains("ok"_L1));
}

QString sentenceOf(int status, const QJsonObject &said)
{
    const QJsonObject parameters = said.value("parameters"_L1).toObject();
    if (parameters.contains("migrate_to_chat_id"_L1))
        return u"This group has become a supergroup. Nothing was sent; answer a message that came since."_s;
    switch (status) {
    case 403:
        return u"Telegram does not let the bot write there: the person may have blocked it, or it is no member any more."_s;
    case 409:
        return u"Another program fetches this bot's messages, and Telegram gives them to one alone (409). Nothing of what was received is lost; stop the other program, or remove its webhook, and this one goes on by itself."_s;
    default:
        return u"Telegram refuses this (%1)."_s.arg(status);
    }
}

Error errorOf(int status, const QJsonObject &said)
{
    if (refusesToken(status, said))
        return signInAgain(u"Telegram does not accept the bot's token."_s).value();
    Error error;
    error.kind = kindOfStatus(status);
    error.httpStatus = status;
    error.provablyNotProcessed = status == 409 || status == 429;
    error.detail = sentenceOf(status, said);
    const QString explanation = snippetOf(wellFormed(said.value("description"_L1).toString()), kQuotedGraphemes);
    if (!explanation.isEmpty())
        error.detail += u" It says: %1"_s.arg(isolated(explanation));
    return error;
}

} // namespace

Result<QByteArray> readAnswer(const net::HttpResponse &response)
{
    const bool worked = response.status >= 200 && response.status < 300;
    const Result<QJsonObject> object = readObject(response.body);
    if (worked && !object)
        return failure(object.error());
    const QJsonObject said = object.value_or(QJsonObject());
    if (worked && said.value("ok"_L1).isBool())
        return said.value("ok"_L1).toBool()
                   ? Result<QByteArray>(response.body)
                   : Result<QByteArray>(failure(errorOf(said.value("error_code"_L1).toInt(400), said)));
    if (worked)
        return invalidReply(u"$.ok is not there"_s);
    return failure(errorOf(response.status, said));
}

std::optional<std::chrono::milliseconds> retryAfterIn(const QByteArray &body)
{
    const QJsonValue seconds = readObject(body).value_or(QJsonObject()).value("parameters"_L1)["retry_after"_L1];
    const qint64 whole = seconds.toInteger(-1);
    constexpr qint64 kMost = 1'000'000'000;
    return whole < 0 ? std::nullopt : std::make_optional(std::chrono::milliseconds(qMin(whole, kMost) * 1000));
}

tl::unexpected<Error> signInAgain(const QString &reason)
{
    Error error;
    error.kind = ErrorKind::Unauthorised;
    error.detail = reason + u" What was fetched stays; ask @BotFather for the token and sign in again."_s;
    return failure(beforeTheCall(std::move(error)));
}

} // namespace indelible::channels::telegram
