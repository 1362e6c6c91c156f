// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/telegram/telegram_channel.h"
#include "app/channels/telegram/telegram_parser.h"
#include "app/channels/telegram/telegram_session.h"
#include "tests/channels/channel_support.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_secrets.h"
#include "tests/support/wait.h"

#include <optional>
#include <vector>

namespace indelible::test {

// The bot of the tests, and where it is spoken to.
inline const QString kToken = QStringLiteral("123456:CANARYaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
constexpr qint64 kBot = 123456;
constexpr qint64 kAnasChat = 5551000;
constexpr qint64 kGroup = -1001234567890;

[[nodiscard]] channels::telegram::Session botSession(const QUrl &server);
[[nodiscard]] inline channels::telegram::Self botSelf()
{
    return {kBot, QStringLiteral("cornerbakery_bot")};
}

[[nodiscard]] QJsonObject user(qint64 id, const QString &name);
/// What `chat` says, to the bot in private or in the group.
[[nodiscard]] QJsonObject message(qint64 id, qint64 chat, qint64 from, const QString &text);
[[nodiscard]] QJsonObject updateOf(qint64 number, const QJsonObject &message,
                                   const QString &kind = QStringLiteral("message"));
[[nodiscard]] QByteArray pageOf(const QJsonArray &updates);

/// The service as it behaves by its documentation: gives out what waits from an offset on and forgets what is below,
/// and what is older than a day; numbers messages; takes no key, and shows nobody what a bot has sent.
class TelegramService
{
public:
    /// Somebody says something; the message's number.
    qint64 say(qint64 chat, qint64 from, const QString &text, qint64 answers = 0);
    void edit(qint64 message, const QString &text);
    [[nodiscard]] Answer answer(const Received &request);

    const Clock *clock = nullptr;
    QStringList sent;
    qsizetype longestPage = 100;
    qint64 nextUpdate = 9001;

private:
    struct Waiting
    {
        QJsonObject update;
        Instant since;
    };
    [[nodiscard]] Instant now() const;
    void tell(const QJsonObject &message, const QString &kind);
    Answer updates(const Received &request);
    Answer send(const QJsonObject &body);

    std::vector<Waiting> m_waiting;
    QHash<qint64, QJsonObject> m_messages;
    qint64 m_number = 56;
};

/// One bot on a scripted server, signed in unless `signedIn` is false.
struct TelegramBench
{
    explicit TelegramBench(bool signedIn = true);

    /// A route of the server for one method.
    void on(const QByteArray &method, const Answer &answer, const QByteArray &verb = "GET");
    [[nodiscard]] std::vector<Received> calls(const QByteArray &method) const;
    [[nodiscard]] channels::Batch fetch();
    [[nodiscard]] std::vector<RemoteItem> fetchAll();

    FakeClock clock;
    FakeHttpServer server;
    TestSecrets secrets;
    net::HttpClient http;
    channels::telegram::TelegramChannel channel;
    TelegramService service;
    channels::Cursor cursor;
};

} // namespace indelible::test
