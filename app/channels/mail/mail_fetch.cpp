// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_fetch.h"

#include "app/channels/mail/mail_position.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr qint64 kMostAtOnce = 4'000'000; ///< bytes of one answer, unless a single mail is larger
constexpr qsizetype kMostLookedFor = 20;  ///< mails of a conversation in one go

QByteArray inboxName()
{
    return QByteArrayLiteral("INBOX");
}

/// Where the account has none, or hides it, its mails from elsewhere cannot be seen.
QString withoutSent()
{
    return u"Answers that are written elsewhere cannot be seen: the mailbox has no folder for sent mails. Everything else works."_s;
}

/// What is there and was not handed out must not be passed over: it is asked for again.
tl::unexpected<Error> contradicts()
{
    return failure(
        ErrorKind::InvalidReply,
        u"The mail server says that there are mails and does not hand them out. Nothing is lost; they will be asked for again."_s);
}

/// What `uids` names and `have` does not: gone since they were found, or withheld. The folder is opened anew, so that a
/// server that has nothing but "OK" to say any more is not believed.
Result<void> checkMissing(ImapSession &imap, const QByteArray &folder, const std::vector<quint32> &uids,
                          const QSet<quint32> &have)
{
    const bool isWhole = std::ranges::all_of(uids, [&have](quint32 uid) { return have.contains(uid); });
    if (isWhole)
        return {};
    if (const Result<Folder> again = imap.examine(folder); !again)
        return failure(again.error());
    const Result<std::vector<quint32>> now = imap.uidsAbove(uids.front() - 1);
    if (!now)
        return failure(now.error());
    const bool isWithheld = std::ranges::any_of(
        *now, [&](quint32 uid) { return std::ranges::binary_search(uids, uid) && !have.contains(uid); });
    return isWithheld ? contradicts() : Result<void>();
}

/// The first mail to be read, in a folder that was never read or was numbered anew.
Result<quint32> startOf(ImapSession &imap, const Folder &folder, Instant now)
{
    const Instant since = now - std::chrono::days(kFirstDays);
    const Result<std::vector<quint32>> recent = imap.uidsSince(toDateTime(since).date());
    if (!recent)
        return failure(recent.error());
    if (!recent->empty())
        return *std::ranges::min_element(*recent) - 1;
    if (folder.count == 0)
        return 0;
    // That nothing is recent is asked in another way, before everything there is passed over.
    const Result<std::vector<quint32>> all = imap.uidsAbove(0);
    if (!all)
        return failure(all.error());
    if (all->empty())
        return contradicts();
    const quint32 newest = *std::ranges::max_element(*all);
    const Result<std::vector<Listed>> listed = imap.list({newest});
    if (!listed)
        return failure(listed.error());
    const bool isOld = !listed->empty() && listed->front().uid == newest && listed->front().arrivedAt < since;
    return isOld ? Result<quint32>(newest) : contradicts();
}

/// The next UIDs of the folder of this part of the round; moves the position to where they begin.
Result<std::vector<quint32>> uidsOfPage(ImapSession &imap, const QByteArray &name, FolderPosition &position,
                                        Instant now)
{
    const Result<Folder> folder = imap.examine(name);
    if (!folder)
        return failure(folder.error());
    if (position.validity != folder->validity) {
        const Result<quint32> start = startOf(imap, *folder, now);
        if (!start)
            return failure(start.error());
        position = {folder->validity, *start};
    }
    if (folder->nextUid > 0 && folder->nextUid <= position.last + 1)
        return std::vector<quint32>();
    const Result<std::vector<quint32>> found = imap.uidsAbove(position.last);
    if (!found)
        return failure(found.error());
    return nextUids(*found, position.last);
}

/// Mails from the front of `mails` that come in one answer.
std::vector<Listed> takeGroup(std::vector<Listed> &mails)
{
    qint64 size = 0;
    size_t count = 0;
    while (count < mails.size() && (count == 0 || size + mails[count].size <= kMostAtOnce))
        size += mails[count++].size;
    std::vector<Listed> group(mails.begin(), mails.begin() + static_cast<std::ptrdiff_t>(count));
    mails.erase(mails.begin(), mails.begin() + static_cast<std::ptrdiff_t>(count));
    return group;
}

