// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/evidence.h"

#include "app/base/result.h"
#include "app/keeper/mark_file.h"
#include "app/record/log.h"
#include "app/secrets/secret_store.h"
#include "app/store/record_table.h"

using namespace Qt::StringLiterals;

namespace indelible::keeper {

namespace {

using record::Checkpoint;

/// A mark is believed for where it was kept, not for its signature: whoever rewrites the whole file puts a key of their
/// own into it, by which the true mark would look false. One that names another record is a mark too: it says that here
/// was another one.
std::optional<Checkpoint> markOf(const QByteArray &note)
{
    const std::optional<record::SignedNote> parsed = record::parseNote(note);
    return parsed ? record::checkpointFromText(parsed->text) : std::nullopt;
}

std::optional<Checkpoint> openedByAny(const QByteArray &note, const QString &origin, const QList<QByteArray> &keys)
{
    for (const QByteArray &key : keys) {
        if (std::optional<Checkpoint> checkpoint = record::openCheckpoint(note, record::NoteKey{origin, key}))
            return checkpoint;
    }
    return std::nullopt;
}

} // namespace

record::Evidence storedEvidence(store::Connection &connection)
{
    const record::Head head = record::readHead(connection);
    record::Evidence evidence;
    evidence.origin = record::originOf(head.logId);
    evidence.size = head.size;
    evidence.root = head.root;
    if (const std::optional<store::CheckpointRow> last = store::lastCheckpoint(connection)) {
        evidence.last = openedByAny(last->note, evidence.origin, store::recordKeys(connection));
        evidence.lastIsFalse = !evidence.last || evidence.last->size != last->size;
    }
    return evidence;
}

QString keyName(const QString &workspaceId)
{
    return workspaceId + u"/record-key"_s;
}

QString markName(const QString &workspaceId)
{
    return workspaceId + u"/record-mark"_s;
}

QCoro::Task<std::vector<Checkpoint>> readMarks(secrets::SecretStore *secrets, QString workspaceId, QString markFolder,
                                               QByteArray logId)
{
    std::vector<Checkpoint> marks;
    const std::optional<QByteArray> inFile = MarkFile(markFolder, logId).read();
    if (const std::optional<Checkpoint> mark = inFile ? markOf(*inFile) : std::nullopt)
        marks.push_back(*mark);
    QCoro::Task<Result<QByteArray>> reading = secrets->read(markName(workspaceId));
    const Result<QByteArray> inKeychain = co_await reading;
    if (const std::optional<Checkpoint> mark = inKeychain ? markOf(*inKeychain) : std::nullopt)
        marks.push_back(*mark);
    co_return marks;
}

} // namespace indelible::keeper
