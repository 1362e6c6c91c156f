// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup/backup_files.h"
#include "app/cli/context.h"
#include "app/seal/erasure_list.h"
#include "app/seal/seal.h"
#include "app/seal/seal_service.h"
#include "app/store/database.h"

#include <QFileInfo>
#include <QJsonArray>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

/// "older:30" (days), or "gone".
std::optional<seal::AccountRule> ruleFrom(const Context &context, AccountId account, const QString &text)
{
    if (text == "gone"_L1)
        return seal::AccountRule{account, std::nullopt};
    const int days = text.startsWith(u"older:"_s) ? QStringView(text).mid(6).toInt() : 0;
    if (days <= 0)
        return std::nullopt;
    return seal::AccountRule{account, context.clock->now() - std::chrono::days(days)};
}

std::optional<seal::Target> targetOf(const Context &context)
{
    const QString item = context.options->value(u"item"_s);
    const QString person = context.options->value(u"person"_s);
    const QString account = context.options->value(u"account"_s);
    if (int(item.isEmpty()) + int(person.isEmpty()) + int(account.isEmpty()) != 2)
        return std::nullopt;
    if (const ItemId id(item.toLongLong()); id.isValid())
        return id;
    if (const Account *known = accountArgument(context, account); known && !account.isEmpty())
        return ruleFrom(context, known->id, context.options->value(u"rule"_s));
    return personFrom(person);
}

template<typename Id>
QStringList numbersOf(const QList<Id> &ids)
{
    QStringList numbers;
    for (const Id id : ids)
        numbers.append(id.toString());
    return numbers;
}

/// As measured: about 30 MB a second, index included.
qint64 secondsToRewrite(const Context &context)
{
    constexpr qint64 kBytesASecond = 30'000'000;
    return 1 + QFileInfo(context.session->database().path()).size() / kBytesASecond;
}

int showPlan(const Context &context, const seal::Plan &plan)
{
    const QString period = plan.first && plan.last
                               ? u", received %1 to %2"_s.arg(toRfc3339(*plan.first), toRfc3339(*plan.last))
                               : QString();
    QStringList lines{u"Nothing was sealed yet. These words would be destroyed for ever:"_s,
                      u"  %1 items and %2 notes%3"_s.arg(plan.items).arg(plan.notes).arg(period),
                      u"  in conversations %1"_s.arg(numbersOf(plan.conversations).join(u", "_s))};
    if (!plan.cases.isEmpty())
        lines.append(u"  which belong to cases %1"_s.arg(numbersOf(plan.cases).join(u", "_s)));
    if (plan.staying > 0)
        lines.append(u"  what else was said in %1 of them stays"_s.arg(plan.staying));
    for (const QString &reason : plan.spared)
        lines.append(u"Left out: "_s + reason);
    for (const QString &obstacle : plan.obstacles)
        lines.append(u"In the way: "_s + obstacle);
    if (plan.obstacles.isEmpty() && !plan.entries.isEmpty())
        lines.append(
            u"To do it, give the same command with --reason CODE --confirm %1 (the number of entries that lose their words). The workspace's file is written anew then, which takes about %2 seconds; nothing else is stored meanwhile."_s
                .arg(plan.entries.size())
                .arg(secondsToRewrite(context)));
    print(context,
          {{u"sealed"_s, false},
           {u"items"_s, plan.items},
           {u"notes"_s, plan.notes},
           {u"conversations"_s, QJsonArray::fromStringList(numbersOf(plan.conversations))},
           {u"cases"_s, QJsonArray::fromStringList(numbersOf(plan.cases))},
           {u"first"_s, plan.first ? QJsonValue(toRfc3339(*plan.first)) : QJsonValue()},
           {u"last"_s, plan.last ? QJsonValue(toRfc3339(*plan.last)) : QJsonValue()},
           {u"staying"_s, plan.staying},
           {u"left_out"_s, QJsonArray::fromStringList(plan.spared)},
           {u"obstacles"_s, QJsonArray::fromStringList(plan.obstacles)},
           {u"confirm"_s, plan.entries.size()}},
          lines);
    return kDone;
}

