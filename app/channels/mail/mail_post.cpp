// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_post.h"

#include "app/channels/mail/mail_address.h"
#include "app/channels/mail/mail_headers.h"

#include <algorithm>
#include <mutex>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr qsizetype kMostReferences = 20;

tl::unexpected<Error> refused(const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Rejected;
    error.detail = sentence;
    error.provablyNotProcessed = true;
    return failure(std::move(error));
}

QByteArray referencesHeader(const ReplyTo &reply)
{
    QStringList ids = reply.references;
    ids.removeAll(reply.messageId);
    ids.append(reply.messageId);
    while (ids.size() > kMostReferences)
        ids.removeAt(1);
    QStringList bracketed;
    for (const QString &id : std::as_const(ids)) {
        if (isPlainId(id))
            bracketed.append(u'<' + id + u'>');
    }
    return bracketed.join(u"\r\n "_s).toLatin1();
}

void addHeaders(GMimeMessage *message, const Outgoing &outgoing, const ReplyTo &reply, const QString &address)
{
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, nullptr, address.toUtf8().constData());
    for (const QString &to : reply.to)
        g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, nullptr, to.toUtf8().constData());
    const QString subject = (u"Re: "_s + baseSubject(reply.subject)).trimmed();
    g_mime_message_set_subject(message, subject.toUtf8().constData(), "utf-8");
    GDateTime *date = g_date_time_new_from_unix_utc(toMs(outgoing.createdAt) / 1000);
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
    g_mime_message_set_message_id(message, messageIdFor(outgoing.key, address).toLatin1().constData());
    if (!isPlainId(reply.messageId))
        return;
    auto *object = reinterpret_cast<GMimeObject *>(message);
    const QByteArray answered = '<' + reply.messageId.toLatin1() + '>';
    g_mime_object_set_header(object, "In-Reply-To", answered.constData(), nullptr);
    g_mime_object_set_header(object, "References", referencesHeader(reply).constData(), nullptr);
}

Owned<GMimeTextPart> partOf(QString text)
{
    text.replace("\r\n"_L1, "\n"_L1);
    if (!text.endsWith(u'\n'))
        text += u'\n';
    Owned<GMimeTextPart> part(g_mime_text_part_new_with_subtype("plain"));
    g_mime_text_part_set_charset(part.get(), "utf-8");
    g_mime_text_part_set_text(part.get(), text.toUtf8().constData());
    g_mime_part_set_content_encoding(reinterpret_cast<GMimePart *>(part.get()), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return part;
}

} // namespace

QString messageIdFor(const QByteArray &key, const QString &address)
{
    return QString::fromLatin1(key) + u'@' + address.mid(address.indexOf(u'@') + 1);
}

Result<void> checkOutgoing(const Outgoing &outgoing, const ReplyTo &reply)
{
    if (outgoing.audience != Audience::Private)
        return refused(u"A mail goes to whom it answers and to nobody else. Nothing was sent."_s);
    if (outgoing.text.trimmed().isEmpty())
        return refused(u"An answer needs words. Nothing was sent."_s);
    if (outgoing.key.isEmpty())
        return refused(u"This answer has no key by which it could be found again. Nothing was sent."_s);
    if (reply.to.isEmpty() || !std::ranges::all_of(reply.to, &isMailAddress))
        return refused(u"This mail names no address that can be answered. Nothing was sent."_s);
    if (std::ranges::any_of(reply.to, &isNobodysAddress))
        return refused(
            u"Nobody reads answers at %1. Nothing was sent; answer on the page that the mail leads to."_s.arg(
                reply.to.first()));
    return {};
}

QByteArray messageOf(const Outgoing &outgoing, const ReplyTo &reply, const QString &address)
{
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
    const Owned<GMimeMessage> message(g_mime_message_new(true));
    addHeaders(message.get(), outgoing, reply, address);
    const Owned<GMimeTextPart> part = partOf(outgoing.text);
    g_mime_message_set_mime_part(message.get(), reinterpret_cast<GMimeObject *>(part.get()));
    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    char *bytes = g_mime_object_to_string(reinterpret_cast<GMimeObject *>(message.get()), format);
    QByteArray written(bytes);
    g_free(bytes);
    g_mime_format_options_free(format);
    return written;
}

} // namespace indelible::channels::mail
