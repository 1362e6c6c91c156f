// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_sign_in.h"

#include "app/channels/call_errors.h"
#include "app/channels/telegram/telegram_parser.h"

using namespace Qt::StringLiterals;

namespace indelible::channels::telegram {

namespace {

Result<Session> entryOf(const SignIn &credentials)
{
    Session session;
    session.token = QString::fromUtf8(credentials.secret.trimmed());
    if (!looksLikeToken(session.token))
        return failure(
            ErrorKind::Usage,
            u"This is no bot token: it is digits, a colon and about 35 letters, as @BotFather shows it. Nothing was sent."_s);
    session.serverTyped = !credentials.server.isEmpty();
    session.server = session.serverTyped
                         ? credentials.server.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment)
                         : usualServer();
    return session;
}

} // namespace

QCoro::Task<Result<Identity>> signIn(QPointer<TelegramClient> client, SignIn credentials)
{
    Result<Session> session = entryOf(credentials);
    if (!session)
        co_return failure(session.error());
    const Result<void> trusted = client->trust(*session);
    if (!trusted)
        co_return failure(trusted.error());
    auto answerTask = client->callAs(*session, Call{u"getMe"_s});
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    const Result<Bot> bot = parseBot(*answer);
    if (!bot)
        co_return failure(bot.error());
    if (!client)
        co_return cancelled();
    session->botId = bot->id;
    session->handle = bot->handle;
    session->name = bot->name;
    auto storedTask = client->adopt(*session);
    Result<void> stored = co_await storedTask;
    if (!stored)
        co_return failure(stored.error());
    Identity identity{QString::number(bot->id), bot->handle, bot->name, session->server, {}};
    co_return identity;
}

} // namespace indelible::channels::telegram
