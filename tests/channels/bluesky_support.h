// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/bluesky/bluesky_channel.h"
#include "app/channels/bluesky/bluesky_session.h"
#include "app/net/http_client.h"
#include "app/secrets/secret_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_http_server.h"
#include "tests/support/wait.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace indelible::test {

// The people and places of the tests.
inline const QString kShop = QStringLiteral("did:plc:shop");
inline const QString kAna = QStringLiteral("did:plc:ana");
inline const QString kBen = QStringLiteral("did:plc:ben");

[[nodiscard]] QByteArray bytesOf(const QJsonObject &object);
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

/// A keychain that counts, and that can be made to refuse.
class CountingSecrets final : public secrets::SecretStore
{
    Q_OBJECT
public:
    QCoro::Task<Result<QByteArray>> read(QString key) override;
    QCoro::Task<Result<void>> write(QString key, QByteArray value) override;
    QCoro::Task<Result<void>> remove(QString key) override;
    QCoro::Task<Result<void>> probe() override;
    void keepForSession(const QString & /*prefix*/) override {}
    [[nodiscard]] bool isLasting() const override { return false; }

    QHash<QString, QByteArray> values;
    int writes = 0;
    bool refusesWrites = false;
};

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
    CountingSecrets secrets;
    net::HttpClient http;
    channels::bluesky::BlueskyChannel channel;
    channels::Cursor cursor;
    std::vector<RemoteGone> gone;
    QString limited;
};

} // namespace indelible::test
