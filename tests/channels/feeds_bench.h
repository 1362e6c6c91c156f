// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/feeds/feeds_channel.h"
#include "tests/channels/channel_support.h"
#include "tests/support/fake_clock.h"
#include "tests/support/wait.h"

namespace indelible::test {

inline QByteArray atom(const QByteArray &entries)
{
    return "<feed xmlns='http://www.w3.org/2005/Atom'><title>Quay Log</title><link href='https://quay.example/'/>" +
           entries + "</feed>";
}

inline QByteArray entry(const QByteArray &id, const QByteArray &words)
{
    return "<entry><id>" + id + "</id><title>Entry " + id + "</title><link href='https://quay.example/" + id +
           "'/><updated>2026-11-20T08:00:00Z</updated><content>" + words + "</content></entry>";
}

inline Answer feed(const QByteArray &entries)
{
    return Answer::bytes(atom(entries), "text/html"); // what the server calls it does not matter
}

inline net::HttpPolicy instantPolicy(FakeClock &clock)
{
    net::HttpPolicy policy;
    policy.wait = [&clock](std::chrono::milliseconds length, const std::function<void()> &done) {
        clock.advance(length);
        done();
    };
    return policy;
}

/// One feed on a scripted server; time passes when the test says so.
struct Bench
{
    Bench()
        : http(clock, instantPolicy(clock))
        , channel(contextFor(clock, http, secrets))
    {
        server.on("GET", "/feed", feed(entry("1", "bread")));
    }

    Result<channels::Identity> connect(const QStringList &words = {}, const QString &path = QStringLiteral("/feed"),
                                       Cadence cadence = Cadence::AtOnce)
    {
        channels::SignIn credentials;
        credentials.cadence = cadence;
        credentials.secret = server.url(path).toEncoded();
        credentials.words = words;
        return wait(channel.signIn(credentials));
    }
    channels::Batch fetch()
    {
        Result<channels::Batch> batch = wait(channel.fetch(cursor));
        if (!batch)
            FAIL(batch.error().detail.toStdString());
        cursor = batch->cursor;
        return *batch;
    }
    Error failing()
    {
        const Result<channels::Batch> batch = wait(channel.fetch(cursor));
        REQUIRE_FALSE(batch.has_value());
        return batch.error();
    }
    [[nodiscard]] QByteArray secret() { return *wait(secrets.read(kSecretKey + QStringLiteral("/feed"))); }
    [[nodiscard]] std::size_t requests() const { return server.received().size(); }

    FakeClock clock;
    FakeHttpServer server;
    secrets::MemorySecretStore secrets;
    net::HttpClient http;
    channels::feeds::FeedsChannel channel;
    channels::Cursor cursor;
};

inline QStringList ids(const channels::Batch &batch)
{
    QStringList all;
    for (const RemoteItem &item : batch.items)
        all.append(item.remoteId);
    return all;
}

} // namespace indelible::test