int showReport(const Context &context, const seal::SealReport &report)
{
    const QString expiry = toRfc3339(context.clock->now() + seal::kKeptAfterSeal).left(10);
    const QStringList kept = backup::copiesNeverRemoved(context.workspace);
    QStringList lines{
        u"The words of %1 entries are destroyed; entry %2 of the record says so."_s.arg(report.sealed)
            .arg(report.entry),
        u"Daily backups from before still hold them. The program removes those with the first backup after %1; a restore seals the words again."_s
            .arg(expiry)};
    if (!report.traceless)
        lines.append(
            u"Traces are left in the workspace's files. %1 The program removes them when it starts again, or 'indelible record seal --finish' does."_s
                .arg(report.traces));
    for (const QString &file : kept)
        lines.append(u"This copy the program never removes; do so yourself: %1"_s.arg(file));
    print(context,
          {{u"sealed"_s, true},
           {u"entries"_s, report.sealed},
           {u"entry"_s, QString::number(report.entry)},
           {u"traceless"_s, report.traceless},
           {u"backups_removed_after"_s, expiry},
           {u"copies_never_removed"_s, QJsonArray::fromStringList(kept)}},
          lines);
    return kDone;
}

CommandTask finish(Context context)
{
    QCoro::Task<Result<bool>> emptying = context.session->seals().finish();
    const Result<bool> emptied = co_await emptying;
    if (!emptied)
        co_return fail(context, emptied.error());
    if (!*emptied)
        co_return fail(context, ErrorKind::InUse,
                       u"Another program still reads the workspace. Nothing is lost; close it and try again."_s);
    print(context, {{u"traceless"_s, true}}, {u"No trace of what was sealed is left in the workspace's files."_s});
    co_return kDone;
}

CommandTask sealWords(Context context)
{
    if (context.options->isSet(u"finish"_s))
        co_return co_await finish(std::move(context));
    const std::optional<seal::Target> target = targetOf(context);
    if (!target)
        co_return failUsage(
            context,
            u"Say what: indelible record seal --item N, --person NETWORK:HANDLE (bluesky:ana.example), or --account A --rule older:DAYS (or gone: deleted by its author)."_s);
    const Result<seal::Plan> plan = co_await context.session->seals().plan(*target);
    if (!plan)
        co_return fail(context, plan.error());
    if (!context.options->isSet(u"confirm"_s))
        co_return showPlan(context, *plan);
    const bool byRule = std::holds_alternative<seal::AccountRule>(*target);
    const QString reason =
        byRule && !context.options->isSet(u"reason"_s) ? u"network-rule"_s : context.options->value(u"reason"_s);
    if (!seal::reasonCodes().contains(reason))
        co_return failUsage(context,
                            u"Say why with --reason: %1. Nothing was sealed."_s.arg(seal::reasonCodes().join(u", "_s)));
    QCoro::Task<Result<seal::SealReport>> sealing =
        context.session->seals().seal(*plan, reason, context.options->value(u"confirm"_s).toLongLong());
    const Result<seal::SealReport> report = co_await sealing;
    co_return report ? showReport(context, *report) : fail(context, report.error());
}

std::optional<seal::HoldTarget> holdTargetOf(const Context &context)
{
    const CaseId caseId(context.options->value(u"case"_s).toLongLong());
    const ConversationId conversation(context.options->value(u"conversation"_s).toLongLong());
    if (caseId.isValid() == conversation.isValid())
        return std::nullopt;
    return caseId.isValid() ? seal::HoldTarget(caseId) : seal::HoldTarget(conversation);
}

CommandTask hold(Context context)
{
    const std::optional<seal::HoldTarget> target = holdTargetOf(context);
    if (!target)
        co_return failUsage(
            context,
            u"Say what: indelible record hold --case N (or --conversation N) --reason WHY --review 2027-11-22."_s);
    const Result<qint64> entry =
        co_await context.session->seals().hold(*target, context.options->value(u"reason"_s),
                                               QDate::fromString(context.options->value(u"review"_s), Qt::ISODate));
    if (!entry)
        co_return fail(context, entry.error());
    print(context, {{u"hold"_s, QString::number(*entry)}},
          {u"Hold %1 is on the record: nothing of this is sealed until 'indelible record hold release %1'."_s.arg(
              *entry)});
    co_return kDone;
}

