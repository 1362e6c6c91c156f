// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mastodon/mastodon_channel.h"
#include "app/channels/mastodon/mastodon_parser.h"
#include "app/channels/mastodon/mastodon_session.h"
#include "tests/channels/channel_support.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_secrets.h"
#include "tests/support/wait.h"

#include <QTcpSocket>

namespace indelible::test {

/// The shop's account on the server of the tests.
[[nodiscard]] channels::mastodon::Session shopSession(const QUrl &server);
[[nodiscard]] channels::mastodon::Self shopSelf();

/// "shop" is ours, everybody else is at far.example. Ids are "id-<name>".
[[nodiscard]] QJsonObject person(const QString &name);
[[nodiscard]] QString profileOf(const QString &name);
[[nodiscard]] QString uriOf(const QString &id);
/// A public status with these words; mentions the shop unless it is the shop's.
[[nodiscard]] QJsonObject status(const QString &id, const QString &name, const QString &words,
                                 const QString &inReplyTo = {});
[[nodiscard]] QJsonObject notification(const QString &id, const QJsonObject &status,
                                       const QString &type = QStringLiteral("mention"));

/// What a server has, and the pages in which it shows that. Statuses that are put in are served, with what stands above
/// and below them.
struct MastodonPages
{
    void put(const QJsonObject &status) { statuses.insert(status.value(QStringLiteral("id")).toString(), status); }
    /// Its author edits it: what shows it shows the new words from then on, and its history has all of them.
    void edit(const QString &id, const QString &html, const QString &editedAt);
    [[nodiscard]] Answer notificationsFor(const Received &request) const;
    [[nodiscard]] Answer groupedFor(const Received &request) const;
    [[nodiscard]] Answer ownFor(const Received &request) const;
    [[nodiscard]] Answer conversationsFor(const Received &request) const;
    [[nodiscard]] Answer statusFor(const QByteArray &path) const;

    QMap<QString, QJsonObject> statuses;
    QJsonArray notifications;            ///< newest first
    QJsonArray own;                      ///< newest first
    QJsonArray conversations;            ///< the newest words of each, newest first
    QMap<QString, QJsonArray> histories; ///< id -> versions, the newest too; of what was edited
    bool tellsHistories = true;          ///< snac2 does not
    bool newestFirst = false;            ///< as snac2 answers min_id
    bool ignoresBounds = false;          ///< in the list of own statuses, as snac2 does
    qsizetype longestPage = 80;          ///< whatever is asked for

private:
    [[nodiscard]] QJsonArray notificationsPage(const Received &request) const;
};

/// One account on a scripted server, signed in unless `signedIn` is false.
struct MastodonBench : MastodonPages
{
    explicit MastodonBench(bool signedIn = true, std::chrono::milliseconds signInLimit = channels::kSignInLimit,
                           std::chrono::milliseconds silence = std::chrono::seconds(20));

    /// A route of the server.
    void on(const QByteArray &path, Handler handler, const QByteArray &method = "GET");
    void on(const QByteArray &path, const Answer &answer, const QByteArray &method = "GET");
    /// Serves statuses and contexts out of `statuses`, notifications out of `notifications` (which answers min_id and
    /// max_id as Mastodon does, or as snac2 does), our own statuses out of `own`, and `conversations`.
    void serve();
    /// Fetches until there is no more; the last cursor is left in `cursor`.
    [[nodiscard]] std::vector<RemoteItem> fetchAll();

    FakeClock clock;
    FakeHttpServer server;
    TestSecrets secrets;
    net::HttpClient http;
    channels::mastodon::MastodonChannel channel;
    channels::Cursor cursor;
    QString limited;
    int failing = -1; ///< number of the request that gets a 500 instead
    int asked = 0;

private:
    /// The answer, unless it is the turn of the failure.
    template<typename Make>
    Answer unlessFailing(Make make)
    {
        return asked++ == failing ? Answer::empty(500) : make();
    }
};

/// A browser with a person in it who allows what they are asked. Sends the code back to where the page says, with the
/// state that came or with `state`.
struct Browser
{
    void open(const QUrl &page);

    QUrl asked;
    QString state;
    bool staysAway = false;
    QTcpSocket socket;
};
/// What a field of a request's form says.
[[nodiscard]] QString formField(const Received &request, const QString &name);

} // namespace indelible::test
