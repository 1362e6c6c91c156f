// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup/backup_service.h"
#include "app/base/text.h"
#include "app/cli/context.h"
#include "app/cli/coverage_lines.h"
#include "app/cli/json_output.h"
#include "app/domain/network.h"
#include "app/inbox/inbox_service.h"
#include "app/outbox/outbox_service.h"
#include "app/session/account_service.h"
#include "app/sync/sync_engine.h"

#include <QJsonArray>
#include <QSet>

#include <QCoroFuture>
#include <QCoroSignal>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

using namespace std::chrono_literals;

/// What others wrote, made safe for a terminal.
QString onOneLine(const QString &text)
{
    return displayText(text).simplified();
}

QString indented(const QString &text)
{
    return u"    "_s + displayText(text).replace(u'\n', u"\n    "_s);
}

QString rowLine(const ConversationRow &row)
{
    return u"%1  %2  %3  %4  %5"_s.arg(row.id.toString().rightJustified(4), toString(row.turn).leftJustified(11),
                                       network(row.network).badge, onOneLine(row.person.displayName()),
                                       onOneLine(row.snippet.left(80)));
}

CommandTask list(Context context)
{
    InboxQuery query;
    query.search = context.options->value(u"search"_s);
    if (!query.search.isEmpty())
        query.search += u' '; // finished typing: the last word is a whole word
    query.view = query.search.isEmpty() ? View::NeedsReply : View::Everything;
    if (context.options->isSet(u"view"_s)) {
        const std::optional<View> view = viewFrom(context.options->value(u"view"_s));
        if (!view)
            co_return failUsage(
                context, u"--view takes needs-reply, due-soon, mine, not-yet-owned, waiting, done or everything."_s);
        query.view = *view;
    }
    query.limit = 500;
    QJsonArray conversations;
    QStringList lines;
    QSet<ConversationId> seen;
    do {
        const Result<InboxPage> page = co_await context.session->inbox().page(query);
        if (!page)
            co_return fail(context, page.error());
        for (const ConversationRow &row : page->rows) {
            // A search finds a conversation again on a later page by an older item of it.
            if (seen.contains(row.id))
                continue;
            seen.insert(row.id);
            conversations.append(toJson(row));
            lines.append(rowLine(row));
        }
        query.after = page->next;
    } while (query.after);
    const Result<std::vector<Coverage>> map = co_await coverageOf(context);
    if (!map)
        co_return fail(context, map.error());
    if (query.search.isEmpty())
        lines.append(coverageSentence(countCoverage(*map)));
    print(context, {{u"conversations"_s, conversations}, {u"coverage"_s, toJson(countCoverage(*map))}}, lines);
    co_return kDone;
}

/// What came with an item, each with its number, and how to have it where the network hands it out.
void mediaLines(const ItemView &view, bool handsOut, QStringList &lines)
{
    int number = 0;
    for (const Media &media : view.item.media) {
        QString line = u"    %1 %2: %3"_s.arg(media.kind).arg(++number).arg(onOneLine(media.description));
        if (!media.address.isEmpty())
            line += u"  "_s + onOneLine(media.address);
        else if (handsOut && !view.gone)
            line += u"  (indelible attachment %1 %2 --out FILE)"_s.arg(view.id.toString()).arg(number);
        lines.append(line);
    }
}

void itemLines(const ItemView &view, bool handsOut, QStringList &lines)
{
    if (view.sealedAt) {
        lines.append(
            u"%1  (erased as the law requires on %2)"_s.arg(toRfc3339(view.receivedAt), toRfc3339(*view.sealedAt)));
        return;
    }
    lines.append(u"%1  %2%3"_s.arg(toRfc3339(view.item.createdAt), onOneLine(view.item.author.displayName()),
                                   view.item.stars ? u"  %1 stars"_s.arg(*view.item.stars) : QString()));
    if (view.looksLike)
        lines.append(u"    (looks like %1, is not %1)"_s.arg(onOneLine(view.looksLike->handle)));
    lines.append(indented(view.item.text));
    mediaLines(view, handsOut, lines);
    for (qsizetype i = 0; i + 1 < static_cast<qsizetype>(view.revisions.size()); ++i)
        lines.append(u"    before:\n"_s + indented(view.revisions.at(static_cast<size_t>(i)).text));
    if (view.gone)
        lines.append(*view.gone == RemoteGone::Reason::DeletedByAuthor ? u"    (deleted by its author, kept here)"_s
                                                                       : u"    (hidden by the network, kept here)"_s);
}

