// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/text.h"
#include "app/cli/context.h"
#include "app/cli/coverage_lines.h"
#include "app/coverage/coverage_service.h"
#include "app/session/account_service.h"

#include <QJsonArray>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

QJsonObject lineJson(const Coverage &line)
{
    QJsonObject object{{u"place"_s, line.name}, {u"state"_s, toString(line.state)}};
    if (!line.network.isEmpty())
        object.insert(u"network"_s, line.network);
    if (!line.address.isEmpty())
        object.insert(u"address"_s, line.address);
    if (!line.detail.isEmpty())
        object.insert(u"detail"_s, line.detail);
    object.insert(u"known_until"_s, line.known ? QJsonValue(toRfc3339(*line.known)) : QJsonValue::Null);
    if (line.dueAt)
        object.insert(u"look_at"_s, toRfc3339(*line.dueAt));
    return object;
}

QString lineOf(const Coverage &line)
{
    QString text = u"%1  %2"_s.arg(toString(line.state), -11).arg(displayText(line.name));
    if (line.known)
        text += u", known until "_s + toRfc3339(*line.known);
    else if (line.state != Coverage::State::NotWatched)
        text += u", never looked at"_s;
    if (!line.detail.isEmpty())
        text += u": "_s + displayText(line.detail);
    return text;
}

CommandTask show(Context context)
{
    const Result<std::vector<Coverage>> map = co_await coverageOf(context);
    if (!map)
        co_return fail(context, map.error());
    QJsonArray places;
    QStringList lines;
    for (const Coverage &line : *map) {
        places.append(lineJson(line));
        lines.append(lineOf(line));
    }
    lines.append(coverageSentence(countCoverage(*map)));
    print(context, {{u"places"_s, places}, {u"count"_s, toJson(countCoverage(*map))}}, lines);
    co_return kDone;
}

/// What a change of one place ends with: how it stands now.
CommandTask finish(Context context, QString name, QFuture<Result<void>> changing)
{
    const Result<void> changed = co_await changing;
    if (!changed)
        co_return fail(context, changed.error());
    const Result<std::vector<Coverage>> map = co_await coverageOf(context);
    if (!map)
        co_return fail(context, map.error());
    for (const Coverage &line : *map) {
        if (line.place.isValid() && line.name.compare(name.simplified(), Qt::CaseInsensitive) == 0)
            print(context, {{u"place"_s, lineJson(line)}}, {lineOf(line)});
    }
    co_return kDone;
}

int failNameless(const Context &context)
{
    return failUsage(context, u"Say which place, for example \"Google reviews\"."_s);
}

CommandTask byHand(Context context)
{
    Place place;
    place.name = context.arguments.value(0);
    if (place.name.trimmed().isEmpty())
        co_return failNameless(context);
    place.care = Care::ByHand;
    place.address = context.options->value(u"address"_s);
    if (context.options->isSet(u"every"_s))
        place.everyDays = context.options->value(u"every"_s).toInt();
    co_return co_await finish(context, place.name, context.session->coverage().describe(place));
}

CommandTask notWatched(Context context)
{
    Place place;
    place.name = context.arguments.value(0);
    if (place.name.trimmed().isEmpty())
        co_return failNameless(context);
    place.address = context.options->value(u"address"_s);
    place.reason = context.options->value(u"because"_s);
    co_return co_await finish(context, place.name, context.session->coverage().describe(place));
}

CommandTask looked(Context context)
{
    const QString name = context.arguments.value(0);
    if (name.trimmed().isEmpty())
        co_return failNameless(context);
    co_return co_await finish(context, name, context.session->coverage().looked(name));
}

void addressOption(QCommandLineParser &parser)
{
    parser.addOption({u"address"_s, u"The page to look at."_s, u"url"_s});
}

void byHandOptions(QCommandLineParser &parser)
{
    addressOption(parser);
    parser.addOption({u"every"_s, u"Every how many days somebody means to look: 1 to 90, 7 unless said."_s, u"days"_s});
}

void notWatchedOptions(QCommandLineParser &parser)
{
    addressOption(parser);
    parser.addOption({u"because"_s, u"Why nobody watches it."_s, u"text"_s});
}

} // namespace

std::vector<Command> coverageCommands()
{
    return {
        {u"coverage"_s,
         {},
         u"Shows what is watched, what is looked at by hand, and what nobody watches."_s,
         Access::Read,
         nullptr,
         &show},
        {u"coverage by-hand"_s, u"PLACE [--every DAYS] [--address URL]"_s,
         u"Says that somebody looks at a place that is not connected."_s, Access::Write, &byHandOptions, &byHand},
        {u"coverage looked"_s, u"PLACE"_s, u"Says that somebody has looked there just now."_s, Access::Write, nullptr,
         &looked},
        {u"coverage not-watched"_s, u"PLACE [--because TEXT] [--address URL]"_s,
         u"Says that nobody watches a place, and why."_s, Access::Write, &notWatchedOptions, &notWatched},
    };
}

} // namespace indelible::cli
