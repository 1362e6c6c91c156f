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

CommandTask verify(Context context)
{
    const Result<record::Verification> checked = co_await context.session->database().scan(
        [](store::Connection &connection) { return record::verify(connection); });
    if (!checked)
        co_return fail(context, checked.error());
    const QString root = QString::fromLatin1(checked->root.toBase64());
    std::optional<record::Standing> standing;
    if (keeper::RecordKeeper *keeper = context.session->keeper(); keeper && checked->isGood()) {
        QCoro::Task<Result<record::Standing>> opening = keeper->open();
        const Result<record::Standing> opened = co_await opening;
        if (!opened)
            co_return fail(context, opened.error());
        standing = *opened;
    }
    const bool good = checked->isGood() && !(standing && record::isHalted(*standing));
    QJsonObject document{{u"good"_s, good},
                         {u"entries"_s, QString::number(checked->entries)},
                         {u"root"_s, root},
                         {u"problem"_s, checked->problem}};
    if (standing)
        document.insert("standing"_L1, record::toString(*standing));
    if (checked->badEntry)
        document.insert(u"bad_entry"_s, QString::number(*checked->badEntry));
    if (!checked->isGood()) {
        print(context, document, {});
        co_return fail(
            Context{},
            Error{ErrorKind::Damaged,
                  u"The record does not match. %1 Nothing was changed; keep this file and restore a backup."_s.arg(
                      checked->problem),
                  {},
                  {},
                  {},
                  false});
    }
    QStringList lines{u"The record is whole: %1 entries, root %2."_s.arg(checked->entries).arg(root)};
    if (standing && *standing != record::Standing::Open && good)
        lines.append(record::sentenceOn(*standing));
    print(context, document, lines);
    if (!good)
        co_return fail(Context{}, Error{ErrorKind::Damaged, record::sentenceOn(*standing), {}, {}, {}, false});
    co_return kDone;
}

} // namespace

std::vector<Command> recordCommands()
{
    return {
        {u"record verify"_s,
         {},
         u"Reads and hashes the whole record and says whether it is whole."_s,
         true,
         true,
         nullptr,
         &verify},
        {u"record head"_s, {}, u"Shows the record's size and root."_s, true, true, nullptr, &head},
    };
}

} // namespace indelible::cli
