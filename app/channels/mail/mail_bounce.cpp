// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_bounce.h"

#include "app/base/text.h"
#include "app/channels/mail/mail_address.h"
#include "app/channels/mail/mail_charset.h"
#include "app/channels/mail/mail_headers.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr int kMostReportParts = 10; ///< of a report; three are usual
constexpr qsizetype kMostStatus = 64 * 1024;
constexpr size_t kMostRecipients = 10;
constexpr qsizetype kQuotedGraphemes = 200;

/// What is said of one recipient (RFC 3464, 2.3).
struct Recipient
{
    QString address;
    QString action; ///< lower case
    QString status; ///< "5.1.1"
    QString said;   ///< by the server that was asked to take the mail
};

bool isType(GMimeObject *object, const char *type, const char *subtype)
{
    GMimeContentType *declared = object ? g_mime_object_get_content_type(object) : nullptr;
    return declared && g_mime_content_type_is_type(declared, type, subtype);
}

/// "rfc822; ana@far.example" and "smtp; 550 no such user", without what stands before.
QString untyped(const QString &value)
{
    return value.mid(value.indexOf(u';') + 1).trimmed();
}

void takeField(const QString &line, Recipient &recipient)
{
    const QString name = line.left(line.indexOf(u':')).trimmed().toLower();
    const QString value = line.mid(line.indexOf(u':') + 1).trimmed();
    static const QRegularExpression status(u"^[245]\\.\\d{1,3}\\.\\d{1,3}\\b"_s);
    const bool isBetter = name == "original-recipient"_L1; // as it was written, before anybody forwarded it
    if (isBetter || (name == "final-recipient"_L1 && recipient.address.isEmpty()))
        recipient.address = untyped(value);
    else if (name == "action"_L1)
        recipient.action = value.section(u' ', 0, 0).toLower();
    else if (name == "status"_L1)
        recipient.status = status.match(value).captured();
    else if (name == "diagnostic-code"_L1)
        recipient.said = snippetOf(untyped(value), kQuotedGraphemes);
}

/// Those that did not get the mail. Blocks of fields, with empty lines between them; the first is about the whole mail.
std::vector<Recipient> recipientsIn(QString status)
{
    static const QRegularExpression folded(u"\\n[ \\t]+"_s);
    static const QRegularExpression between(u"\\n[ \\t]*\\n+"_s);
    // In this order: an empty line with blanks in it must not join two blocks.
    std::vector<Recipient> recipients;
    for (QString block : status.left(kMostStatus).split(between, Qt::SkipEmptyParts)) {
        Recipient recipient;
        for (const QString &line : block.replace(folded, u" "_s).split(u'\n'))
            takeField(line, recipient);
        if ((recipient.action == "failed"_L1 || recipient.action == "delayed"_L1) &&
            recipients.size() < kMostRecipients)
            recipients.push_back(std::move(recipient));
    }
    return recipients;
}

/// RFC 3463, section 3, in words.
QString reasonOf(const QString &status)
{
    struct Row
    {
        const char *code; ///< begins with it
        const char *words;
    };
    static constexpr Row rows[] = {{"1.7", "the sender’s address is not accepted"},
                                   {"1.8", "the sender’s address is not accepted"},
                                   {"1.", "there is no such address"},
                                   {"2.2", "the mailbox is full"},
                                   {"2.3", "the mail is too large for the mailbox"},
                                   {"2.", "the mailbox takes no mails"},
                                   {"3.4", "the mail is too large for the server"},
                                   {"4.", "the server of that address could not be reached in time"},
                                   {"7.", "the server of that address refuses it"}};
    const QString code = status.mid(2);
    const auto row =
        std::ranges::find_if(rows, [&code](const Row &each) { return code.startsWith(QLatin1StringView(each.code)); });
    return row == std::end(rows) ? u"the server of that address does not take it"_s : QString::fromUtf8(row->words);
}

QString sentenceOf(const Recipient &recipient)
{
    const QString whom = isMailAddress(recipient.address) ? recipient.address : u"its recipient"_s;
    const QString sentence = recipient.action == "delayed"_L1
                                 ? u"Not yet delivered to %1, it is still being tried: %2%3."_s
                                 : u"Not delivered to %1: %2%3."_s;
    QStringList more;
    if (!recipient.status.isEmpty())
        more.append(u"status "_s + recipient.status);
    if (!recipient.said.isEmpty())
        more.append(u"the mail server says “"_s + recipient.said + u'”');
    return sentence.arg(whom, reasonOf(recipient.status),
                        more.isEmpty() ? QString() : u" ("_s + more.join(u"; "_s) + u')');
}

bool isStatus(GMimeObject *part)
{
    return GMIME_IS_PART(part) &&
           (isType(part, "message", "delivery-status") || isType(part, "message", "global-delivery-status"));
}

/// What stands side by side in a report.
std::vector<GMimeObject *> partsOf(GMimeObject *root)
{
    std::vector<GMimeObject *> parts;
    if (!GMIME_IS_MULTIPART(root))
        return parts;
    auto *report = reinterpret_cast<GMimeMultipart *>(root);
    const int count = std::min(g_mime_multipart_get_count(report), kMostReportParts);
    for (int i = 0; i < count; ++i)
        parts.push_back(g_mime_multipart_get_part(report, i));
    return parts;
}

/// The header of the mail that came back; null where this part is none.
Owned<GMimeMessage> originalIn(GMimeObject *part)
{
    if (GMIME_IS_MESSAGE_PART(part)) {
        GMimeMessage *message = g_mime_message_part_get_message(reinterpret_cast<GMimeMessagePart *>(part));
        return Owned<GMimeMessage>(message ? static_cast<GMimeMessage *>(g_object_ref(message)) : nullptr);
    }
    const bool isHeader = isType(part, "text", "rfc822-headers") || isType(part, "message", "global-headers");
    return isHeader && GMIME_IS_PART(part) ? messageFrom(contentOf(part) + "\r\n\r\n") : nullptr;
}

void takeOriginal(GMimeMessage *original, Bounce &bounce)
{
    const QString id = messageIdOf(original);
    if (!isPlainId(id) || countOf(original, "Message-ID") != 1)
        return;
    bounce.messageId = id;
    bounce.references = referencesOf(original, id);
    for (const Person &person : peopleIn(original, GMIME_ADDRESS_TYPE_TO)) {
        if (isMailAddress(person.address))
            bounce.reply.to.append(person.address);
    }
    bounce.reply.subject = subjectOf(original);
    bounce.reply.messageId = bounce.references.value(bounce.references.size() - 1);
    bounce.reply.references = bounce.references;
}

} // namespace

bool isReport(GMimeObject *root)
{
    const std::vector<GMimeObject *> parts = partsOf(root);
    return (!parts.empty() && isType(root, "multipart", "report")) || std::ranges::any_of(parts, &isStatus);
}

std::optional<Bounce> bounceIn(GMimeObject *root)
{
    Bounce bounce;
    QStringList sentences;
    for (GMimeObject *part : partsOf(root)) {
        if (isStatus(part)) {
            for (const Recipient &recipient : recipientsIn(decoded(contentOf(part), {})))
                sentences.append(sentenceOf(recipient));
        } else if (const Owned<GMimeMessage> original = originalIn(part); original && bounce.messageId.isEmpty()) {
            takeOriginal(original.get(), bounce);
        }
    }
    bounce.sentence = sentences.join(u'\n');
    return sentences.isEmpty() || bounce.messageId.isEmpty() ? std::nullopt : std::optional<Bounce>(std::move(bounce));
}

} // namespace indelible::channels::mail
