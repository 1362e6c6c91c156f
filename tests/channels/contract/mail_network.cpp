// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/contract/mail_network.h"

#include "app/channels/mail/mail_channel.h"
#include "app/channels/mail/mail_position.h"
#include "app/channels/mail/mail_session.h"
#include "tests/channels/mail_support.h"
#include "tests/support/fake_mail_server.h"
#include "tests/support/wait.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

using channels::mail::MailServer;

const QString kKey = u"workspace/account"_s;

class MailNetwork final : public Network
{
public:
    explicit MailNetwork(const QSslConfiguration *tls)
        : Network(nullptr)
        , m_mail(tls ? std::make_unique<FakeMailServer>(*tls) : std::make_unique<FakeMailServer>())
        , m_security(tls ? MailServer::Security::Tls : MailServer::Security::StartTls)
    {
        m_mail->decide = [this](const Received &command) { return decide(command); };
        const auto server = [this](quint16 port) { return MailServer{u"localhost"_s, port, m_security}; };
        const channels::mail::Session session{u"shop@quay.example"_s, server(m_mail->imapPort()),
                                              server(m_mail->smtpPort()), m_mail->password};
        (void)wait(m_secrets.write(kKey + u"/session"_s, writeSession(session)));
    }

    Abilities abilities() const override
    {
        return {.deletions = true,
                .threads = true,
                .privateMessages = true,
                .ownElsewhere = true,
                .pageLength = channels::mail::kMailsAtOnce};
    }

    std::unique_ptr<channels::Channel> channel(const Clock &clock, net::HttpClient &http) override
    {
        channels::ChannelContext context;
        context.clock = &clock;
        context.http = &http;
        context.secrets = &m_secrets;
        context.secretKey = kKey;
        context.pauseGroup = u"account"_s;
        return std::make_unique<channels::mail::MailChannel>(context);
    }

    channels::SignIn signIn() override
    {
        channels::SignIn again;
        again.handle = u"shop@quay.example"_s;
        again.server = QUrl(u"imap://localhost:%1"_s.arg(m_mail->imapPort()));
        again.sendingServer = QUrl(u"smtp://localhost:%1"_s.arg(m_mail->smtpPort()));
        again.secret = m_mail->password;
        return again;
    }

    QString write(const QString &text, const QString &parent) override { return put(m_mail->inbox, text, parent); }
    QString writePrivately(const QString &text) override { return put(m_mail->inbox, text, {}); }
    QString writeOurselves(const QString &text, const QString &parent) override
    {
        return put(m_mail->sent, text, parent);
    }

    void turnRound() override
    {
        std::vector<FakeMail> turned;
        std::swap(turned, m_mail->inbox.mails);
        for (auto mail = turned.rbegin(); mail != turned.rend(); ++mail)
            m_mail->inbox.add(mail->bytes);
    }

    void remove(const QString &id) override
    {
        std::erase_if(m_mail->inbox.mails,
                      [&id](const FakeMail &mail) { return mail.bytes.contains('<' + id.toLatin1() + ">\r\n"); });
    }

    QStringList answers() const override
    {
        QStringList texts;
        for (const QByteArray &mail : m_mail->submitted)
            texts.append(readMail(mail, Direction::Outgoing).item.text);
        return texts;
    }

    void close() override { m_mail->close(); }

protected:
    Answer answer(const Received &command) override { return m_mail->answer(command); }

private:
    QString put(FakeFolder &folder, const QString &text, const QString &parent)
    {
        const QByteArray id = QByteArray::number(++m_number) + "@far.example";
        const QByteArray above = parent.isEmpty() ? QByteArray() : "In-Reply-To: <" + parent.toLatin1() + ">\n";
        folder.add(mailBytes(head(id, above), text.toUtf8() + '\n'));
        return QString::fromLatin1(id);
    }

    secrets::MemorySecretStore m_secrets;
    std::unique_ptr<FakeMailServer> m_mail;
    MailServer::Security m_security;
    int m_number = 0;
};

} // namespace

std::unique_ptr<Network> makeMailNetwork(const QSslConfiguration *tls)
{
    return std::make_unique<MailNetwork>(tls);
}

} // namespace indelible::test
