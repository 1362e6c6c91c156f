// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/cli/context.h"
#include "app/keeper/record_keeper.h"
#include "app/session/account_service.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QStandardPaths>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

const std::vector<Command> &allCommands()
{
    static const std::vector<Command> commands = [] {
        std::vector<Command> all;
        for (auto part : {&workspaceCommands, &accountCommands, &coverageCommands, &inboxCommands, &attachmentCommands,
                          &caseCommands, &recordCommands, &anchorCommands, &bundleCommands, &sealCommands,
                          &peopleCommands, &backupCommands}) {
            for (Command &command : part())
                all.push_back(std::move(command));
        }
        return all;
    }();
    return commands;
}

qsizetype wordCount(const Command &command)
{
    return command.name.count(u' ') + 1;
}

/// The command whose name the arguments begin with; the longest name wins.
const Command *findCommand(const QStringList &arguments)
{
    const Command *best = nullptr;
    for (const Command &command : allCommands()) {
        if (arguments.mid(0, wordCount(command)).join(u' ') == command.name &&
            (!best || wordCount(command) > wordCount(*best)))
            best = &command;
    }
    return best;
}

std::shared_ptr<QCommandLineParser> parserFor(const Command &command)
{
    auto parser = std::make_shared<QCommandLineParser>();
    parser->setApplicationDescription(command.help);
    parser->addOption({u"workspace"_s, u"Folder of the workspace."_s, u"folder"_s});
    parser->addOption({u"practice"_s, u"Use the practice inbox."_s});
    parser->addOption({u"json"_s, u"Print one JSON document."_s});
    parser->addOption(
        {u"clock"_s, u"Take this as the present moment (RFC 3339); for tests and pictures."_s, u"time"_s});
    parser->addOption({{u"h"_s, u"help"_s}, u"Say what the command does."_s});
    parser->addOption({u"session-secrets"_s, u"Keep secrets in memory only, not in the keychain."_s});
    if (command.addOptions)
        command.addOptions(*parser);
    return parser;
}

QString commandHelp(const Command &command)
{
    const QString call = command.usage.isEmpty() ? command.name : command.name + u' ' + command.usage;
    return u"  %1\n      %2"_s.arg(call, command.help);
}

Result<Context> makeContext(const Command &command, const QStringList &arguments)
{
    Context context;
    context.options = parserFor(command);
    if (!context.options->parse(QStringList{u"indelible"_s} + arguments.mid(wordCount(command))))
        return failure(ErrorKind::Usage,
                       context.options->errorText() + u" Usage: indelible "_s + command.name + u' ' + command.usage);
    context.arguments = context.options->positionalArguments();
    context.json = context.options->isSet(u"json"_s);
    context.practice = context.options->isSet(u"practice"_s) || command.name == "practice"_L1;
    context.workspace = context.options->isSet(u"workspace"_s) ? context.options->value(u"workspace"_s)
                                                               : defaultWorkspace(context.practice);
    context.clock = std::make_shared<SystemClock>();
    if (context.options->isSet(u"clock"_s)) {
        const std::optional<Instant> now = fromRfc3339(context.options->value(u"clock"_s));
        if (!now)
            return failure(ErrorKind::Usage, u"--clock takes a time such as 2026-11-22T09:00:00Z."_s);
        context.clock = std::make_shared<FixedClock>(*now);
    }
    return context;
}

Result<void> openSession(const Command &command, Context &context)
{
    if (command.access != Access::Make && !QFileInfo::exists(context.workspace + u"/indelible.sqlite"_s))
        return failure(
            ErrorKind::NotFound,
            u"There is no workspace in %1. Nothing was changed; give another folder with --workspace, or connect an account first."_s
                .arg(context.workspace));
    session::SessionOptions options;
    options.folder = context.workspace;
    options.practice = context.practice;
    options.clock = context.clock.get();
    options.readOnly = command.access == Access::Read;
    options.useKeychain = !context.options->isSet(u"session-secrets"_s);
    Result<std::unique_ptr<session::Session>> session = session::Session::open(std::move(options));
    if (!session)
        return failure(session.error());
    context.session = std::move(*session);
    return {};
}

