// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_attachment.h"

#include "app/channels/mail/mail_parser.h"

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

/// Mails of one name: copies, and what others send under it.
constexpr size_t kMostAlike = 5;

tl::unexpected<Error> nameless()
{
    return failure(
        ErrorKind::Forbidden,
        u"This mail has no name of its own by which it could be found again. Nothing was saved; open it in a mail program."_s);
}

tl::unexpected<Error> gone()
{
    return failure(
        ErrorKind::NotFound,
        u"The mailbox has this mail neither in its inbox nor among its sent mails any more. Its words are kept here; the attachment was never on this computer."_s);
}

tl::unexpected<Error> another()
{
    return failure(
        ErrorKind::NotFound,
        u"The mailbox has a mail of this name in which the attachment is not. The words of the first one are kept here; the attachment was never on this computer."_s);
}

tl::unexpected<Error> tooLarge()
{
    return failure(ErrorKind::Rejected,
                   u"This mail is larger than 50 MB. Nothing was saved; open it in a mail program."_s);
}

/// What was found so far, folder after folder.
struct Search
{
    std::optional<Attachment> file;
    bool isCertain = false;
    bool sawMail = false;
    bool sawTooLarge = false;
};

Result<void> lookAt(ImapSession &imap, const Listed &mail, const AttachmentRef &ref, Search &search)
{
    search.sawTooLarge = search.sawTooLarge || mail.size > kMostWithFiles;
    if (mail.size > kMostWithFiles)
        return {};
    const Result<QHash<quint32, QByteArray>> bodies = imap.fetch({mail}, kMostWithFiles);
    if (!bodies)
        return failure(bodies.error());
    search.sawMail = search.sawMail || bodies->contains(mail.uid);
    std::optional<MailFile> found = fileOf(bodies->value(mail.uid), ref);
    if (!found || (search.file && !found->isSame))
        return {};
    search.file = std::move(found->file);
    search.isCertain = found->isSame;
    return {};
}

Result<void> lookIn(ImapSession &imap, const QByteArray &folder, const QString &messageId, const AttachmentRef &ref,
                    Search &search)
{
    if (const Result<Folder> opened = imap.examine(folder); !opened)
        return failure(opened.error());
    Result<std::vector<quint32>> uids = imap.uidsOf(messageId);
    if (!uids)
        return failure(uids.error());
    if (uids->empty())
        return {};
    uids->resize(std::min(uids->size(), kMostAlike));
    const Result<std::vector<Listed>> mails = imap.list(*uids);
    if (!mails)
        return failure(mails.error());
    for (const Listed &mail : *mails) {
        if (!search.isCertain)
            INDELIBLE_TRY(lookAt(imap, mail, ref, search));
    }
    return {};
}

} // namespace

Result<Attachment> fetchAttachment(MailDesk &desk, const Session &session, const AttachmentRef &ref)
{
    // A mail is called by the hash of its header where another one has its Message-ID.
    const QString messageId = ref.remoteId.startsWith("sha256:"_L1) ? replyFrom(ref.reply).messageId : ref.remoteId;
    if (!isPlainId(messageId))
        return nameless();
    const Result<ImapSession *> imap = desk.imap(session);
    if (!imap)
        return failure(imap.error());
    Search search;
    const Result<const SpecialFolders *> special = (*imap)->specialFolders();
    if (!special)
        return failure(special.error());
    Result<void> looked;
    for (const QByteArray &folder : (*special)->kept) {
        if (search.isCertain || (*imap)->isBroken())
            break;
        if (Result<void> here = lookIn(**imap, folder, messageId, ref, search); !here)
            looked = std::move(here);
    }
    if (search.file)
        return std::move(*search.file);
    if (!looked)
        return failure(looked.error());
    if (search.sawTooLarge)
        return tooLarge();
    return search.sawMail ? another() : gone();
}

} // namespace indelible::channels::mail
