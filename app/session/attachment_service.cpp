// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/attachment_service.h"

#include "app/base/file_name.h"
#include "app/base/output_file.h"
#include "app/channels/channel.h"
#include "app/record/item_body.h"
#include "app/store/conversation_table.h"
#include "app/store/database.h"
#include "app/store/item_table.h"
#include "app/sync/sync_engine.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::session {

namespace {

using IfThere = AttachmentService::IfThere;
using Saved = AttachmentService::Saved;

struct Asked
{
    AccountId account;
    channels::AttachmentRef ref;
};

Asked readAsked(store::Connection &connection, ItemId id, qsizetype index)
{
    const store::StoredItem stored = store::readItem(connection, id);
    const RemoteItem item = record::itemFromBody(stored.body);
    if (index < 0 || index >= std::ssize(item.media))
        throw store::StoreException(
            ErrorKind::NotFound,
            item.media.empty()
                ? u"Item %1 came without a file. Nothing was saved."_s.arg(id.toString())
                : u"Item %1 came with %2 files, and this is none of them. Nothing was saved."_s.arg(id.toString())
                      .arg(item.media.size()));
    const AccountId account = store::requireConversation(connection, stored.conversation).account;
    return {account, {stored.remoteId, stored.version, item.reply, index, item.media[static_cast<size_t>(index)]}};
}

/// The file or folder that `place` means, with every link on the way to it followed.
QString realFolderOf(const QString &place)
{
    const QFileInfo given(place);
    const QFileInfo real(given.canonicalFilePath().isEmpty() ? given.absoluteFilePath() : given.canonicalFilePath());
    return real.isDir() ? real.filePath() : QFileInfo(real.path()).canonicalFilePath();
}

/// Not over the workspace's own database, whatever was asked for.
void requireOutside(const QString &workspace, const QString &place)
{
    const QString inside = QFileInfo(workspace).canonicalFilePath();
    if ((realFolderOf(place) + u'/').startsWith(inside + u'/'))
        throw store::StoreException(
            ErrorKind::Rejected,
            u"%1 lies in the folder of the workspace, into which nothing is saved. Nothing was changed; choose another place."_s
                .arg(place));
}

void requireFree(const QString &fileName, IfThere ifThere)
{
    const QFileInfo file(fileName);
    if (ifThere == IfThere::Refuse && (file.exists() || file.isSymLink()))
        throw store::StoreException(
            ErrorKind::Rejected,
            u"There is a file %1 already. Nothing was saved and it was not touched; give another name."_s.arg(
                fileName));
}

Saved write(const channels::Attachment &attachment, const QString &place, IfThere ifThere)
{
    const QString name = QFileInfo(place).isDir() ? QDir(place).filePath(safeFileName(attachment.name)) : place;
    requireFree(name, ifThere);
    const Result<OutputFile> file = openOutput(name);
    if (!file)
        throw store::StoreException(file.error());
    // What strangers send is for whoever asked for it, and nothing that runs.
    (*file)->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const qint64 size = attachment.content.size();
    if ((*file)->write(attachment.content) != size || !(*file)->commit())
        throw store::StoreException(notWritten(**file));
    return {name, size};
}

tl::unexpected<Error> ending()
{
    return failure(ErrorKind::Cancelled, u"The program is ending."_s);
}

} // namespace

AttachmentService::AttachmentService(store::Database &database, sync::SyncEngine &sync, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_sync(sync)
{
}

QCoro::Task<Result<Saved>> AttachmentService::save(ItemId item, qsizetype index, QString place, IfThere ifThere)
{
    const QPointer<AttachmentService> alive(this);
    const QString workspace = QFileInfo(m_database.path()).path();
    auto reading = m_database.read([=](store::Connection &connection) {
        requireOutside(workspace, place);
        if (!QFileInfo(place).isDir())
            requireFree(place, ifThere); // before anybody is asked for it
        return readAsked(connection, item, index);
    });
    const Result<Asked> asked = co_await reading;
    if (!asked)
        co_return failure(asked.error());
    if (!alive)
        co_return ending();
    const AccountId account = asked->account;
    channels::Channel *channel = m_sync.channel(account);
    if (!channel)
        co_return failure(
            ErrorKind::NotFound,
            u"The account that this came to is not connected. Nothing was saved; connect it, then its files can be fetched."_s);
    if (m_underWay.contains(account))
        co_return failure(ErrorKind::Conflict,
                          u"A file of this account is being fetched. Nothing was saved; ask again when it is there."_s);
    m_underWay.insert(account);
    channels::AttachmentRef ref = asked->ref;
    QCoro::Task<Result<channels::Attachment>> fetching = channel->attachment(std::move(ref));
    const Result<channels::Attachment> attachment = co_await fetching;
    if (!alive)
        co_return ending();
    m_underWay.remove(account);
    if (!attachment)
        co_return failure(attachment.error());
    // Not on the interface thread, where tens of megabytes would be felt.
    auto writing =
        m_database.scan([=, file = *attachment](store::Connection &) { return write(file, place, ifThere); });
    const Result<Saved> saved = co_await writing;
    co_return saved;
}

} // namespace indelible::session
