// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/anchor_mail.h"

#include "app/base/text.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::anchor {

namespace {

constexpr qsizetype kMostLetters = 200; // of a recipient
constexpr qsizetype kBase64Line = 76;   // RFC 2045
constexpr qsizetype kWordBytes = 39;    // with "Subject: " in front a line of RFC 2047 stays under 76
constexpr QByteArrayView kBoundary("=_indelible_checkpoint"); // no line of base64 has an underscore

bool isControl(QChar letter)
{
    return letter.category() == QChar::Other_Control || letter.category() == QChar::Separator_Line ||
           letter.category() == QChar::Separator_Paragraph;
}

/// "a@b" or "Name <a@b>": RFC 5322 without quoted local parts and literals, which nobody has.
const QRegularExpression &addressForm()
{
    static const QString atom = uR"([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)"_s;
    static const QString label = u"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"_s;
    static const QString address = uR"(%1(?:\.%1)*@%2(?:\.%2)*)"_s.arg(atom, label);
    static const QRegularExpression form(
        uR"re(\A(?:(?<bare>%1)|"?(?<name>[^<>"]*)"?\s*<(?<bracketed>%1)>)\z)re"_s.arg(address));
    return form;
}

/// Words of RFC 2047, folded: whatever `text` holds, nothing of it is read as a header.
QByteArray encodedWords(const QString &text)
{
    QByteArrayList words;
    QByteArray part;
    const auto flush = [&] { words.append("=?UTF-8?B?" + std::exchange(part, {}).toBase64() + "?="); };
    for (const char32_t letter : text.toUcs4()) {
        const QByteArray bytes = QString::fromUcs4(&letter, 1).toUtf8();
        if (part.size() + bytes.size() > kWordBytes)
            flush();
        part += bytes;
    }
    flush();
    return words.join("\r\n ");
}

QByteArray inBase64(const QByteArray &text)
{
    const QByteArray whole = text.toBase64();
    QByteArray lines;
    for (qsizetype at = 0; at < whole.size(); at += kBase64Line)
        lines += whole.mid(at, kBase64Line) + "\r\n";
    return lines;
}

QByteArray part(const QByteArray &headers, const QByteArray &text)
{
    return "--" + kBoundary.toByteArray() + "\r\n" + headers + "Content-Transfer-Encoding: base64\r\n\r\n" +
           inBase64(text);
}

QString letterOf(const Handout &handout, const QString &fileName)
{
    const QString signature = handout.business.isEmpty() ? QString() : u"\r\n%1\r\n"_s.arg(handout.business);
    return u"Hello,\r\n\r\n"
           "please keep this mail with its attachment. It is a signed checkpoint of our record: on %1 the record had "
           "%2 entries, and the checkpoint is their number and their fingerprint under our signature. It says nothing "
           "of what is in them.\r\n\r\n"
           "Should it ever be in doubt, the file %3 lets us show that none of these entries was changed or taken away "
           "since. There is nothing to install and nothing to do, but to keep it.\r\n"
           "%4"_s.arg(dayOf(handout.at), countOf(entriesOf(handout.anchor.note)), fileName, signature);
}

QByteArray addressLine(const Recipient &recipient)
{
    if (recipient.address.isEmpty())
        return {};
    if (recipient.name.isEmpty())
        return "To: " + recipient.address + "\r\n";
    return "To: " + encodedWords(recipient.name) + "\r\n <" + recipient.address + ">\r\n";
}

} // namespace

Result<Recipient> recipientFrom(const QString &typed)
{
    const QString words = wellFormed(typed.trimmed());
    if (std::ranges::any_of(words, isControl))
        return failure(
            ErrorKind::Usage,
            u"The recipient of a mail stands on one line, without line breaks or other control characters. Nothing was written."_s);
    if (!words.contains(u'@'))
        return Recipient{words, {}};
    const QRegularExpressionMatch match = addressForm().match(words);
    if (!match.hasMatch() || words.size() > kMostLetters)
        return failure(
            ErrorKind::Usage,
            u"This is not one e-mail address; write one, such as notary@example.org, or a name without @ and fill the address in before you send. Nothing was written."_s);
    return Recipient{match.captured(u"name"_s).simplified(),
                     (match.captured(u"bare"_s) + match.captured(u"bracketed"_s)).toLatin1()};
}

Result<QByteArray> anchorMail(const Handout &handout)
{
    const Result<Recipient> recipient = recipientFrom(handout.to);
    if (!recipient)
        return failure(recipient.error());
    const QString day = toRfc3339(handout.at).left(10);
    const QString fileName = u"checkpoint-%1.txt"_s.arg(day);
    const QString whose = handout.business.isEmpty() ? u"our record"_s : u"the record of %1"_s.arg(handout.business);
    const QByteArray name = fileName.toLatin1();
    return "X-Unsent: 1\r\n" + addressLine(*recipient) +
           "Subject: " + encodedWords(u"Signed checkpoint of %1, %2: please keep"_s.arg(whose, day)) +
           "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"" + kBoundary.toByteArray() +
           "\"\r\n\r\n" + part("Content-Type: text/plain; charset=utf-8\r\n", letterOf(handout, fileName).toUtf8()) +
           part("Content-Type: text/plain; charset=utf-8; name=\"" + name +
                    "\"\r\nContent-Disposition: attachment; filename=\"" + name + "\"\r\n",
                anchorText(handout.anchor, handout.at)) +
           "--" + kBoundary.toByteArray() + "--\r\n";
}

} // namespace indelible::anchor
