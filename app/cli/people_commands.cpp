// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/context.h"
#include "app/people/people_service.h"

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

CommandTask exportPerson(Context context)
{
    const std::optional<seal::Person> person = personFrom(context.arguments.value(0));
    const QString file = context.options->value(u"out"_s);
    if (!person || !file.endsWith(u".zip"_s, Qt::CaseInsensitive))
        co_return failUsage(
            context,
            u"Say who and where to: indelible people export NETWORK:HANDLE --out F.zip (bluesky:ana.example)."_s);
    const Result<people::PersonReport> report = co_await context.session->people().exportPerson(*person, file);
    if (!report)
        co_return fail(context, report.error());
    print(
        context, {{u"items"_s, report->items}, {u"file"_s, file}},
        {u"What is held on this person, with %1 items, is in %2. Other people's names are taken out of it; read it before you hand it over."_s
             .arg(report->items)
             .arg(file)});
    co_return kDone;
}

void exportOptions(QCommandLineParser &parser)
{
    parser.addOption({u"out"_s, u"The file to be made."_s, u"file.zip"_s});
}

} // namespace

std::vector<Command> peopleCommands()
{
    return {{u"people export"_s, u"NETWORK:HANDLE --out F.zip"_s,
             u"Writes everything that is held on one person, for them; others' names are taken out."_s, Access::Write,
             &exportOptions, &exportPerson}};
}

} // namespace indelible::cli
