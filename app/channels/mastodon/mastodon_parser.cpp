// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_parser.h"

#include "app/channels/json_reader.h"
#include "app/channels/mastodon/mastodon_post.h"
#include "app/html/html_text.h"

#include <QCryptographicHash>
#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

constexpr qsizetype kUsualCharacters = 500;
constexpr qsizetype kUsualLinkLength = 23;

QString handleOf(const JsonReader &account, const QString &domain)
{
    const QString acct = account["acct"_L1].id();
    return acct.contains(u'@') ? acct : acct + u'@' + domain;
}

/// The page of a profile is the same on every server, its id is not.
QString lastingId(const JsonReader &account)
{
    const QString url = account["url"_L1].textOrNothing();
    return url.isEmpty() ? account["id"_L1].id() : url;
}

Author readAuthor(const JsonReader &account, const QString &domain)
{
    return {lastingId(account), handleOf(account, domain), account["display_name"_L1].textOrNothing()};
}

/// Both sides of a comparison in the form in which links are stored.
QString comparable(const QString &address)
{
    return html::linkTarget(address).value_or(address);
}

Named readNamed(const JsonReader &status)
{
    Named named;
    for (const JsonReader &mention : status["mentions"_L1].listOrNothing())
        named.people.insert(comparable(mention["url"_L1].textOrNothing()), mention["url"_L1].textOrNothing());
    for (const JsonReader &tag : status["tags"_L1].listOrNothing())
        named.tags.insert(comparable(tag["url"_L1].textOrNothing()));
    return named;
}

/// What leads to a mentioned person or a tag is one of those.
void nameLinks(std::vector<TextLink> &links, const QString &text, const Named &named)
{
    for (TextLink &link : links) {
        const QStringView shown = QStringView(text).sliced(link.start, link.length);
        if (named.people.contains(link.target)) {
            link.kind = TextLink::Kind::Person;
            link.target = named.people.value(link.target);
        } else if (named.tags.contains(link.target) && shown.startsWith(u'#') && shown.size() > 1) {
            link.kind = TextLink::Kind::Tag;
            link.target = shown.sliced(1).toString();
        }
    }
}

QString mediaKind(const QString &type)
{
    if (type == "image"_L1)
        return type;
    return type == "video"_L1 || type == "gifv"_L1 ? u"video"_s : u"file"_s;
}

std::vector<Media> readAttachments(const JsonReader &status)
{
    std::vector<Media> media;
    for (const JsonReader &attachment : status["media_attachments"_L1].listOrNothing())
        media.push_back({mediaKind(attachment["type"_L1].textOrNothing()), attachment["description"_L1].textOrNothing(),
                         attachment["url"_L1].textOrNothing()});
    const JsonReader quote = status["quote"_L1];
    const JsonReader quoted = quote.isObject() ? quote["quoted_status"_L1] : quote;
    if (quoted.isObject())
        media.push_back({u"link"_s, {}, quoted["url"_L1].textOrNothing()});
    return media;
}

/// What comes with the words is decoration: where it is damaged, a nameless attachment says that something was there,
/// and the words are kept.
std::vector<Media> readMedia(const JsonReader &status)
{
    try {
        return readAttachments(status);
    } catch (const BadReply &) {
        return {Media{u"file"_s, {}, {}}};
    }
}

QStringList readPoll(const JsonReader &status)
{
    QStringList options;
    const JsonReader poll = status["poll"_L1];
    for (const JsonReader &option : poll.isObject() ? poll["options"_L1].listOrNothing() : std::vector<JsonReader>())
        options.append(u"\u2022 "_s + option["title"_L1].textOrNothing());
    return options;
}

/// What a version is called whose time of editing nobody says: it is believed by content.
QString versionByContent(const Wording &words)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(words.text.toUtf8());
    for (const TextLink &link : words.links)
        hash.addData('\n' + link.target.toUtf8());
    for (const Media &medium : words.media)
        hash.addData('\n' + medium.address.toUtf8());
    return QString::fromLatin1(hash.result().toHex().first(16));
}

/// Content warning, words, and what can be voted for: all that the person wrote. Of a status, or of one of its earlier
/// versions.
Wording readWords(const JsonReader &status, const Named &named)
{
    html::HtmlText content = html::textOfHtml(status["content"_L1].text());
    nameLinks(content.links, content.text, named);
    const QString warning = status["spoiler_text"_L1].textOrNothing().trimmed();
    const QString before = warning.isEmpty() ? QString() : warning + u"\n\n"_s;
    for (TextLink &link : content.links)
        link.start += before.size();
    Wording words{{}, before + content.text, std::move(content.links), readMedia(status)};
    const QStringList options = readPoll(status);
    if (!options.isEmpty())
        words.text += (words.text.isEmpty() ? QString() : u"\n\n"_s) + options.join(u'\n');
    words.version = versionByContent(words);
    return words;
}

