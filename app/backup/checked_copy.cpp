// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup/checked_copy.h"

#include "app/backup/backup_files.h"
#include "app/keeper/evidence.h"
#include "app/record/log.h"
#include "app/record/stored_tree.h"
#include "app/record/verify.h"
#include "app/store/copy.h"
#include "app/store/database.h"
#include "app/store/migrations/migrations.h"
#include "app/store/settings_table.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryFile>

using namespace Qt::StringLiterals;

namespace indelible::backup {

namespace {

constexpr int kFirstWithCheckpoints = 2;

[[noreturn]] void damaged(const QString &what)
{
    throw store::StoreException(ErrorKind::Damaged, what);
}

CopyReport check(store::Connection &connection, const std::function<bool()> &goOn)
{
    CopyReport report;
    report.schema = store::requireKnownSchema(connection);
    if (const QString sound = store::integrityCheck(connection); sound != "ok"_L1)
        damaged(u"SQLite finds damage: %1."_s.arg(sound));
    const record::Verification verified = record::verify(connection, [&goOn](qint64) { return !goOn || goOn(); });
    if (goOn && !goOn())
        throw store::StoreException(ErrorKind::Cancelled, u"The check was stopped before its end."_s);
    if (!verified.isGood())
        damaged(verified.problem);
    if (report.schema >= kFirstWithCheckpoints) {
        const record::Standing standing =
            record::standingOf(keeper::storedEvidence(connection), record::storedSubtrees(connection));
        if (record::isHalted(standing))
            damaged(u"The record does not fit its newest signed checkpoint."_s);
    }
    report.logId = record::readHead(connection).logId;
    report.entries = verified.entries;
    report.root = verified.root;
    const std::optional<QString> id = store::readSetting(connection, u"workspace_id"_s);
    if (!id)
        damaged(u"It holds no whole workspace."_s);
    report.workspaceId = *id;
    report.practice = store::readSetting(connection, u"practice"_s) == u"1"_s;
    return report;
}

} // namespace

Result<CopyReport> checkCopy(const QString &file, const std::function<bool()> &goOn)
{
    try {
        store::Connection connection(file, store::Connection::Mode::ReadOnly);
        CopyReport report = check(connection, goOn);
        report.bytes = QFileInfo(file).size();
        return report;
    } catch (const store::StoreException &exception) {
        return failure(exception.error());
    }
}

Result<CopyReport> makeCheckedCopy(store::Connection &source, const QString &file, const std::function<bool()> &goOn)
{
    if (QFileInfo::exists(file))
        return failure(
            ErrorKind::Conflict,
            u"There is a file %1 already, and a backup never replaces one. Nothing was written; give another name."_s
                .arg(file));
    if (!QDir().mkpath(QFileInfo(file).absolutePath()))
        return failure(
            ErrorKind::Storage,
            u"The folder of %1 cannot be made. Nothing was written; check its permissions or give another place."_s.arg(
                file));
    // A name of its own: whatever else lies there is somebody's. Removed at the end unless it was moved into place.
    QTemporaryFile part(file + kUnfinished);
    if (!part.open())
        return failure(
            ErrorKind::Storage,
            u"The copy beside %1 cannot be made (%2). Nothing was written; check the folder's permissions or give another place."_s
                .arg(file, part.errorString()));
    const QString name = part.fileName();
    try {
        store::copyDatabase(source, name, goOn);
    } catch (const store::StoreException &exception) {
        return failure(exception.error());
    }
    Result<CopyReport> checked = checkCopy(name, goOn);
    Result<void> placed = checked ? store::syncToDisk(name) : Result<void>(failure(checked.error()));
    if (placed)
        placed = store::moveIntoPlace(name, file);
    if (placed) {
        part.setAutoRemove(false);
        return checked;
    }
    if (placed.error().kind == ErrorKind::Damaged)
        return failure(
            ErrorKind::Damaged,
            u"The copy was thrown away, because what it holds does not match. %1 Run 'indelible record verify', keep the workspace as it is, and restore an older backup if it is damaged too."_s
                .arg(placed.error().detail));
    return failure(placed.error());
}

} // namespace indelible::backup
