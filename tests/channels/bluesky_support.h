// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/bluesky/bluesky_channel.h"
#include "app/channels/bluesky/bluesky_session.h"
#include "tests/channels/channel_support.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_secrets.h"
#include "tests/support/wait.h"

namespace indelible::test {

// The people and places of the tests.
inline const QString kShop = QStringLiteral("did:plc:shop");
inline const QString kAna = QStringLiteral("did:plc:ana");
inline const QString kBen = QStringLiteral("did:plc:ben");

[[nodiscard]] QString uriOf(const QString &did, const QString &key);
[[nodiscard]] QJsonObject profile(const QString &did);

/// A post's record; `reply` as {rootUri, parentUri}.
[[nodiscard]] QJsonObject record(const QString &text);
[[nodiscard]] QJsonObject answerRecord(const QString &text, const QString &rootUri, const QString &parentUri);
/// A postView; its cid is "cid-<key>".
[[nodiscard]] QJsonObject post(const QString &did, const QString &key, const QJsonObject &record);
[[nodiscard]] QJsonObject threadNode(const QJsonObject &post, const QJsonArray &replies = {});
[[nodiscard]] QJsonObject notification(const QString &reason, const QString &did, const QString &key,
                                       const QJsonObject &record,
                                       const QString &indexedAt = QStringLiteral("2026-11-22T08:00:00.000Z"));
[[nodiscard]] QJsonObject chatMessage(const QString &id, const QString &did, const QString &text,
                                      const QString &sentAt = QStringLiteral("2026-11-22T08:00:00.000Z"));
[[nodiscard]] QJsonObject convo(const QString &id);

/// A token that says `scope` of itself.
[[nodiscard]] QString token(const QString &name,
                            const QString &scope = QStringLiteral("com.atproto.appPassPrivileged"));
[[nodiscard]] Answer refusal(int status, const QString &code,
                             const QString &message = QStringLiteral("said the server"));

/// One account on a scripted server, signed in unless `signedIn` is false.
struct BlueskyBench
{
    explicit BlueskyBench(bool signedIn = true, const QString &scope = QStringLiteral("com.atproto.appPassPrivileged"),
                          bool hasDirectory = false);

    /// A route of the server: GET unless `method` says otherwise.
    void on(const QString &name, Handler handler, const QByteArray &method = "GET");
    void on(const QString &name, const Answer &answer, const QByteArray &method = "GET");
    [[nodiscard]] std::vector<Received> calls(const QString &name) const;
    /// An account without notifications, posts and messages, until a test says otherwise.
    void quiet();
    [[nodiscard]] channels::bluesky::Session stored() const;
    /// Fetches until there is no more; the last cursor is left in `cursor`.
    [[nodiscard]] std::vector<RemoteItem> fetchAll();

    FakeClock clock;
    FakeHttpServer server;
    TestSecrets secrets;
    net::HttpClient http;
    channels::bluesky::BlueskyChannel channel;
    channels::Cursor cursor;
    std::vector<RemoteGone> gone;
    QString limited;
};

} // namespace indelible::test
