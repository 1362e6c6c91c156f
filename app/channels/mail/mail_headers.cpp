// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_headers.h"

#include "app/channels/mail/mail_address.h"
#include "app/channels/mail/mail_charset.h"
#include "app/channels/mail/mail_parser.h"

#include <algorithm>
#include <mutex>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr qsizetype kMostReferences = 100;
constexpr qsizetype kMostRecipients = 10;
constexpr qsizetype kLongestName = 300;

QString textOf(const char *utf8, qsizetype most)
{
    return utf8 ? decoded(QByteArray(utf8), {}).simplified().left(most) : QString();
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

} // namespace

Owned<GMimeMessage> messageFrom(const QByteArray &bytes)
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

QString subjectOf(GMimeMessage *message)
{
    return textOf(g_mime_message_get_subject(message), kLongestSubject);
}

QString messageIdOf(GMimeMessage *message)
{
    return textOf(g_mime_message_get_message_id(message), kLongestSubject);
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

} // namespace indelible::channels::mail
