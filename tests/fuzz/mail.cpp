// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/text.h"
#include "app/channels/mail/mail_address.h"
#include "app/channels/mail/mail_charset.h"
#include "app/channels/mail/mail_position.h"
#include "app/channels/mail/mail_post.h"
#include "app/channels/mail/mail_session.h"
#include "tests/fuzz/item_rules.h"

#include <algorithm>

using namespace indelible;
using namespace indelible::channels::mail;

namespace {

/// What some of the mails report that it was not delivered.
const QByteArray kOurs =
    "From: shop@quay.example\r\nTo: ana@far.example\r\nMessage-ID: <ours@quay.example>\r\n\r\nwords";

void tryMail(const QByteArray &bytes)
{
    Mail mail = parseMail({bytes, bytes.size() % 2 == 0, {}, Direction::Incoming});
    MailThreads threads;
    Mail ours = parseMail({kOurs, false, {}, Direction::Outgoing});
    threads.place(ours);
    threads.place(mail);
    fuzz::requireGoodItem(mail.item);
    fuzz::require(mail.item.audience == Audience::Private, "a mail is private");
    for (size_t i = 0; i < std::min<size_t>(mail.item.media.size(), 5); ++i) {
        const channels::AttachmentRef ref{
            mail.item.remoteId, mail.item.version, {}, static_cast<qsizetype>(i), mail.item.media[i]};
        fuzz::require(fileOf(bytes, ref).has_value(), "a file that is named is handed out");
    }
    for (const QString &id : std::as_const(mail.references))
        fuzz::require(isPlainId(id), "what is answered can be named in a header");
    const ReplyTo reply = replyFrom(mail.item.reply);
    channels::Outgoing outgoing;
    outgoing.key = "00ff";
    outgoing.audience = Audience::Private;
    outgoing.text = QStringLiteral("we are sorry");
    if (!checkOutgoing(outgoing, reply))
        return;
    const QByteArray answer = messageOf(outgoing, reply, QStringLiteral("shop@quay.example"));
    const Mail read = parseMail({answer, false, {}, Direction::Outgoing});
    fuzz::require(read.item.remoteId == QStringLiteral("00ff@quay.example"), "an answer has the name it was given");
    fuzz::require(read.item.text.endsWith(outgoing.text), "an answer says what was written");
    fuzz::require(read.item.author.remoteId == QStringLiteral("shop@quay.example"), "an answer is from us");
}

void tryPosition(const QByteArray &bytes)
{
    const channels::Cursor written = writePosition(readPosition(bytes));
    fuzz::require(writePosition(readPosition(written)) == written, "a position comes back");
}

void tryText(fuzz::Input input)
{
    const QByteArray charset = input.choice(2) == 0 ? QByteArray("iso-2022-jp") : input.bytes().left(12);
    const QString text = decoded(input.bytes(), charset);
    fuzz::require(wellFormed(text) == text, "a text is well-formed");
    (void)baseSubject(text);
    (void)isNobodysAddress(text);
    const Result<Session> session = readSession(input.bytes());
    if (session)
        fuzz::require(readSession(writeSession(*session)).value() == *session, "a session comes back");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    switch (input.choice(4)) {
    case 0:
        tryPosition(input.bytes());
        break;
    case 1:
        tryText(input);
        break;
    default:
        tryMail(input.bytes());
    }
    return 0;
}
