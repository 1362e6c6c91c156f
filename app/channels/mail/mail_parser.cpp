// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_parser.h"

#include "app/channels/mail/mail_address.h"
#include "app/channels/mail/mail_bounce.h"
#include "app/channels/mail/mail_headers.h"
#include "app/channels/mail/mail_parts.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr qsizetype kLongestId = 500;

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

QStringList recipientsOf(GMimeMessage *message)
{
    QStringList addresses;
    for (const Person &person : peopleIn(message, GMIME_ADDRESS_TYPE_TO))
        addresses.append(person.address);
    return addresses;
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

/// Subject, words, and what was left out, as they are shown. Gives what the mail itself says.
QString takeWords(RemoteItem &item, MailBody body, const QString &subject, bool showsSubject)
{
    const QString above = showsSubject && !subject.isEmpty() ? subject : QString();
    const QString gap = !above.isEmpty() && !body.text.isEmpty() ? u"\n\n"_s : QString();
    item.text = above + gap + body.text;
    for (TextLink &link : body.links)
        link.start += above.size() + gap.size();
    item.links = std::move(body.links);
    item.media = std::move(body.media);
    QString said = item.text;
    if (!body.leftOut.isEmpty())
        item.text += (item.text.isEmpty() ? QString() : u"\n\n"_s) + u'[' + body.leftOut + u']';
    return said;
}

/// Of the mail alone: what this program remarks on it may be said in other words one day.
QString fingerprintOf(const RemoteItem &item, const QString &said)
{
    constexpr qsizetype kLetters = 16;
    return hashOf((item.author.remoteId + u'\n' + said).toUtf8()).left(kLetters);
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
    if (const Owned<GMimeMessage> message = messageFrom(raw.bytes)) {
        const QString id = messageIdOf(message.get());
        const bool hasId = isPlainId(id) && countOf(message.get(), "Message-ID") == 1;
        item.remoteId = hasId ? id : mail.headerHash;
        mail.references = referencesOf(message.get(), id);
        item.author = authorOf(message.get());
        subject = subjectOf(message.get());
        if (!raw.arrivedAt)
            item.createdAt = writtenAt(message.get());
        GMimeObject *root = g_mime_message_get_mime_part(message.get());
        if (raw.direction == Direction::Incoming) {
            if (isAutomatic(message.get()) || isReport(root))
                item.kind = ItemKind::Mention;
            mail.bounce = bounceIn(root);
        } else {
            mail.recipients = recipientsOf(message.get());
        }
        body = readBody(root);
        item.reply = toJson(replyTo(message.get(), mail, subject, hasId ? id : QString()));
    }
    if (raw.isCut && body.leftOut.isEmpty())
        body.leftOut = u"This mail is larger than is fetched; the rest of it is in the mailbox."_s;
    const QString said = takeWords(item, body, subject, mail.references.isEmpty() || !saysItAnswers(subject));
    mail.fingerprint = fingerprintOf(item, said);
    item.version = mail.fingerprint;
    item.threadId = item.remoteId;
    if (mail.bounce) {
        // The version stays: it is the same mail, whatever is known of the one that it is about.
        mail.bounce->item = item;
        takeWords(mail.bounce->item, std::move(body), mail.bounce->sentence, true);
    }
    return mail;
}

std::optional<MailFile> fileOf(const QByteArray &bytes, const AttachmentRef &ref)
{
    // Read as it was when it was fetched: what lies behind that is not in the item's words.
    const Mail mail = parseMail({bytes.left(kMostBytes), bytes.size() > kMostBytes, {}, Direction::Incoming});
    if (mail.item.remoteId != ref.remoteId && mail.headerHash != ref.remoteId)
        return std::nullopt;
    const Owned<GMimeMessage> message = messageFrom(bytes);
    if (!message)
        return std::nullopt;
    std::optional<Attachment> file = readFile(g_mime_message_get_mime_part(message.get()), ref.index, ref.media);
    if (!file)
        return std::nullopt;
    return MailFile{std::move(*file), mail.item.version == ref.version};
}

} // namespace indelible::channels::mail