ItemKind kindOf(const JsonReader &status, const RemoteItem &item, const Self &self)
{
    if (item.audience == Audience::Private)
        return ItemKind::Message;
    if (item.direction == Direction::Outgoing)
        return ItemKind::Comment;
    if (status["in_reply_to_id"_L1].textOrNothing().isEmpty())
        return ItemKind::Mention;
    const bool toUs = status["in_reply_to_account_id"_L1].textOrNothing() == self.accountId;
    const bool mentionsUs = std::any_of(item.links.begin(), item.links.end(), [&](const TextLink &link) {
        return link.kind == TextLink::Kind::Person && link.target == self.accountUrl;
    });
    return mentionsUs && !toUs ? ItemKind::Mention : ItemKind::Comment;
}

ReplyTo replyTo(const JsonReader &status, const RemoteItem &item, const Self &self)
{
    ReplyTo reply;
    reply.id = status["id"_L1].id();
    reply.visibility = status["visibility"_L1].id();
    reply.author = {status["account"_L1]["id"_L1].id(), mentionName(item.author.handle, self.domain)};
    for (const JsonReader &mention : status["mentions"_L1].listOrNothing()) {
        if (mention["url"_L1].textOrNothing() != self.accountUrl && mention["id"_L1].id() != self.accountId)
            reply.mentions.push_back({mention["id"_L1].id(), mentionName(handleOf(mention, self.domain), self.domain)});
    }
    return reply;
}

Status readStatus(const JsonReader &status, const Self &self)
{
    Status read;
    read.id = status["id"_L1].id();
    read.inReplyToId = status["in_reply_to_id"_L1].textOrNothing();
    read.isBoost = status["reblog"_L1].isPresent();
    RemoteItem &item = read.item;
    item.remoteId = status["uri"_L1].id();
    item.author = readAuthor(status["account"_L1], self.domain);
    const bool ours = status["account"_L1]["id"_L1].id() == self.accountId || item.author.remoteId == self.accountUrl;
    item.direction = ours ? Direction::Outgoing : Direction::Incoming;
    item.audience = isForEverybody(status["visibility"_L1].id()) ? Audience::Public : Audience::Private;
    read.named = readNamed(status);
    read.editedAt = status["edited_at"_L1].textOrNothing();
    Wording words = readWords(status, read.named);
    item.text = std::move(words.text);
    item.links = std::move(words.links);
    item.media = std::move(words.media);
    // Changes when the words do.
    item.version = read.editedAt.isEmpty() ? words.version : read.editedAt;
    item.language = status["language"_L1].textOrNothing();
    item.url = status["url"_L1].textOrNothing();
    item.createdAt = status["created_at"_L1].instant();
    item.kind = kindOf(status, item, self);
    item.reply = toJson(replyTo(status, item, self));
    item.threadId = item.remoteId;
    return read;
}

std::vector<Status> readStatuses(const JsonReader &list, const Self &self)
{
    std::vector<Status> statuses;
    for (const JsonReader &status : list.list())
        statuses.push_back(readStatus(status, self));
    return statuses;
}

bool asksForAnswer(const QString &kind)
{
    static const QSet<QString> kinds{u"mention"_s, u"quote"_s, u"update"_s, u"quoted_update"_s};
    return kinds.contains(kind);
}

// Version 2 says it within its configuration, version 1 at the top; both name a WebSocket's address, and what is sent
// by server-sent events comes from the same host. What is no such address is none: nobody is kept from signing in by
// it.
QUrl readStreaming(const JsonReader &instance)
{
    const JsonReader configuration = instance["configuration"_L1];
    const JsonReader newer = configuration.isObject() ? configuration["urls"_L1] : configuration;
    const JsonReader older = instance["urls"_L1];
    QString said = newer.isObject() ? newer.object().value("streaming"_L1).toString() : QString();
    if (said.isEmpty() && older.isObject())
        said = older.object().value("streaming_api"_L1).toString();
    QUrl address(said, QUrl::StrictMode);
    if (address.scheme() == "wss"_L1)
        address.setScheme(u"https"_s);
    else if (address.scheme() == "ws"_L1)
        address.setScheme(u"http"_s);
    const bool isWeb = address.scheme() == "https"_L1 || address.scheme() == "http"_L1;
    if (!isWeb || address.host().isEmpty() || !address.userInfo().isEmpty())
        return {};
    return address.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
}

TextLimit readLimit(const JsonReader &instance)
{
    TextLimit limit{kUsualCharacters, TextUnit::Graphemes, 0, kUsualLinkLength};
    const JsonReader configuration = instance["configuration"_L1];
    const JsonReader statuses = configuration.isObject() ? configuration["statuses"_L1] : configuration;
    // Pleroma and older Mastodons say it at the top.
    const qint64 old = instance["max_toot_chars"_L1].numberOrMinusOne();
    const qint64 characters = statuses.isObject() ? statuses["max_characters"_L1].numberOrMinusOne() : old;
    const qint64 perLink = statuses.isObject() ? statuses["characters_reserved_per_url"_L1].numberOrMinusOne() : -1;
    if (characters > 0)
        limit.maximum = characters;
    else if (old > 0)
        limit.maximum = old;
    // More than any address is long: no limit that anybody means.
    if (perLink > 0 && perLink <= 10'000)
        limit.linkLength = perLink;
    return limit;
}

} // namespace

