// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/contract/feeds_network.h"

#include "app/channels/feeds/feed_position.h"
#include "app/channels/feeds/feeds_channel.h"
#include "tests/channels/channel_support.h"
#include "tests/support/test_secrets.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

class FeedsNetwork final : public Network
{
public:
    explicit FeedsNetwork(const QSslConfiguration *tls)
        : Network(tls)
    {
        channels::feeds::FeedSettings settings;
        settings.address = server().url(u"/feed"_s);
        m_secrets.values.insert(kSecretKey + u"/feed"_s, writeSettings(settings));
    }

    Abilities abilities() const override { return {.edits = true, .deletions = true}; }

    std::unique_ptr<channels::Channel> channel(const Clock &clock, net::HttpClient &http) override
    {
        return std::make_unique<channels::feeds::FeedsChannel>(contextFor(clock, http, m_secrets));
    }

    channels::SignIn signIn() override
    {
        channels::SignIn again;
        again.secret = server().url(u"/feed"_s).toEncoded();
        return again;
    }

    QString write(const QString &text, const QString & /*parent*/) override
    {
        const QString id = u"tag:example,2026:%1"_s.arg(++m_number);
        m_entries.push_back({id, text, 0});
        return id;
    }

    void edit(const QString &id, const QString &text) override
    {
        Entry &entry = *std::ranges::find(m_entries, id, &Entry::id);
        entry.text = text;
        ++entry.version;
    }

    /// RFC 6721: a tombstone.
    void remove(const QString &id) override { std::ranges::find(m_entries, id, &Entry::id)->gone = true; }

    QStringList answers() const override { return {}; }

private:
    struct Entry
    {
        QString id;
        QString text;
        int version = 0;
        bool gone = false;
    };

    static QString written(const Entry &entry)
    {
        const QString when = u"2026-11-22T08:0%1:00Z"_s.arg(entry.version);
        if (entry.gone)
            return u"<at:deleted-entry xmlns:at='http://purl.org/atompub/tombstones/1.0' ref='%1' when='%2'/>"_s.arg(
                entry.id, when);
        return u"<entry><id>%1</id><title/><updated>%2</updated><content type='text'>%3</content></entry>"_s.arg(
            entry.id, when, entry.text.toHtmlEscaped());
    }

    Answer answer(const Received &request) override
    {
        QString document = u"<feed xmlns='http://www.w3.org/2005/Atom'><title>Quay Log</title>"_s;
        for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry)
            document += written(*entry);
        const QByteArray body = (document + u"</feed>"_s).toUtf8();
        const QByteArray tag = '"' + QCryptographicHash::hash(body, QCryptographicHash::Sha1).toHex() + '"';
        if (request.header("if-none-match") == tag)
            return Answer::empty(304);
        return Answer::bytes(body, "application/atom+xml").withHeader("ETag", tag);
    }

    TestSecrets m_secrets;
    std::vector<Entry> m_entries;
    int m_number = 0;
};

} // namespace

std::unique_ptr<Network> makeFeedsNetwork(const QSslConfiguration *tls)
{
    return std::make_unique<FeedsNetwork>(tls);
}

} // namespace indelible::test
