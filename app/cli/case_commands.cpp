// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/text.h"
#include "app/cases/case_service.h"
#include "app/cli/context.h"
#include "app/cli/json_output.h"
#include "app/domain/network.h"
#include "app/domain/quoted_text.h"
#include "app/exchange/export_service.h"

#include <QJsonArray>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

constexpr qsizetype kWords = 70; ///< of something said, in a line

QString caseLine(const Case &value)
{
    return u"%1  %2  %3  %4"_s.arg(value.id.toString().rightJustified(4), toString(value.status).leftJustified(9),
                                   value.person, value.title);
}

CommandTask open(Context context)
{
    const ConversationId conversation(numberArgument(context, 0));
    if (!conversation.isValid() || !context.options->isSet(u"title"_s))
        co_return failUsage(context, u"Say which conversation and a title: indelible case open ID --title T."_s);
    const Result<CaseId> id = co_await context.session->cases().open(conversation, context.options->value(u"title"_s));
    if (!id)
        co_return fail(context, id.error());
    print(context, {{u"case"_s, id->toString()}}, {u"Case %1 is open."_s.arg(id->toString())});
    co_return kDone;
}

CommandTask list(Context context)
{
    const Result<std::vector<Case>> cases = co_await context.session->cases().list();
    if (!cases)
        co_return fail(context, cases.error());
    QJsonArray array;
    QStringList lines;
    for (const Case &value : *cases) {
        array.append(toJson(value));
        lines.append(caseLine(value));
    }
    print(context, {{u"cases"_s, array}}, lines);
    co_return kDone;
}

CommandTask show(Context context)
{
    const CaseId id(numberArgument(context, 0));
    if (!id.isValid())
        co_return failUsage(context, u"Say which case: indelible case show N."_s);
    const Result<Case> value = co_await context.session->cases().get(id);
    if (!value)
        co_return fail(context, value.error());
    QStringList lines{caseLine(*value)};
    for (const CaseStep &step : value->story)
        lines.append(u"%1  %2, %3: %4"_s.arg(toRfc3339(step.at), step.author.displayName(), network(step.network).name,
                                             snippetOf(newWords(step.text, step.network), kWords)));
    for (const CaseNote &note : value->notes)
        lines.append(u"%1  %2: %3"_s.arg(toRfc3339(note.at), note.actor, note.text));
    print(context, {{u"case"_s, toJson(*value)}}, lines);
    co_return kDone;
}

CommandTask link(Context context)
{
    const CaseId id(numberArgument(context, 0));
    const ConversationId conversation(numberArgument(context, 1));
    if (!id.isValid() || !conversation.isValid())
        co_return failUsage(context, u"Say which case and which conversation: indelible case link N ID."_s);
    const Result<void> linked = co_await context.session->cases().link(id, conversation);
    if (!linked)
        co_return fail(context, linked.error());
    const int code = co_await show(context);
    co_return code;
}

CommandTask set(Context context)
{
    const CaseId id(numberArgument(context, 0));
    if (!id.isValid())
        co_return failUsage(context, u"Say which case: indelible case set N --status S."_s);
    cases::CaseChange change;
    if (context.options->isSet(u"title"_s))
        change.title = context.options->value(u"title"_s);
    if (context.options->isSet(u"owner"_s))
        change.owner = context.options->value(u"owner"_s);
    if (context.options->isSet(u"status"_s)) {
        change.status = caseStatusFrom(context.options->value(u"status"_s));
        if (!change.status)
            co_return failUsage(context, u"--status takes heard, owned, promised, put-right or closed."_s);
    }
    const Result<void> changed = co_await context.session->cases().change(id, change);
    if (!changed)
        co_return fail(context, changed.error());
    if (context.options->isSet(u"note"_s)) {
        const Result<void> noted = co_await context.session->cases().addNote(id, context.options->value(u"note"_s));
        if (!noted)
            co_return fail(context, noted.error());
    }
    const int code = co_await show(context);
    co_return code;
}

CommandTask exportCsv(Context context, exchange::ExportKind kind)
{
    const QString file = context.options->value(u"out"_s);
    if (file.isEmpty())
        co_return failUsage(context, u"Say where to: --out FILE.csv."_s);
    const Result<exchange::ExportReport> report =
        co_await context.session->exports().exportCsv(kind, file, context.options->isSet(u"bom"_s));
    if (!report)
        co_return fail(context, report.error());
    print(context, {{u"rows"_s, report->rows}, {u"file"_s, file}},
          {u"%1 rows saved in %2."_s.arg(report->rows).arg(file)});
    co_return kDone;
}

CommandTask exportCases(Context context)
{
    return exportCsv(std::move(context), exchange::ExportKind::Cases);
}

CommandTask exportItems(Context context)
{
    return exportCsv(std::move(context), exchange::ExportKind::Items);
}

CommandTask exportRecord(Context context)
{
    return exportCsv(std::move(context), exchange::ExportKind::Record);
}

CommandTask exportCoverage(Context context)
{
    return exportCsv(std::move(context), exchange::ExportKind::Coverage);
}

void titleOption(QCommandLineParser &parser)
{
    parser.addOption({u"title"_s, u"What happened, in a few words."_s, u"title"_s});
}

void setOptions(QCommandLineParser &parser)
{
    titleOption(parser);
    parser.addOption({u"status"_s, u"heard, owned, promised, put-right or closed."_s, u"status"_s});
    parser.addOption({u"owner"_s, u"Who looks after it."_s, u"name"_s});
    parser.addOption({u"note"_s, u"A note for the team."_s, u"text"_s});
}

void exportOptions(QCommandLineParser &parser)
{
    parser.addOption({u"out"_s, u"The file to write."_s, u"file"_s});
    parser.addOption({u"bom"_s, u"Begin with a byte order mark, for spreadsheets that need it."_s});
}

} // namespace

std::vector<Command> caseCommands()
{
    return {
        {u"case open"_s, u"ID --title T"_s, u"Opens a case on a conversation."_s, Access::Write, &titleOption, &open},
        {u"case list"_s, {}, u"Lists cases, the last changed first."_s, Access::Read, nullptr, &list},
        {u"case show"_s, u"N"_s, u"Shows a case."_s, Access::Read, nullptr, &show},
        {u"case link"_s, u"N ID"_s, u"Adds a conversation, of whatever network, to a case."_s, Access::Write, nullptr,
         &link},
        {u"case set"_s, u"N [--status S] [--title T] [--owner O] [--note T]"_s, u"Changes a case."_s, Access::Write,
         &setOptions, &set},
        {u"export cases"_s, u"--out F.csv [--bom]"_s, u"Writes all cases as CSV."_s, Access::Rescue, &exportOptions,
         &exportCases},
        {u"export items"_s, u"--out F.csv [--bom]"_s, u"Writes every item, with every word, as CSV."_s, Access::Rescue,
         &exportOptions, &exportItems},
        {u"export record"_s, u"--out F.csv [--bom]"_s,
         u"Writes every entry of the record, with what it says, as CSV."_s, Access::Rescue, &exportOptions,
         &exportRecord},
        {u"export coverage"_s, u"--out F.csv [--bom]"_s,
         u"Writes what is watched, looked at by hand and not watched, as CSV."_s, Access::Rescue, &exportOptions,
         &exportCoverage},
    };
}

} // namespace indelible::cli
