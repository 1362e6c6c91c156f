// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_items.h"

#include "app/base/text.h"
#include "app/channels/feeds/feed_address.h"
#include "app/channels/feeds/feed_prose.h"
#include "app/channels/feeds/feed_text.h"
#include "app/channels/feeds/feed_words.h"

#include <QCryptographicHash>
#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

/// Of those that have left the feed, so many are remembered: some feeds show an item again.
constexpr std::size_t kMostRemembered = 200;

QString hashId(const QString &text)
{
    return u"sha256:"_s +
           QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex());
}

/// What tells an entry from the others of its feed.
QString keyOf(const QString &id)
{
    constexpr qsizetype kLongestId = 1000;
    return id.size() > kLongestId ? hashId(id) : wellFormed(id);
}

QString keyOf(const FeedEntry &entry)
{
    constexpr qsizetype kHashedText = 500;
    if (!entry.id.isEmpty())
        return keyOf(entry.id);
    if (!entry.link.isEmpty())
        return keyOf(entry.link);
    const QString date = entry.published ? toRfc3339(*entry.published) : QString();
    return hashId(entry.title.value + u'\n' + date + u'\n' + entry.content.value.left(kHashedText));
}

Author authorOf(const FeedEntry &entry, const FeedDocument &document, const QUrl &address)
{
    const FeedPerson &person = entry.author.isEmpty() ? document.author : entry.author;
    const QString feedHost = hostOf(document.link.isEmpty() ? address.toString() : document.link);
    const QString itsHost = hostOf(linkBehind(entry.link));
    const QString host = itsHost.isEmpty() ? feedHost : itsHost;
    Author author;
    author.handle = host;
    if (!person.isEmpty()) {
        author.name =
            person.name.isEmpty() ? person.mail : proseOf({person.name, looksLikeHtml(person.name)}).text.simplified();
        author.remoteId = person.address.isEmpty() ? host + u'/' + author.name.toCaseFolded() : person.address;
    } else {
        // Somewhere on the web: the site is all that is known of who says it.
        author.name = host == feedHost && !document.title.isEmpty() ? document.title : host;
        author.remoteId = host;
    }
    return {wellFormed(author.remoteId), wellFormed(author.handle), wellFormed(author.name.simplified())};
}

/// Words and where they lead, without what only counts clicks.
QString versionOf(const Prose &prose)
{
    QString whole = prose.text;
    for (const TextLink &link : prose.links)
        whole += u'\n' + comparableLink(link.target);
    return shortHash(whole.toUtf8());
}

/// One document's work.
class Reading
{
public:
    Reading(const FeedDocument &document, const QUrl &address, const std::vector<KnownEntry> &before, Instant now)
        : m_document(document)
        , m_address(address)
        , m_before(before)
        , m_now(now)
    {
        for (std::size_t i = 0; i < before.size(); ++i)
            m_byKey.insert(before[i].key, i);
    }

    FeedNews read(const QStringList &words)
    {
        for (const FeedEntry &entry : m_document.entries)
            takeEntry(entry, words);
        m_news.mayHaveMissed = !m_before.empty() && !m_document.entries.empty() && m_claimed.isEmpty();
        rememberOlder();
        for (const QString &id : m_document.deleted) {
            if (!id.isEmpty())
                m_news.gone.push_back({keyOf(id), RemoteGone::Reason::DeletedByAuthor});
        }
        findThreads();
        std::ranges::stable_sort(m_news.items, {}, &RemoteItem::createdAt);
        return std::move(m_news);
    }

private:
    void takeEntry(const FeedEntry &entry, const QStringList &words)
    {
        const QString key = keyOf(entry);
        const Prose title = proseOf(entry.title);
        KnownEntry known = claim({shortHash(key.toUtf8()),
                                  {},
                                  shortHash(comparableLink(entry.link).toUtf8()),
                                  shortHash(title.text.toUtf8()),
                                  false});
        const QString remoteId = known.variant.isEmpty() ? key : key + u' ' + known.variant;
        if (m_seen.contains(remoteId))
            return;
        m_seen.insert(remoteId);
        RemoteItem item = itemOf(entry, title);
        item.remoteId = remoteId;
        m_parents.insert(remoteId, entry.parent.isEmpty() ? QString() : keyOf(entry.parent));
        known.taken = known.taken || words.isEmpty() || mentions(words, item);
        if (known.taken)
            m_news.items.push_back(std::move(item));
        m_news.known.push_back(std::move(known));
    }