CommandTask show(Context context)
{
    const ConversationId id(numberArgument(context, 0));
    if (!id.isValid())
        co_return failUsage(context, u"Say which conversation: indelible show ID."_s);
    const Result<ConversationView> view = co_await context.session->inbox().open(id, 100'000);
    if (!view)
        co_return fail(context, view.error());
    QJsonArray items;
    QJsonArray events;
    QJsonArray answers;
    QStringList lines{rowLine(view->row)};
    const bool handsOut = context.session->accounts().capabilities(view->row.account).handsOutAttachments;
    for (const ItemView &item : view->items) {
        items.append(toJson(item));
        itemLines(item, handsOut, lines);
    }
    for (const ConversationEvent &event : view->events)
        events.append(toJson(event));
    for (const OutboxView &answer : view->outbox) {
        answers.append(toJson(answer));
        lines.append(u"answer (%1)\n"_s.arg(toString(answer.state)) + indented(answer.text));
    }
    print(context,
          {{u"conversation"_s, toJson(view->row)}, {u"items"_s, items}, {u"events"_s, events}, {u"answers"_s, answers}},
          lines);
    co_return kDone;
}

/// Sends what is queued on the account and says what became of this answer.
QCoro::Task<Result<OutboxState>> sendAtOnce(Context context, AccountId account, ConversationId conversation,
                                            OutboxId answer)
{
    if (channels::Channel *channel = context.session->sync().channel(account)) {
        const Result<void> drained = co_await context.session->outbox().drain(account, *channel);
        if (!drained)
            co_return failure(drained.error());
    }
    const Result<ConversationView> after = co_await context.session->inbox().open(conversation, 1);
    if (!after)
        co_return failure(after.error());
    for (const OutboxView &open : after->outbox) {
        if (open.id != answer)
            continue;
        if (open.state == OutboxState::Failed || open.state == OutboxState::Unknown)
            co_return failure(ErrorKind::Rejected, u"The answer is %1: %2 The words are kept in the outbox."_s.arg(
                                                       toString(open.state), open.detail));
        co_return open.state;
    }
    co_return OutboxState::Sent;
}

CommandTask reply(Context context)
{
    const ConversationId id(numberArgument(context, 0));
    if (!id.isValid() || !context.options->isSet(u"text"_s))
        co_return failUsage(context, u"Say which conversation and what: indelible reply ID --text T."_s);
    const Result<ConversationView> view = co_await context.session->inbox().open(id, 1);
    if (!view)
        co_return fail(context, view.error());
    const AccountId account = view->row.account;
    const Account *known = context.session->accounts().account(account);
    const AccountState accountState = known ? known->state : AccountState::Disconnected;
    const bool sends = accountState != AccountState::Paused && accountState != AccountState::SignedOut;
    const Audience audience = context.options->isSet(u"private"_s) ? Audience::Private : view->row.audience;
    const Capabilities capabilities = context.session->accounts().capabilities(account);
    if (accountState != AccountState::Disconnected && capabilities.isReadOnly())
        co_return fail(context, ErrorKind::Rejected,
                       u"%1 takes no answers here. Nothing was queued; answer on the page itself."_s.arg(
                           network(view->row.network).name));
    const TextLimit limit = capabilities.limit(audience);
    const Result<OutboxId> queued =
        co_await context.session->outbox().queue(id, context.options->value(u"text"_s), audience, limit, 0ms);
    if (!queued)
        co_return fail(context, queued.error());
    OutboxState state = OutboxState::Queued;
    if (context.options->isSet(u"now"_s) && sends) {
        const Result<OutboxState> sent = co_await sendAtOnce(context, account, id, *queued);
        if (!sent)
            co_return fail(context, sent.error());
        state = *sent;
    }
    const QString later =
        sends ? u"Queued; 'indelible sync' sends it."_s
              : u"Queued. The account is %1: it goes out once that has changed."_s.arg(toString(accountState));
    print(context, {{u"answer"_s, queued->toString()}, {u"state"_s, toString(state)}},
          {state == OutboxState::Sent ? u"Sent."_s : later});
    co_return kDone;
}

CommandTask note(Context context)
{
    const ConversationId id(numberArgument(context, 0));
    if (!id.isValid() || !context.options->isSet(u"text"_s))
        co_return failUsage(context, u"Say which conversation and what: indelible note ID --text T."_s);
    const Result<qint64> entry = co_await context.session->inbox().addNote(id, context.options->value(u"text"_s));
    if (!entry)
        co_return fail(context, entry.error());
    print(context, {{u"entry"_s, QString::number(*entry)}}, {u"Noted, entry %1."_s.arg(*entry)});
    co_return kDone;
}

CommandTask done(Context context)
{
    const ConversationId id(numberArgument(context, 0));
    if (!id.isValid())
        co_return failUsage(context, u"Say which conversation: indelible done ID."_s);
    const Result<void> marked = co_await context.session->inbox().markDone(id, !context.options->isSet(u"undo"_s));
    if (!marked)
        co_return fail(context, marked.error());
    const bool undo = context.options->isSet(u"undo"_s);
    print(context, {{u"done"_s, !undo}}, {undo ? u"Not done."_s : u"Done. It stays in Everything."_s});
    co_return kDone;
}

QJsonObject reportJson(const sync::SyncReport &report)
{
    return {{u"new"_s, report.newItems},
            {u"revisions"_s, report.revisions},
            {u"gone"_s, report.gone},
            {u"requests"_s, report.requests}};
}

CommandTask syncAll(Context context)
{
    const QString only = context.options->value(u"account"_s);
    const Account *one = accountArgument(context, only);
    if (!only.isEmpty() && !one)
        co_return failNoSuchAccount(context, only);
    const std::vector<Account> accounts = one ? std::vector<Account>{*one} : context.session->accounts().accounts();
    QJsonArray reports;
    QStringList lines;
    int code = kDone;
    for (const Account &account : accounts) {
        if (account.state == AccountState::Paused || account.state == AccountState::Disconnected)
            continue;
        const AccountId id = account.id;
        const Result<sync::SyncReport> report =
            co_await context.session->sync().syncAccount(id, sync::SyncEngine::Depth::Thorough);
        if (!report) {
            code = fail(Context{}, report.error());
            reports.append(QJsonObject{{u"account"_s, account.handle},
                                       {u"error"_s, toString(report.error().kind)},
                                       {u"detail"_s, report.error().detail}});
            continue;
        }
        QJsonObject json = reportJson(*report);
        json.insert(u"account"_s, account.handle);
        reports.append(json);
        lines.append(u"%1: %2 new, %3 edited, %4 gone"_s.arg(account.handle)
                         .arg(report->newItems)
                         .arg(report->revisions)
                         .arg(report->gone));
    }
    print(context, {{u"accounts"_s, reports}}, lines);
    co_return code;
}

/// The backup of the day; practice is not worth one.
CommandTask backUpDaily(Context context)
{
    if (context.session->isPractice())
        co_return kDone;
    QCoro::Task<Result<std::optional<backup::BackupReport>>> copying = context.session->backups().backUpDaily();
    const Result<std::optional<backup::BackupReport>> made = co_await copying;
    co_return made ? kDone : fail(Context{}, made.error());
}

CommandTask sync(Context context)
{
    int code = co_await syncAll(context);
    if (code == kUsage)
        co_return code;
    const int backedUp = co_await backUpDaily(context);
    code = std::max(code, backedUp);
    if (context.options->isSet(u"once"_s))
        co_return code;
    // Goes on until it is interrupted: whatever it is doing then, nothing acknowledged is lost.
    context.session->sync().start();
    if (!context.session->isPractice())
        context.session->backups().start();
    co_await qCoro(QCoreApplication::instance(), &QCoreApplication::aboutToQuit);
    co_return kDone;
}

void textOption(QCommandLineParser &parser)
{
    parser.addOption({u"text"_s, u"The words."_s, u"text"_s});
}

void replyOptions(QCommandLineParser &parser)
{
    textOption(parser);
    parser.addOption({u"private"_s, u"Answer privately."_s});
    parser.addOption({u"now"_s, u"Send it at once instead of with the next sync."_s});
}

} // namespace

