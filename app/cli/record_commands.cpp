// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/context.h"
#include "app/record/log.h"
#include "app/record/verify.h"
#include "app/store/database.h"

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
    print(context, {{u"log"_s, log}, {u"entries"_s, QString::number(head->size)}, {u"root"_s, root}},
          {u"log     "_s + log, u"entries %1"_s.arg(head->size), u"root    "_s + root});
    co_return kDone;
}

CommandTask verify(Context context)
{
    const Result<record::Verification> checked = co_await context.session->database().scan(
        [](store::Connection &connection) { return record::verify(connection); });
    if (!checked)
        co_return fail(context, checked.error());
    const QString root = QString::fromLatin1(checked->root.toBase64());
    QJsonObject document{{u"good"_s, checked->isGood()},
                         {u"entries"_s, QString::number(checked->entries)},
                         {u"root"_s, root},
                         {u"problem"_s, checked->problem}};
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
    print(context, document, {u"The record is whole: %1 entries, root %2."_s.arg(checked->entries).arg(root)});
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
