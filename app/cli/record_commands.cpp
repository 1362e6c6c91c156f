// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/context.h"
#include "app/keeper/record_keeper.h"
#include "app/record/log.h"
#include "app/record/verify.h"
#include "app/store/database.h"
#include "app/store/record_table.h"

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

CommandTask head(Context context)
{
    const Result<record::Head> head = co_await context.session->database().read(&record::readHead);
    if (!head)
        co_return fail(context, head.error());
    const QString log = QString::fromLatin1(head->logId.toHex());
    const QString root = QString::fromLatin1(head->root.toBase64());
    using Signed = std::pair<std::optional<store::CheckpointRow>, std::optional<QByteArray>>;
    auto reading = context.session->database().read([](store::Connection &connection) {
        return Signed(store::lastCheckpoint(connection), store::lastRecordKey(connection));
    });
    const Result<Signed> last = co_await reading;
    if (!last)
        co_return fail(context, last.error());
    QJsonObject document{{u"log"_s, log}, {u"entries"_s, QString::number(head->size)}, {u"root"_s, root}};
    QStringList lines{u"log     "_s + log, u"entries %1"_s.arg(head->size), u"root    "_s + root};
    if (last->first && last->second) {
        const QString note = QString::fromUtf8(last->first->note);
        const QString key = QString::fromUtf8(record::verifierText({record::originOf(head->logId), *last->second}));
        document.insert("checkpoint"_L1, note);
        document.insert("key"_L1, key);
        lines.append({u"key     "_s + key, QString(),
                      u"The newest signed checkpoint, over the first %1 entries:"_s.arg(last->first->size), QString(),
                      note});
    }
    print(context, document, lines);
    co_return kDone;
}

/// How a record that is whole in itself stands against its signatures and marks; nothing where it has no keeper.
QCoro::Task<Result<std::optional<record::Standing>>> standingOf(Context context)
{
    keeper::RecordKeeper *keeper = context.session->keeper();
    if (!keeper)
        co_return std::nullopt;
    QCoro::Task<Result<record::Standing>> opening = keeper->open();
    const Result<record::Standing> standing = co_await opening;
    co_return standing.map([](record::Standing known) { return std::optional(known); });
}

/// Empty where all is well.
QString problemOf(const record::Verification &checked, std::optional<record::Standing> standing)
{
    if (!checked.isGood())
        return u"The record does not match. %1 Nothing was changed; keep this file and restore a backup."_s.arg(
            checked.problem);
    return standing && record::isHalted(*standing) ? record::sentenceOn(*standing) : QString();
}

CommandTask verify(Context context)
{
    const Result<record::Verification> checked = co_await context.session->database().scan(
        [](store::Connection &connection) { return record::verify(connection); });
    if (!checked)
        co_return fail(context, checked.error());
    Result<std::optional<record::Standing>> standing;
    if (checked->isGood()) {
        QCoro::Task<Result<std::optional<record::Standing>>> comparing = standingOf(context);
        standing = co_await comparing;
        if (!standing)
            co_return fail(context, standing.error());
    }
    const QString problem = problemOf(*checked, *standing);
    const QString root = QString::fromLatin1(checked->root.toBase64());
    QJsonObject document{{u"good"_s, problem.isEmpty()},
                         {u"entries"_s, QString::number(checked->entries)},
                         {u"root"_s, root},
                         {u"problem"_s, checked->problem}};
    if (*standing)
        document.insert("standing"_L1, record::toString(**standing));
    if (checked->badEntry)
        document.insert(u"bad_entry"_s, QString::number(*checked->badEntry));
    QStringList lines;
    if (checked->isGood())
        lines.append(u"The record is whole: %1 entries, root %2."_s.arg(checked->entries).arg(root));
    if (problem.isEmpty() && *standing && **standing != record::Standing::Open)
        lines.append(record::sentenceOn(**standing));
    print(context, document, lines);
    // The document said it already where there is one.
    co_return problem.isEmpty() ? kDone : fail(Context{}, ErrorKind::Damaged, problem);
}

} // namespace

std::vector<Command> recordCommands()
{
    return {
        {u"record verify"_s,
         {},
         u"Reads and hashes the whole record, and compares it with what was signed and with the marks kept elsewhere."_s,
         Access::Read,
         nullptr,
         &verify},
        {u"record head"_s,
         {},
         u"Shows the record's size and root, and the newest signed checkpoint."_s,
         Access::Read,
         nullptr,
         &head},
    };
}

} // namespace indelible::cli