std::vector<Command> inboxCommands()
{
    return {
        {u"sync"_s, u"[--account A] [--once]"_s,
         u"Fetches, and sends what is queued; goes on doing so without --once."_s, Access::Make,
         [](QCommandLineParser &parser) {
             parser.addOption({u"account"_s, u"Only this account."_s, u"account"_s});
             parser.addOption({u"once"_s, u"One round."_s});
         },
         &sync},
        {u"list"_s, u"[--search Q] [--view V]"_s, u"Lists conversations."_s, Access::Read,
         [](QCommandLineParser &parser) {
             parser.addOption({u"search"_s, u"Words that must occur."_s, u"words"_s});
             parser.addOption(
                 {u"view"_s, u"needs-reply, due-soon, mine, not-yet-owned, waiting, done or everything."_s, u"view"_s});
         },
         &list},
        {u"show"_s, u"ID"_s, u"Shows a conversation, every version of every item."_s, Access::Read, nullptr, &show},
        {u"reply"_s, u"ID --text T [--private] [--now]"_s, u"Answers."_s, Access::Write, &replyOptions, &reply},
        {u"note"_s, u"ID --text T"_s, u"Adds a note that only the team sees."_s, Access::Write, &textOption, &note},
        {u"done"_s, u"ID [--undo]"_s, u"Marks a conversation done, or not done."_s, Access::Write,
         [](QCommandLineParser &parser) {
             parser.addOption({u"undo"_s, u"Not done after all."_s});
         },
         &done},
    };
}

} // namespace indelible::cli
