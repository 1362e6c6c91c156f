// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_send.h"

#include "app/base/log.h"
#include "app/channels/mail/mail_post.h"
#include "app/channels/mail/smtp_session.h"

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

/// As it will be read when it comes back from the folder of sent mails.
Receipt receiptOf(const QByteArray &message, const Outgoing &outgoing)
{
    const Mail mail = parseMail({message, false, outgoing.createdAt, Direction::Outgoing});
    return {mail.item.remoteId, mail.item.version, {}, mail.item.reply, mail.item.author};
}

Result<bool> isIn(ImapSession &imap, const QByteArray &folder, const QString &messageId)
{
    if (const Result<Folder> opened = imap.examine(folder); !opened)
        return failure(opened.error());
    const Result<std::vector<quint32>> found = imap.uidsOf(messageId);
    return found ? Result<bool>(!found->empty()) : failure(found.error());
}

Result<void> keepCopy(ImapSession &imap, const QByteArray &message, const QString &messageId)
{
    const Result<const SpecialFolders *> folders = imap.specialFolders();
    if (!folders)
        return failure(folders.error());
    const QByteArray &sent = (*folders)->sent;
    if (sent.isEmpty())
        return {};
    const Result<bool> isThere = isIn(imap, sent, messageId);
    if (!isThere)
        return failure(isThere.error());
    return *isThere ? Result<void>() : imap.append(sent, message);
}

Result<void> afterwards(MailDesk &desk, const Session &session, const QByteArray &message, const QString &messageId,
                        const QString &answered)
{
    const Result<ImapSession *> imap = desk.imap(session);
    if (!imap)
        return failure(imap.error());
    INDELIBLE_TRY(keepCopy(**imap, message, messageId));
    return isPlainId(answered) ? (*imap)->markAnswered(answered) : Result<void>();
}

} // namespace

Result<Receipt> sendAnswer(MailDesk &desk, const Session &session, const Outgoing &outgoing)
{
    const ReplyTo reply = replyFrom(outgoing.reply);
    INDELIBLE_TRY(checkOutgoing(outgoing, reply));
    const QByteArray message = messageOf(outgoing, reply, session.address);
    SmtpSession smtp(desk.patience());
    INDELIBLE_TRY(smtp.signIn(session));
    INDELIBLE_TRY(smtp.submit(session.address, reply.to, message));
    smtp.leave();
    const QString messageId = messageIdFor(outgoing.key, session.address);
    if (const Result<void> done = afterwards(desk, session, message, messageId, reply.messageId); !done)
        qCInfo(lcChannel, "a mail was sent, but its copy could not be put away: %s",
               qUtf8Printable(done.error().detail));
    return receiptOf(message, outgoing);
}

Result<std::optional<Receipt>> findAnswer(MailDesk &desk, const Session &session, const Outgoing &outgoing)
{
    const ReplyTo reply = replyFrom(outgoing.reply);
    const QString messageId = messageIdFor(outgoing.key, session.address);
    const Result<ImapSession *> imap = desk.imap(session);
    if (!imap)
        return failure(imap.error());
    const Result<const SpecialFolders *> special = (*imap)->specialFolders();
    if (!special)
        return failure(special.error());
    for (const QByteArray &folder : (*special)->kept) {
        const Result<bool> found = isIn(**imap, folder, messageId);
        if (!found && (*imap)->isBroken())
            return failure(found.error());
        if (found && *found)
            return std::optional<Receipt>(receiptOf(messageOf(outgoing, reply, session.address), outgoing));
    }
    return failure(
        ErrorKind::Forbidden,
        u"Whether this answer arrived cannot be told: it is not among the sent mails, and may still have gone out. Ask who should have it before sending it again."_s);
}

} // namespace indelible::channels::mail
