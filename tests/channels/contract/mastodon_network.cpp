// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/contract/mastodon_network.h"

#include "app/channels/mastodon/mastodon_post.h"
#include "tests/channels/mastodon_support.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

constexpr int kPage = 4; ///< small, so that there are several
constexpr int kMostLetters = 500;
constexpr qsizetype kSalutationCounts = 5; ///< "@ana ": where people of other servers live counts for nothing

class MastodonNetwork final : public Network
{
public:
    explicit MastodonNetwork(const QSslConfiguration *tls)
        : Network(tls)
    {
        m_pages.longestPage = kPage;
        m_secrets.values.insert(kSecretKey + u"/session"_s, writeSession(shopSession(server().url())));
    }

    Abilities abilities() const override
    {
        return {.edits = true,
                .everyVersion = true,
                .deletions = true,
                .threads = true,
                .publicAnswers = true,
                .privateMessages = true,
                .ownElsewhere = true,
                .salutation = u"@ana@far.example "_s,
                .pageLength = kPage};
    }

    std::unique_ptr<channels::Channel> channel(const Clock &clock, net::HttpClient &http) override
    {
        m_clock = &clock;
        return std::make_unique<channels::mastodon::MastodonChannel>(contextFor(clock, http, m_secrets));
    }

    channels::SignIn signIn() override
    {
        channels::SignIn credentials;
        credentials.server = server().url();
        credentials.openPage = [this](const QUrl &page) {
            m_browser = std::make_unique<Browser>();
            m_browser->open(page);
        };
        return credentials;
    }

    QString write(const QString &text, const QString &parent) override
    {
        return notify(add(u"ana"_s, text, idOf(parent)));
    }

    QString writePrivately(const QString &text) override
    {
        const QJsonObject status = with(add(u"ana"_s, text, {}), u"visibility"_s, u"direct"_s);
        m_pages.conversations.prepend(status);
        return notify(status);
    }

    QString writeOurselves(const QString &text, const QString &parent) override
    {
        const QJsonObject status = add(u"shop"_s, text, idOf(parent));
        m_pages.own.prepend(status);
        return uriIn(status);
    }

    void edit(const QString &id, const QString &text) override
    {
        m_pages.edit(idOf(id), htmlOf(text), u"2030-01-01T08:%1:00.000Z"_s.arg(10 + ++m_edits));
    }

    /// The notification of it goes, too.
    void remove(const QString &id) override
    {
        m_pages.statuses.remove(idOf(id));
        QJsonArray left;
        for (const auto &each : std::as_const(m_pages.notifications)) {
            if (uriIn(each[u"status"_s].toObject()) != id)
                left.append(each);
        }
        m_pages.notifications = left;
        QJsonArray newest;
        for (const auto &each : std::as_const(m_pages.conversations)) {
            if (uriIn(each.toObject()) != id)
                newest.append(each);
        }
        m_pages.conversations = newest;
    }

    QStringList answers() const override { return m_answers; }

private:
    static QString htmlOf(const QString &text) { return u"<p>%1</p>"_s.arg(text.toHtmlEscaped()); }
    static QString uriIn(const QJsonObject &status) { return status[u"uri"_s].toString(); }
    [[nodiscard]] static QString idOf(const QString &uri) { return uri.mid(uri.lastIndexOf(u'/') + 1); }

    /// A status, as the server has it from now on.
    QJsonObject add(const QString &name, const QString &text, const QString &inReplyTo)
    {
        const QString id = QString::number(1000 + ++m_number);
        QJsonObject made = with(status(id, name, {}, inReplyTo), u"content"_s, htmlOf(text));
        // Who wants to know whether it is still there asks this server, and no real one.
        made.insert(u"uri"_s, server().url("/statuses/"_L1 + id).toString());
        made.insert(u"created_at"_s, m_clock ? toRfc3339(m_clock->now()) : u"2026-11-22T08:00:00.000Z"_s);
        m_pages.put(made);
        return made;
    }

