// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_parser.h"

#include "app/base/text.h"
#include "app/channels/mail/mail_address.h"
#include "app/channels/mail/mail_charset.h"
#include "app/channels/mail/mail_parts.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>
#include <memory>
#include <mutex>

#include <gmime/gmime.h>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr qsizetype kMostReferences = 100;
constexpr qsizetype kMostRecipients = 10;
constexpr qsizetype kLongestName = 300;
constexpr qsizetype kLongestSubject = 2'000;
constexpr qsizetype kLongestId = 500;

struct Unref
{
    void operator()(void *object) const { g_object_unref(object); }
};
template<typename T>
using Owned = std::unique_ptr<T, Unref>;

QString hashOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

/// Everything before the first empty line.
QByteArray headerOf(const QByteArray &bytes)
{
    const qsizetype crlf = bytes.indexOf("\r\n\r\n");
    const qsizetype lf = bytes.indexOf("\n\n");
    const qsizetype end = crlf < 0 ? lf : lf < 0 ? crlf : std::min(crlf, lf);
    return end < 0 ? bytes : bytes.first(end);
}

Owned<GMimeMessage> messageOf(const QByteArray &bytes)
{
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
    GMimeParserOptions *options = g_mime_parser_options_new();
    const char *charsets[] = {"utf-8", "windows-1252", nullptr};
    g_mime_parser_options_set_fallback_charsets(options, charsets);
    const Owned<GMimeStream> stream(
        g_mime_stream_mem_new_with_buffer(bytes.constData(), static_cast<size_t>(bytes.size())));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options));
    g_mime_parser_options_free(options);
    return message;
}

QString textOf(const char *utf8, qsizetype most)
{
    return utf8 ? decoded(QByteArray(utf8), {}).simplified().left(most) : QString();
}

QString header(GMimeMessage *message, const char *name)
{
    return textOf(g_mime_object_get_header(reinterpret_cast<GMimeObject *>(message), name), kLongestSubject);
}

int countOf(GMimeMessage *message, const char *name)
{
    GMimeHeaderList *headers = g_mime_object_get_header_list(reinterpret_cast<GMimeObject *>(message));
    const int all = g_mime_header_list_get_count(headers);
    int found = 0;
    for (int i = 0; i < all; ++i)
        found += g_ascii_strcasecmp(g_mime_header_get_name(g_mime_header_list_get_header_at(headers, i)), name) == 0;
    return found;
}

/// Ids out of a header, in order. People and programs put other things there too.
QStringList idsIn(GMimeMessage *message, const char *name)
{
    const char *value = g_mime_object_get_header(reinterpret_cast<GMimeObject *>(message), name);
    if (!value)
        return {};
    GMimeReferences *parsed = g_mime_references_parse(nullptr, value);
    QStringList ids;
    for (int i = 0; i < g_mime_references_length(parsed); ++i) {
        const QString id = textOf(g_mime_references_get_message_id(parsed, i), kLongestSubject);
        if (isPlainId(id) && !ids.contains(id))
            ids.append(id);
        if (ids.size() > kMostReferences)
            ids.removeAt(1); // the topmost and the newest name the conversation
    }
    g_mime_references_free(parsed);
    return ids;
}

QStringList referencesOf(GMimeMessage *message, const QString &own)
{
    QStringList references = idsIn(message, "References");
    const QStringList answered = idsIn(message, "In-Reply-To");
    if (!answered.isEmpty()) {
        references.removeAll(answered.last());
        references.append(answered.last());
    }
    references.removeAll(own);
    return references;
}

struct Person
{
    QString address;
    QString name;
};

void collect(InternetAddressList *list, std::vector<Person> &people, int depth = 0)
{
    const int count = list ? internet_address_list_length(list) : 0;
    for (int i = 0; i < count && std::ssize(people) < kMostRecipients; ++i) {
        InternetAddress *each = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(each) && depth == 0) {
            collect(internet_address_group_get_members(reinterpret_cast<InternetAddressGroup *>(each)), people, 1);
        } else if (INTERNET_ADDRESS_IS_MAILBOX(each)) {
            auto *mailbox = reinterpret_cast<InternetAddressMailbox *>(each);
            people.push_back({textOf(internet_address_mailbox_get_addr(mailbox), kLongestName),
                              textOf(internet_address_get_name(each), kLongestName)});
        }
    }
}

std::vector<Person> peopleIn(GMimeMessage *message, GMimeAddressType type)
{
    std::vector<Person> people;
    collect(g_mime_message_get_addresses(message, type), people);
    return people;
}

Author authorOf(GMimeMessage *message)
{
    for (const GMimeAddressType type : {GMIME_ADDRESS_TYPE_FROM, GMIME_ADDRESS_TYPE_SENDER}) {
        for (const Person &person : peopleIn(message, type)) {
            if (!person.address.isEmpty())
                return {comparable(person.address), person.address, person.name};
        }
    }
    const QString asWritten = header(message, "From").left(kLongestName);
    const QString unknown = u"unknown sender"_s;
    return {asWritten.isEmpty() ? unknown : comparable(asWritten), asWritten.isEmpty() ? unknown : asWritten, {}};
}

QStringList answerAddresses(GMimeMessage *message, const Author &author)
{
    QStringList addresses;
    for (const Person &person : peopleIn(message, GMIME_ADDRESS_TYPE_REPLY_TO)) {
        if (isMailAddress(person.address))
            addresses.append(person.address);
    }
    if (addresses.isEmpty() && isMailAddress(author.handle))
        addresses.append(author.handle);
    return addresses;
}

