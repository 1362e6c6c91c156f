// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/contract/bluesky_network.h"

#include "app/channels/bluesky/bluesky_client.h"
#include "tests/channels/bluesky_support.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

constexpr int kPage = 3; ///< small, so that there are several

class BlueskyNetwork final : public Network
{
public:
    explicit BlueskyNetwork(const QSslConfiguration *tls)
        : Network(tls)
    {
        const channels::bluesky::Session session{kShop, u"shop.example"_s, u"SHOP"_s,     server().url(),
                                                 true,  token(u"first"_s), u"refresh-1"_s};
        m_secrets.values.insert(kSecretKey + u"/session"_s, writeSession(session));
    }

    Abilities abilities() const override
    {
        return {.deletions = true,
                .threads = true,
                .publicAnswers = true,
                .privateMessages = true,
                .ownElsewhere = true,
                .pageLength = kPage};
    }

    std::unique_ptr<channels::Channel> channel(const Clock &clock, net::HttpClient &http) override
    {
        return std::make_unique<channels::bluesky::BlueskyChannel>(contextFor(clock, http, m_secrets),
                                                                   channels::bluesky::usualDirectory());
    }

    channels::SignIn signIn() override { return {u"shop.example"_s, server().url(), "an app password"}; }

    QString write(const QString &text, const QString &parent) override { return add(kAna, text, parent); }
    QString writeOurselves(const QString &text, const QString &parent) override { return add(kShop, text, parent); }

    QString writePrivately(const QString &text) override
    {
        m_messages.push_back(message(kAna, text));
        return u"chat:c1/%1"_s.arg(m_messages.back()[u"id"_s].toString());
    }

    void remove(const QString &id) override
    {
        std::erase_if(m_posts, [&](const QJsonObject &post) { return uriIn(post) == id; });
    }

    QStringList answers() const override { return m_answers; }

private:
    static QString uriIn(const QJsonObject &post) { return post[u"uri"_s].toString(); }
    static QString parentIn(const QJsonObject &post)
    {
        return post[u"record"_s][u"reply"_s][u"parent"_s][u"uri"_s].toString();
    }

    QString add(const QString &did, const QString &text, const QString &parent)
    {
        const QString key = u"k%1"_s.arg(++m_number, 4, 10, QChar(u'0'));
        const QJsonObject said = parent.isEmpty() ? record(text) : answerRecord(text, rootOf(parent), parent);
        m_posts.push_back(post(did, key, said));
        return uriOf(did, key);
    }

    [[nodiscard]] QString rootOf(QString uri) const
    {
        for (const QJsonObject &each : m_posts) {
            if (uriIn(each) == uri && !parentIn(each).isEmpty())
                return each[u"record"_s][u"reply"_s][u"root"_s][u"uri"_s].toString();
        }
        return uri;
    }

    QJsonObject message(const QString &did, const QString &text)
    {
        const QString id = u"m%1"_s.arg(++m_number, 4, 10, QChar(u'0'));
        return chatMessage(id, did, text, u"2026-11-22T08:00:%1.000Z"_s.arg(m_number % 60, 2, 10, QChar(u'0')));
    }

    /// One page of rows that stand from old to new, newest first; the cursor says where the next one ends.
    template<typename Make>
    static QJsonObject page(const Received &request, const QString &name, const std::vector<QJsonObject> &rows,
                            Make make)
    {
        const QString cursor = request.queryValue(u"cursor"_s);
        const qsizetype all = static_cast<qsizetype>(rows.size());
        const qsizetype end = cursor.isEmpty() ? all : qBound(qsizetype(0), qsizetype(cursor.toInt()), all);
        const qsizetype begin = qMax<qsizetype>(0, end - kPage);
        QJsonArray array;
        for (qsizetype i = end; i-- > begin;)
            array.append(make(rows.at(static_cast<size_t>(i))));
        QJsonObject object{{name, array}};
        if (begin > 0)
            object.insert(u"cursor"_s, QString::number(begin));
        return object;
    }

    [[nodiscard]] std::vector<QJsonObject> postsWhere(bool ours) const
    {
        std::vector<QJsonObject> some;
        std::ranges::copy_if(m_posts, std::back_inserter(some), [ours](const QJsonObject &post) {
            return (post[u"author"_s][u"did"_s].toString() == kShop) == ours;
        });
        return some;
    }

    [[nodiscard]] QJsonObject node(const QJsonObject &of) const
    {
        QJsonArray below;
        for (const QJsonObject &each : m_posts) {
            if (parentIn(each) == uriIn(of))
                below.append(node(each));
        }
        return threadNode(of, below);
    }

    [[nodiscard]] QJsonObject thread(const QString &uri) const
    {
        for (const QJsonObject &each : m_posts) {
            if (uriIn(each) == uri)
                return node(each);
        }
        return {{u"$type"_s, u"app.bsky.feed.defs#notFoundPost"_s}, {u"uri"_s, uri}, {u"notFound"_s, true}};
    }

    [[nodiscard]] Answer posts(const Received &request) const
    {
        const QStringList wanted = request.query.allQueryItemValues(u"uris"_s, QUrl::FullyDecoded);
        QJsonArray found;
        for (const QJsonObject &each : m_posts) {
            if (wanted.contains(uriIn(each)))
                found.append(each);
        }
        return Answer::json(QJsonObject{{u"posts"_s, found}});
    }