    /// The entry as it was remembered, with link and title as they are now; a new one where it was not, or where the
    /// id has come to mean something else.
    KnownEntry claim(KnownEntry seen)
    {
        const auto isSame = [&seen](const KnownEntry &other) {
            return other.key == seen.key && (other.link == seen.link || other.title == seen.title);
        };
        const auto before = m_byKey.values(seen.key);
        for (const std::size_t index : before) {
            if (isSame(m_before[index])) {
                m_claimed.insert(index);
                seen.variant = m_before[index].variant;
                seen.taken = m_before[index].taken;
                return seen;
            }
        }
        if (const auto here = std::ranges::find_if(m_news.known, isSame); here != m_news.known.end()) {
            seen.variant = here->variant;
            return seen;
        }
        const bool isUsed =
            !before.isEmpty() || std::ranges::find(m_news.known, seen.key, &KnownEntry::key) != m_news.known.end();
        if (isUsed)
            seen.variant = shortHash((seen.link + seen.title).toUtf8());
        return seen;
    }

    RemoteItem itemOf(const FeedEntry &entry, const Prose &title) const
    {
        RemoteItem item;
        item.kind = ItemKind::Mention;
        item.audience = Audience::Public;
        item.direction = Direction::Incoming;
        item.author = authorOf(entry, m_document, m_address);
        item.url = wellFormed(linkBehind(entry.link));
        Prose prose = joined(title, proseOf(entry.content));
        item.text = prose.text.isEmpty() ? item.url : wellFormed(prose.text);
        item.version = versionOf(prose);
        item.links = std::move(prose.links);
        item.media = entry.media;
        for (Media &medium : item.media)
            medium.description = wellFormed(medium.description);
        item.language = entry.language;
        item.createdAt = std::min(entry.published.value_or(entry.updated.value_or(m_now)), m_now);
        return item;
    }

    static bool mentions(const QStringList &words, const RemoteItem &item)
    {
        QString whole = item.text + u'\n' + item.url;
        for (const TextLink &link : item.links)
            whole += u'\n' + link.target;
        return containsOne(words, whole);
    }

    void rememberOlder()
    {
        std::size_t remembered = 0;
        for (std::size_t i = 0; i < m_before.size() && remembered < kMostRemembered; ++i) {
            if (m_claimed.contains(i))
                continue;
            m_news.known.push_back(m_before[i]);
            ++remembered;
        }
    }

    void findThreads()
    {
        for (RemoteItem &item : m_news.items) {
            item.parentId = m_parents.value(item.remoteId);
            item.threadId = item.remoteId;
            // A document whose entries answer each other in a circle is left after one turn.
            for (qsizetype steps = 0; steps <= m_parents.size(); ++steps) {
                const QString parent = m_parents.value(item.threadId);
                if (parent.isEmpty())
                    break;
                item.threadId = parent;
            }
        }
    }

    const FeedDocument &m_document;
    const QUrl &m_address;
    const std::vector<KnownEntry> &m_before;
    Instant m_now;
    QMultiHash<QString, std::size_t> m_byKey;
    QSet<std::size_t> m_claimed;
    QSet<QString> m_seen;
    QHash<QString, QString> m_parents; ///< of the entries of this document, by id
    FeedNews m_news;
};

} // namespace

FeedNews newsOf(const FeedDocument &document, const QUrl &address, const std::vector<KnownEntry> &before,
                const QStringList &words, Instant now)
{
    return Reading(document, address, before, now).read(words);
}

} // namespace indelible::channels::feeds