/// Programs wrote it: RFC 3834, RFC 2369, and what was usual before them.
bool isAutomatic(GMimeMessage *message)
{
    const QString submitted = header(message, "Auto-Submitted").toLower();
    const QString precedence = header(message, "Precedence").toLower();
    return (!submitted.isEmpty() && !submitted.startsWith("no"_L1)) || precedence == "bulk"_L1 ||
           precedence == "junk"_L1 || precedence == "list"_L1 || countOf(message, "List-Unsubscribe") > 0;
}

Instant writtenAt(GMimeMessage *message)
{
    GDateTime *date = g_mime_message_get_date(message);
    // A date that no network can have; ingest takes the time of arrival instead.
    return date ? Instant(std::chrono::seconds(std::max<gint64>(0, g_date_time_to_unix(date)))) : Instant();
}

ReplyTo replyTo(GMimeMessage *message, const Mail &mail, const QString &subject, const QString &id)
{
    ReplyTo reply;
    reply.to = answerAddresses(message, mail.item.author);
    reply.subject = subject;
    reply.messageId = id;
    reply.references = mail.references;
    return reply;
}

/// Subject, words, and what was left out, as they are shown.
void takeWords(RemoteItem &item, MailBody body, const QString &subject, bool showsSubject)
{
    const QString above = showsSubject && !subject.isEmpty() ? subject : QString();
    const QString gap = !above.isEmpty() && !body.text.isEmpty() ? u"\n\n"_s : QString();
    item.text = above + gap + body.text;
    for (TextLink &link : body.links)
        link.start += above.size() + gap.size();
    item.links = std::move(body.links);
    item.media = std::move(body.media);
    if (!body.leftOut.isEmpty())
        item.text += (item.text.isEmpty() ? QString() : u"\n\n"_s) + u'[' + body.leftOut + u']';
}

QString fingerprintOf(const RemoteItem &item)
{
    constexpr qsizetype kLetters = 16;
    return hashOf((item.author.remoteId + u'\n' + item.text).toUtf8()).left(kLetters);
}

} // namespace

QJsonObject toJson(const ReplyTo &reply)
{
    return {{"to"_L1, QJsonArray::fromStringList(reply.to)},
            {"subject"_L1, reply.subject},
            {"id"_L1, reply.messageId},
            {"references"_L1, QJsonArray::fromStringList(reply.references)}};
}

ReplyTo replyFrom(const QJsonObject &object)
{
    const auto texts = [&object](QLatin1StringView name) {
        QStringList list;
        const QJsonArray array = object.value(name).toArray();
        for (const auto &entry : array)
            list.append(entry.toString());
        return list;
    };
    return {texts("to"_L1), object.value("subject"_L1).toString(), object.value("id"_L1).toString(),
            texts("references"_L1)};
}

bool isPlainId(const QString &messageId)
{
    static const QString forbidden = u"<>\"\\()"_s;
    return !messageId.isEmpty() && messageId.size() <= kLongestId && std::ranges::all_of(messageId, [](QChar unit) {
        return unit.unicode() > 0x20 && unit.unicode() < 0x7F && !forbidden.contains(unit);
    });
}

Mail parseMail(const RawMail &raw)
{
    Mail mail;
    mail.headerHash = u"sha256:"_s + hashOf(headerOf(raw.bytes));
    RemoteItem &item = mail.item;
    item.remoteId = mail.headerHash;
    item.direction = raw.direction;
    item.audience = Audience::Private;
    item.kind = ItemKind::Message;
    item.createdAt = raw.arrivedAt.value_or(Instant());
    item.author = {u"unknown sender"_s, u"unknown sender"_s, {}};
    MailBody body;
    QString subject;
    if (const Owned<GMimeMessage> message = messageOf(raw.bytes)) {
        const QString id = textOf(g_mime_message_get_message_id(message.get()), kLongestSubject);
        const bool hasId = isPlainId(id) && countOf(message.get(), "Message-ID") == 1;
        item.remoteId = hasId ? id : mail.headerHash;
        mail.references = referencesOf(message.get(), id);
        item.author = authorOf(message.get());
        subject = textOf(g_mime_message_get_subject(message.get()), kLongestSubject);
        if (!raw.arrivedAt)
            item.createdAt = writtenAt(message.get());
        if (raw.direction == Direction::Incoming && isAutomatic(message.get()))
            item.kind = ItemKind::Mention;
        body = readBody(g_mime_message_get_mime_part(message.get()));
        item.reply = toJson(replyTo(message.get(), mail, subject, hasId ? id : QString()));
    }
    if (raw.isCut && body.leftOut.isEmpty())
        body.leftOut = u"This mail is larger than is fetched; the rest of it is in the mailbox."_s;
    takeWords(item, std::move(body), subject, mail.references.isEmpty() || !saysItAnswers(subject));
    mail.fingerprint = fingerprintOf(item);
    item.version = mail.fingerprint;
    item.threadId = item.remoteId;
    return mail;
}

std::optional<MailFile> fileOf(const QByteArray &bytes, const AttachmentRef &ref)
{
    // Read as it was when it was fetched: what lies behind that is not in the item's words.
    const Mail mail = parseMail({bytes.left(kMostBytes), bytes.size() > kMostBytes, {}, Direction::Incoming});
    if (mail.item.remoteId != ref.remoteId && mail.headerHash != ref.remoteId)
        return std::nullopt;
    const Owned<GMimeMessage> message = messageOf(bytes);
    if (!message)
        return std::nullopt;
    std::optional<Attachment> file = readFile(g_mime_message_get_mime_part(message.get()), ref.index, ref.media);
    if (!file)
        return std::nullopt;
    return MailFile{std::move(*file), mail.item.version == ref.version};
}

} // namespace indelible::channels::mail