Result<std::vector<RemoteItem>> readMails(ImapSession &imap, const QByteArray &folder, const std::vector<quint32> &uids,
                                          Position &position)
{
    Result<std::vector<Listed>> listed = imap.list(uids);
    if (!listed)
        return failure(listed.error());
    // A server may tell of others unasked, but not of their size: who does answers another question.
    const auto isOther = [&uids](quint32 uid) { return !std::ranges::binary_search(uids, uid); };
    if (std::ranges::any_of(*listed, [&](const Listed &mail) { return isOther(mail.uid) && mail.size > 0; }))
        return contradicts();
    std::erase_if(*listed, [&](const Listed &mail) { return isOther(mail.uid); });
    std::ranges::sort(*listed, {}, &Listed::uid);
    std::vector<RemoteItem> items;
    QSet<quint32> have;
    while (!listed->empty()) {
        const std::vector<Listed> group = takeGroup(*listed);
        const Result<QHash<quint32, QByteArray>> bodies = imap.fetch(group, kMostBytes);
        if (!bodies)
            return failure(bodies.error());
        if (std::any_of(bodies->keyBegin(), bodies->keyEnd(), isOther))
            return contradicts();
        for (const Listed &mail : group) {
            if (!bodies->contains(mail.uid))
                continue; // gone since it was listed
            const bool isOurs = position.part == Position::Part::Sent;
            Mail read = parseMail({bodies->value(mail.uid), mail.size > kMostBytes, mail.arrivedAt,
                                   isOurs ? Direction::Outgoing : Direction::Incoming});
            position.threads.place(read);
            have.insert(mail.uid);
            items.push_back(std::move(read.item));
        }
    }
    INDELIBLE_TRY(checkMissing(imap, folder, uids, have));
    return items;
}

/// A page of the folder; false in `more` where it was the last.
Result<Batch> readFolder(ImapSession &imap, const QByteArray &name, Position &position, Instant now)
{
    FolderPosition &folder = position.folder();
    const Result<std::vector<quint32>> uids = uidsOfPage(imap, name, folder, now);
    if (!uids)
        return failure(uids.error());
    Batch batch;
    if (!uids->empty()) {
        Result<std::vector<RemoteItem>> items = readMails(imap, name, *uids, position);
        if (!items)
            return failure(items.error());
        batch.items = std::move(*items);
        folder.last = uids->back();
    }
    batch.more = uids->size() == kMailsAtOnce;
    return batch;
}

/// Our own mails only add what was written elsewhere: where they cannot be read, the inbox must not wait for them.
Result<Batch> readSent(ImapSession &imap, Position &position, Instant now)
{
    Batch without;
    without.limited = withoutSent();
    const Result<const SpecialFolders *> folders = imap.specialFolders();
    if (!folders)
        return failure(folders.error());
    const QByteArray &name = (*folders)->sent;
    if (name.isEmpty())
        return without;
    Result<Batch> batch = readFolder(imap, name, position, now);
    return !batch && !imap.isBroken() ? without : batch;
}

} // namespace

Result<Batch> fetchNext(MailDesk &desk, const Session &session, const Cursor &cursor, Instant now)
{
    const Result<ImapSession *> imap = desk.imap(session);
    if (!imap)
        return failure(imap.error());
    Position position = readPosition(cursor);
    const bool isSent = position.part == Position::Part::Sent;
    Result<Batch> batch = isSent ? readSent(**imap, position, now) : readFolder(**imap, inboxName(), position, now);
    if (!batch)
        return batch;
    if (!batch->more)
        position.part = isSent ? Position::Part::Inbox : Position::Part::Sent;
    batch->more = batch->more || isSent;
    if (!(*imap)->alert().isEmpty())
        batch->limited = u"The mail server says: %1"_s.arg((*imap)->alert());
    batch->cursor = writePosition(position);
    return batch;
}

/// Adds to `there` those of the mails that are in the folder which is open.
static Result<void> lookFor(ImapSession &imap, const QSet<QString> &ids, QSet<QString> &there)
{
    for (const QString &id : ids) {
        const Result<std::vector<quint32>> found = imap.uidsOf(id);
        if (!found)
            return failure(found.error());
        if (!found->empty())
            there.insert(id);
    }
    return {};
}

Result<Batch> contextOf(MailDesk &desk, const Session &session, const ThreadRef &thread)
{
    QSet<QString> wanted;
    for (const QString &id : thread.knownItems) {
        if (isPlainId(id) && !id.startsWith("sha256:"_L1) && wanted.size() < kMostLookedFor)
            wanted.insert(id);
    }
    if (wanted.isEmpty())
        return Batch();
    const Result<ImapSession *> imap = desk.imap(session);
    if (!imap)
        return failure(imap.error());
    const Result<const SpecialFolders *> special = (*imap)->specialFolders();
    if (!special)
        return failure(special.error());
    // Who puts a mail away has not taken it back. A folder that may not be looked into may have it.
    bool isSure = true;
    const QByteArrayList folders = desk.likeliestFirst((*special)->kept, wanted);
    for (const QByteArray &folder : folders) {
        if (wanted.isEmpty())
            break;
        const Result<Folder> opened = (*imap)->examine(folder);
        if (!opened && (*imap)->isBroken())
            return failure(opened.error());
        isSure = isSure && opened;
        if (!opened)
            continue;
        // A search for a header may read the whole folder, and a conversation is looked at many times a day.
        QSet<QString> &there = desk.sightings(folder, *opened);
        if (Result<void> looked = lookFor(**imap, wanted - there, there); !looked)
            return failure(looked.error());
        wanted.subtract(there);
    }
    Batch batch;
    if (!isSure)
        return batch;
    for (const QString &id : std::as_const(wanted))
        batch.gone.push_back({id, RemoteGone::Reason::HiddenByNetwork});
    return batch;
}

} // namespace indelible::channels::mail
