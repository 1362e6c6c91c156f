// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mail/mail_channel.h"
#include "app/net/http_client.h"
#include "tests/channels/mail_support.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_mail_server.h"
#include "tests/support/test_secrets.h"
#include "tests/support/wait.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace indelible::test {

inline net::HttpPolicy policyOf(std::chrono::milliseconds limit)
{
    net::HttpPolicy policy;
    policy.deadline = limit;
    return policy;
}

/// One account on a scripted server.
struct MailBench
{
    explicit MailBench(std::unique_ptr<FakeMailServer> made = std::make_unique<FakeMailServer>(),
                       std::chrono::milliseconds limit = std::chrono::seconds(20))
        : server(std::move(made))
        , http(clock, policyOf(limit))
        , channel({&clock, &http, &secrets, QStringLiteral("workspace/account"), QStringLiteral("account"), {}})
    {
    }

    channels::SignIn credentials(const QString &host = QStringLiteral("127.0.0.1"), const QString &tls = {}) const
    {
        channels::SignIn entry;
        entry.handle = QStringLiteral("shop@quay.example");
        entry.server = QUrl(QStringLiteral("imap%1://%2:%3").arg(tls, host).arg(server->imapPort()));
        entry.sendingServer = QUrl(QStringLiteral("smtp%1://%2:%3").arg(tls, host).arg(server->smtpPort()));
        entry.secret = server->password;
        return entry;
    }

    /// Signs in and reads until there is no more.
    std::vector<RemoteItem> fetchAll()
    {
        if (secrets.values.isEmpty())
            REQUIRE(wait(channel.signIn(credentials())));
        std::vector<RemoteItem> items;
        bool more = true;
        while (more) {
            const Result<channels::Batch> batch = wait(channel.fetch(cursor));
            REQUIRE(batch);
            items.insert(items.end(), batch->items.begin(), batch->items.end());
            cursor = batch->cursor;
            more = batch->more;
            if (!batch->limited.isEmpty())
                limited = batch->limited;
        }
        return items;
    }

    channels::Outgoing answerTo(const RemoteItem &item)
    {
        channels::Outgoing outgoing;
        outgoing.key = channel.prepareKey(clock.now());
        outgoing.audience = Audience::Private;
        outgoing.threadId = item.threadId;
        outgoing.parentId = item.remoteId;
        outgoing.reply = item.reply;
        outgoing.text = QStringLiteral("we are sorry");
        outgoing.createdAt = clock.now();
        return outgoing;
    }

    FakeClock clock;
    std::unique_ptr<FakeMailServer> server;
    TestSecrets secrets;
    net::HttpClient http;
    channels::mail::MailChannel channel;
    channels::Cursor cursor;
    QString limited;
};

inline QByteArray aMail(const QByteArray &id, const QByteArray &words = "words\n", const QByteArray &more = {})
{
    return mailBytes(head(id + "@far.example", more), words);
}

inline qsizetype countOf(const MailBench &bench, const char *name)
{
    return std::ranges::count_if(bench.server->commands,
                                 [name](const QByteArray &command) { return command.startsWith(name); });
}

} // namespace indelible::test