Result<std::vector<Notification>> parseNotifications(const QByteArray &bytes, const Self &self)
{
    return readListReply(bytes, [&](const JsonReader &answer) {
        std::vector<Notification> notifications;
        for (const JsonReader &entry : answer.list()) {
            Notification notification{entry["id"_L1].id(), {}};
            if (asksForAnswer(entry["type"_L1].id()) && entry["status"_L1].isPresent())
                notification.status = readStatus(entry["status"_L1], self);
            notifications.push_back(std::move(notification));
        }
        return notifications;
    });
}

Result<std::vector<Notification>> parseGroupedNotifications(const QByteArray &bytes, const Self &self)
{
    return readReply(bytes, [&](const JsonReader &answer) {
        QHash<QString, Status> statuses;
        for (const Status &status : readStatuses(answer["statuses"_L1], self))
            statuses.insert(status.id, status);
        std::vector<Notification> notifications;
        for (const JsonReader &group : answer["notification_groups"_L1].list()) {
            // The only id of this network that is a number.
            Notification notification{QString::number(group["most_recent_notification_id"_L1].integer()), {}};
            const auto status = statuses.constFind(group["status_id"_L1].textOrNothing());
            if (asksForAnswer(group["type"_L1].id()) && status != statuses.cend())
                notification.status = *status;
            notifications.push_back(std::move(notification));
        }
        return notifications;
    });
}

Result<std::vector<Status>> parseConversations(const QByteArray &bytes, const Self &self)
{
    return readListReply(bytes, [&](const JsonReader &answer) {
        std::vector<Status> newest;
        for (const JsonReader &conversation : answer.list()) {
            if (conversation["last_status"_L1].isPresent())
                newest.push_back(readStatus(conversation["last_status"_L1], self));
        }
        return newest;
    });
}

Result<std::vector<Status>> parseStatuses(const QByteArray &bytes, const Self &self)
{
    return readListReply(bytes, [&](const JsonReader &answer) { return readStatuses(answer, self); });
}

Result<Status> parseStatus(const QByteArray &bytes, const Self &self)
{
    return readReply(bytes, [&](const JsonReader &answer) { return readStatus(answer, self); });
}

Result<std::vector<Wording>> parseHistory(const QByteArray &bytes, const Status &status)
{
    return readListReply(bytes, [&](const JsonReader &answer) {
        std::vector<Wording> earlier;
        const std::optional<Instant> now = fromRfc3339(status.editedAt);
        for (const JsonReader &edit : answer.list()) {
            // It may have been edited again since it was read: that version will be read, too.
            const std::optional<Instant> at = edit["created_at"_L1].instantOrNothing();
            if (now && at && *at >= *now)
                break;
            Wording words = readWords(edit, status.named);
            // The first one was seen as a status that nobody had edited.
            if (at && !earlier.empty())
                words.version = edit["created_at"_L1].textOrNothing();
            earlier.push_back(std::move(words));
            if (earlier.size() > kMostVersions)
                earlier.erase(earlier.begin() + 1);
        }
        return earlier;
    });
}

Result<Surroundings> parseContext(const QByteArray &bytes, const Self &self)
{
    return readReply(bytes, [&](const JsonReader &answer) {
        return Surroundings{readStatuses(answer["ancestors"_L1], self), readStatuses(answer["descendants"_L1], self)};
    });
}

Result<Profile> parseProfile(const QByteArray &bytes, const QString &domain)
{
    return readReply(bytes, [&](const JsonReader &answer) {
        return Profile{answer["id"_L1].id(), lastingId(answer), handleOf(answer, domain),
                       answer["display_name"_L1].textOrNothing()};
    });
}

Result<Instance> parseInstance(const QByteArray &bytes)
{
    return readReply(bytes, [](const JsonReader &answer) {
        QString domain = answer["domain"_L1].textOrNothing();
        if (domain.isEmpty())
            domain = answer["uri"_L1].id(); // version 1; some write a whole address
        domain.remove(u"https://"_s);
        return Instance{domain, readLimit(answer), readStreaming(answer)};
    });
}

Result<Application> parseApplication(const QByteArray &bytes)
{
    return readReply(bytes, [](const JsonReader &answer) {
        return Application{answer["client_id"_L1].id(), answer["client_secret"_L1].id()};
    });
}

Result<QString> parseToken(const QByteArray &bytes)
{
    return readReply(bytes, [](const JsonReader &answer) { return answer["access_token"_L1].id(); });
}

bool isOlderId(const QString &left, const QString &right)
{
    return left.size() != right.size() ? left.size() < right.size() : left < right;
}

} // namespace indelible::channels::mastodon