    QString notify(const QJsonObject &status)
    {
        m_pages.put(status);
        m_pages.notifications.prepend(notification(QString::number(5000 + m_number), status));
        return uriIn(status);
    }

    Answer instance() const
    {
        return Answer::json(QJsonObject{
            {u"domain"_s, u"shop.example"_s},
            {u"version"_s, u"4.3.0"_s},
            {u"configuration"_s, QJsonObject{{u"statuses"_s, QJsonObject{{u"max_characters"_s, kMostLetters},
                                                                         {u"characters_reserved_per_url"_s, 23}}}}}});
    }

    /// Whoever is named hears of it; of what is `direct`, nobody else. The same key within the hour: the same status.
    Answer post(const Received &request)
    {
        const QByteArray key = request.header("idempotency-key");
        if (m_posted.contains(key))
            return Answer::json(m_pages.statuses.value(m_posted.value(key)));
        const QString words = formField(request, u"status"_s);
        const QString parent = formField(request, u"in_reply_to_id"_s);
        const QString salutation = abilities().salutation;
        const bool fits = words.size() - salutation.size() + kSalutationCounts <= kMostLetters;
        if (!fits || !m_pages.statuses.contains(parent) || !words.startsWith(salutation))
            return Answer::json(QJsonObject{{u"error"_s, u"Validation failed"_s}}, 422);
        QJsonObject made = with(add(u"shop"_s, words, parent), u"visibility"_s, formField(request, u"visibility"_s));
        made.insert(u"mentions"_s, QJsonArray{person(u"ana"_s)});
        m_pages.put(made);
        m_pages.own.prepend(made);
        m_posted.insert(key, made[u"id"_s].toString());
        m_answers.append(words.sliced(salutation.size()));
        return Answer::json(made);
    }

    Answer found(const Received &request)
    {
        const QByteArray &path = request.path;
        if (path == "/api/v1/notifications")
            return m_pages.notificationsFor(request);
        if (path == "/api/v1/accounts/id-shop/statuses")
            return m_pages.ownFor(request);
        if (path == "/api/v1/conversations")
            return m_pages.conversationsFor(request);
        if (path == "/api/v1/statuses")
            return post(request);
        if (path.startsWith("/api/v1/statuses/"))
            return m_pages.statusFor(path);
        if (path.startsWith("/statuses/"))
            return m_pages.statusFor("/api/v1" + path);
        if (path == "/api/v2/instance")
            return instance();
        if (path == "/api/v1/apps")
            return Answer::json(QJsonObject{{u"client_id"_s, u"client"_s}, {u"client_secret"_s, u"client-secret"_s}});
        if (path == "/oauth/token")
            return Answer::json(QJsonObject{{u"access_token"_s, u"token-2"_s}, {u"token_type"_s, u"Bearer"_s}});
        if (path == "/api/v1/accounts/verify_credentials")
            return Answer::json(person(u"shop"_s));
        return Answer::json(QJsonObject{{u"error"_s, u"Record not found"_s}}, 404);
    }

    Answer answer(const Received &request) override
    {
        return found(request)
            .withHeader("X-RateLimit-Limit", "300")
            .withHeader("X-RateLimit-Remaining", "200")
            .withHeader("X-RateLimit-Reset", "2026-11-22T23:55:00.000000Z");
    }

    TestSecrets m_secrets;
    const Clock *m_clock = nullptr; ///< of the channel made last
    MastodonPages m_pages;
    QHash<QByteArray, QString> m_posted; ///< Idempotency-Key -> id
    QStringList m_answers;
    std::unique_ptr<Browser> m_browser;
    int m_number = 0;
    int m_edits = 0;
};

} // namespace

std::unique_ptr<Network> makeMastodonNetwork(const QSslConfiguration *tls)
{
    return std::make_unique<MastodonNetwork>(tls);
}

} // namespace indelible::test