/// Runs what may add to the record: not where that must not grow, and signed at the end.
CommandTask runWriting(const Command &command, Context context)
{
    keeper::RecordKeeper *keeper = context.session->keeper();
    if (!keeper)
        co_return co_await command.run(std::move(context));
    QCoro::Task<Result<record::Standing>> opening = keeper->open();
    const Result<record::Standing> standing = co_await opening;
    if (standing && record::isHalted(*standing) && command.access != Access::Rescue)
        co_return fail(context, ErrorKind::Damaged, record::sentenceOn(*standing));
    // A copy: the session and its clock are still needed when the command is over.
    Context given = context;
    const int code = co_await command.run(std::move(given));
    QCoro::Task<Result<void>> signing = keeper->sign();
    const Result<void> done = co_await signing;
    if (!done)
        printError(done.error().detail);
    co_return code;
}

} // namespace

void printLine(const QString &line)
{
    std::fputs((line + u'\n').toUtf8().constData(), stdout);
}

void print(const Context &context, const QJsonObject &document, const QStringList &lines)
{
    if (context.json) {
        printLine(QString::fromUtf8(QJsonDocument(document).toJson(QJsonDocument::Indented)).trimmed());
        return;
    }
    for (const QString &line : lines)
        printLine(line);
}

void printError(const QString &line)
{
    std::fputs((line + u'\n').toUtf8().constData(), stderr);
}

int fail(const Context &context, const Error &error)
{
    if (context.json)
        printLine(QString::fromUtf8(
            QJsonDocument(
                QJsonObject{{u"error"_s, QJsonObject{{u"kind"_s, toString(error.kind)}, {u"detail"_s, error.detail}}}})
                .toJson(QJsonDocument::Compact)));
    printError(error.detail);
    return error.kind == ErrorKind::Usage ? kUsage : kFailed;
}

int fail(const Context &context, ErrorKind kind, const QString &sentence)
{
    return fail(context, failure(kind, sentence).value());
}

int failUsage(const Context &context, const QString &sentence)
{
    return fail(context, ErrorKind::Usage, sentence);
}

const Account *accountArgument(const Context &context, const QString &text)
{
    const QString handle = text.startsWith(u'@') ? text.mid(1) : text;
    for (const Account &account : context.session->accounts().accounts()) {
        if (account.id.toString() == text || account.handle == handle)
            return &account;
    }
    return nullptr;
}

int failNoSuchAccount(const Context &context, const QString &text)
{
    return fail(context, ErrorKind::NotFound,
                u"There is no account '%1'. Nothing was changed; 'indelible account list' shows them."_s.arg(text));
}

qint64 numberArgument(const Context &context, qsizetype position)
{
    bool good = false;
    const qint64 number = context.arguments.value(position).toLongLong(&good);
    return good && number > 0 ? number : 0;
}

bool isCommand(const QStringList &arguments)
{
    return findCommand(arguments) != nullptr;
}

QCoro::Task<int> execute(QStringList arguments)
{
    const Command *command = findCommand(arguments);
    if (!command)
        co_return failUsage(Context{}, u"There is no such command. 'indelible --help' lists them."_s);
    Result<Context> context = makeContext(*command, arguments);
    if (!context) {
        Context asked;
        asked.json = arguments.contains(u"--json"_s);
        co_return fail(asked, context.error());
    }
    if (context->options->isSet(u"help"_s)) {
        printLine(commandHelp(*command));
        co_return kDone;
    }
    if (command->access != Access::None) {
        if (const Result<void> opened = openSession(*command, *context); !opened)
            co_return fail(*context, opened.error());
    }
    if (command->access == Access::None || command->access == Access::Read)
        co_return co_await command->run(std::move(*context));
    CommandTask writing = runWriting(*command, std::move(*context));
    co_return co_await writing;
}

QString helpText()
{
    QString text =
        u"Usage: indelible [COMMAND]\nWithout a command the window opens. Every command takes --workspace DIR, --practice and --json.\n\n"_s;
    for (const Command &command : allCommands())
        text += commandHelp(command) + u'\n';
    return text +
           u"  screenshot --area inbox|record|settings|first-run --out F.png [--size WxH] [--theme light|dark] [--now "
           u"T]\n"
           "      Paints the window into a picture, of the practice inbox or of --workspace, without a display.\n"_s;
}

QString defaultWorkspace(bool practice)
{
    const QString base = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/indelible/"_s;
    return base + (practice ? u"practice"_s : u"workspace"_s);
}

} // namespace indelible::cli
