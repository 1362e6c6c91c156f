// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/contract/telegram_network.h"

#include "tests/channels/telegram_support.h"

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

constexpr int kPage = 3; ///< small, so that there are several

class TelegramNetwork final : public Network
{
public:
    explicit TelegramNetwork(const QSslConfiguration *tls)
        : Network(tls)
    {
        m_service.longestPage = kPage;
        m_secrets.values.insert(kSecretKey + u"/session"_s, writeSession(botSession(server().url())));
    }

    Abilities abilities() const override
    {
        return {.edits = true,
                .everyVersion = true,
                .threads = true,
                .publicAnswers = true,
                .privateMessages = true,
                .showsSent = false,
                .pageLength = kPage};
    }

    std::unique_ptr<channels::Channel> channel(const Clock &clock, net::HttpClient &http) override
    {
        m_service.clock = &clock;
        return std::make_unique<channels::telegram::TelegramChannel>(contextFor(clock, http, m_secrets));
    }

    channels::SignIn signIn() override { return {{}, server().url(), kToken.toLatin1()}; }

    QString write(const QString &text, const QString &parent) override
    {
        return u"%1/%2"_s.arg(kGroup).arg(m_service.say(kGroup, 777, text, numberOf(parent)));
    }

    QString writePrivately(const QString &text) override
    {
        return u"%1/%2"_s.arg(kAnasChat).arg(m_service.say(kAnasChat, kAnasChat, text));
    }

    void edit(const QString &id, const QString &text) override { m_service.edit(numberOf(id), text); }

    QStringList answers() const override { return m_service.sent; }

private:
    static qint64 numberOf(const QString &id) { return id.mid(id.lastIndexOf(u'/') + 1).toLongLong(); }

    Answer answer(const Received &request) override { return m_service.answer(request); }

    TestSecrets m_secrets;
    TelegramService m_service;
};

} // namespace

std::unique_ptr<Network> makeTelegramNetwork(const QSslConfiguration *tls)
{
    return std::make_unique<TelegramNetwork>(tls);
}

} // namespace indelible::test