    [[nodiscard]] Answer stored(const Received &request) const
    {
        const QString uri = uriOf(request.queryValue(u"repo"_s), request.queryValue(u"rkey"_s));
        for (const QJsonObject &each : m_posts) {
            if (uriIn(each) == uri)
                return Answer::json(
                    QJsonObject{{u"uri"_s, uri}, {u"cid"_s, each[u"cid"_s]}, {u"value"_s, each[u"record"_s]}});
        }
        return refusal(400, u"RecordNotFound"_s, u"Could not locate record"_s);
    }

    Answer put(const Received &request)
    {
        const QString key = request.json()[u"rkey"_s].toString();
        const QJsonObject said = request.json()[u"record"_s].toObject();
        const QString uri = uriOf(kShop, key);
        const auto there = std::ranges::find_if(m_posts, [&](const QJsonObject &post) { return uriIn(post) == uri; });
        if (there != m_posts.end() && (*there)[u"record"_s].toObject() != said)
            return refusal(400, u"InvalidSwap"_s, u"Record was at another cid"_s);
        if (there == m_posts.end()) {
            m_posts.push_back(post(kShop, key, said));
            m_answers.append(said[u"text"_s].toString());
        }
        return Answer::json(QJsonObject{{u"uri"_s, uri}, {u"cid"_s, "cid-"_L1 + key}});
    }

    Answer sendMessage(const Received &request)
    {
        const QString text = request.json()[u"message"_s][u"text"_s].toString();
        m_messages.push_back(message(kShop, text));
        m_answers.append(text);
        return Answer::json(m_messages.back());
    }

    Answer log(const Received &request)
    {
        const QString cursor = request.queryValue(u"cursor"_s);
        QJsonArray logs;
        for (size_t i = cursor.isEmpty() ? m_messages.size() : cursor.toUInt(); i < m_messages.size(); ++i)
            logs.append(QJsonObject{{u"$type"_s, u"chat.bsky.convo.defs#logCreateMessage"_s},
                                    {u"rev"_s, m_messages.at(i)[u"rev"_s]},
                                    {u"convoId"_s, u"c1"_s},
                                    {u"message"_s, m_messages.at(i)}});
        return Answer::json(QJsonObject{{u"logs"_s, logs}, {u"cursor"_s, QString::number(m_messages.size())}});
    }

    Answer chat(const QString &name, const Received &request)
    {
        if (name == u"getLog"_s)
            return log(request);
        if (name == u"listConvos"_s)
            return Answer::json(
                QJsonObject{{u"convos"_s, m_messages.empty() ? QJsonArray() : QJsonArray{convo(u"c1"_s)}}});
        if (name == u"getMessages"_s)
            return Answer::json(page(request, u"messages"_s, m_messages, [](const QJsonObject &each) { return each; }));
        if (name == u"getConvo"_s)
            return Answer::json(QJsonObject{{u"convo"_s, convo(u"c1"_s)}});
        if (name == u"sendMessage"_s)
            return sendMessage(request);
        return refusal(501, u"MethodNotImplemented"_s);
    }

    Answer newSession(const QString &name)
    {
        QJsonObject session = profile(kShop);
        session.insert(u"accessJwt"_s, token(name));
        session.insert(u"refreshJwt"_s, u"refresh-2"_s);
        return Answer::json(session);
    }

    Answer answer(const Received &request) override
    {
        const QString name = QString::fromLatin1(request.path).mid(QStringLiteral("/xrpc/").size());
        if (name == u"app.bsky.notification.listNotifications"_s)
            return Answer::json(page(request, u"notifications"_s, postsWhere(false), [](QJsonObject each) {
                each.remove(u"$type"_s);
                each.insert(u"reason"_s, parentIn(each).isEmpty() ? u"mention"_s : u"reply"_s);
                each.insert(u"isRead"_s, false);
                return each;
            }));
        if (name == u"app.bsky.feed.getAuthorFeed"_s)
            return Answer::json(page(request, u"feed"_s, postsWhere(true), [](const QJsonObject &each) {
                return QJsonObject{{u"post"_s, each}};
            }));
        if (name == u"app.bsky.feed.getPostThread"_s)
            return Answer::json(QJsonObject{{u"thread"_s, thread(request.queryValue(u"uri"_s))}});
        if (name == u"app.bsky.feed.getPosts"_s)
            return posts(request);
        if (name == u"com.atproto.repo.getRecord"_s)
            return stored(request);
        if (name == u"com.atproto.repo.putRecord"_s)
            return put(request);
        if (name == u"com.atproto.identity.resolveHandle"_s)
            return Answer::json(QJsonObject{{u"did"_s, kShop}});
        if (name == u"app.bsky.actor.getProfile"_s)
            return Answer::json(profile(kShop));
        if (name == u"com.atproto.server.createSession"_s || name == u"com.atproto.server.refreshSession"_s)
            return newSession(u"renewed"_s);
        if (name.startsWith(u"chat.bsky.convo."_s))
            return chat(name.mid(QStringLiteral("chat.bsky.convo.").size()), request);
        return refusal(501, u"MethodNotImplemented"_s);
    }

    TestSecrets m_secrets;
    std::vector<QJsonObject> m_posts;    ///< as views, from old to new
    std::vector<QJsonObject> m_messages; ///< of the one conversation, from old to new
    QStringList m_answers;
    int m_number = 0;
};

} // namespace

std::unique_ptr<Network> makeBlueskyNetwork(const QSslConfiguration *tls)
{
    return std::make_unique<BlueskyNetwork>(tls);
}

} // namespace indelible::test