CommandTask release(Context context)
{
    const qint64 number = numberArgument(context, 0);
    if (number == 0)
        co_return failUsage(context, u"Say which: indelible record hold release N."_s);
    const Result<void> released = co_await context.session->seals().release(number);
    if (!released)
        co_return fail(context, released.error());
    print(context, {{u"released"_s, QString::number(number)}}, {u"Hold %1 is released."_s.arg(number)});
    co_return kDone;
}

CommandTask listHolds(Context context)
{
    const Result<std::vector<seal::Hold>> holds = co_await context.session->seals().holds();
    if (!holds)
        co_return fail(context, holds.error());
    QJsonArray list;
    QStringList lines;
    for (const seal::Hold &value : *holds) {
        const CaseId *caseId = std::get_if<CaseId>(&value.target);
        const QString kind = caseId ? u"case"_s : u"conversation"_s;
        const QString number = caseId ? caseId->toString() : std::get<ConversationId>(value.target).toString();
        const QString review = value.review.toString(Qt::ISODate);
        list.append(QJsonObject{{u"hold"_s, QString::number(value.entry)},
                                {kind, number},
                                {u"reason"_s, value.reason},
                                {u"review"_s, review}});
        lines.append(
            u"%1  %2 %3  look again %4  %5"_s.arg(QString::number(value.entry), kind, number, review, value.reason));
    }
    print(context, {{u"holds"_s, list}}, lines);
    co_return kDone;
}

void sealOptions(QCommandLineParser &parser)
{
    parser.addOption({u"item"_s, u"Number of the item."_s, u"number"_s});
    parser.addOption({u"person"_s, u"Whose items: network and handle or lasting id."_s, u"network:handle"_s});
    parser.addOption({u"account"_s, u"What others said there, as a network's storage rule wants it."_s, u"account"_s});
    parser.addOption({u"rule"_s, u"older:DAYS (since it was received), or gone (deleted by its author)."_s, u"rule"_s});
    parser.addOption({u"reason"_s, u"Why the law wants it."_s, u"code"_s});
    parser.addOption({u"confirm"_s, u"The number that the command without it shows."_s, u"number"_s});
    parser.addOption({u"finish"_s, u"Remove what traces an earlier seal could not."_s});
}

void holdOptions(QCommandLineParser &parser)
{
    parser.addOption({u"case"_s, u"Number of the case."_s, u"number"_s});
    parser.addOption({u"conversation"_s, u"Number of the conversation."_s, u"number"_s});
    parser.addOption({u"reason"_s, u"Why it is kept."_s, u"words"_s});
    parser.addOption({u"review"_s, u"The day on which that is looked at again."_s, u"date"_s});
}

} // namespace

std::optional<seal::Person> personFrom(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    return colon > 0 && colon + 1 < text.size() ? std::optional(seal::Person{text.left(colon), text.mid(colon + 1)})
                                                : std::nullopt;
}

std::vector<Command> sealCommands()
{
    return {
        {u"record seal"_s,
         u"--item N | --person NETWORK:HANDLE | --account A --rule older:DAYS|gone [--reason CODE --confirm N]"_s,
         u"Destroys words because the law wants it; without --confirm it only shows what would go."_s, Access::Write,
         &sealOptions, &sealWords},
        {u"record hold"_s, u"--case N | --conversation N --reason WHY --review DATE"_s,
         u"Keeps a case or a conversation from being sealed."_s, Access::Write, &holdOptions, &hold},
        {u"record hold release"_s, u"N"_s, u"Ends a hold."_s, Access::Write, nullptr, &release},
        {u"record hold list"_s, {}, u"Shows the holds."_s, Access::Read, nullptr, &listHolds},
    };
}

} // namespace indelible::cli
