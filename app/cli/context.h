// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/domain/account.h"
#include "app/seal/plan.h"
#include "app/session/session.h"

#include <QCommandLineParser>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <memory>

#include <QCoroTask>

namespace indelible::cli {

/// How a command ended: 0 done, 1 could not, 2 wrong usage.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kUsage = 2;

/// What every command is given. Lives as long as the command runs.
struct Context
{
    std::shared_ptr<QCommandLineParser> options;
    QStringList arguments; ///< the positional ones behind the command's name
    QString workspace;
    bool practice = false;
    bool json = false;
    std::shared_ptr<Clock> clock;
    std::shared_ptr<session::Session> session; ///< open, unless the command needs none
};

/// One JSON document with --json, else the lines.
void print(const Context &context, const QJsonObject &document, const QStringList &lines);
void printLine(const QString &line);
/// A sentence on stderr.
void printError(const QString &line);
/// One sentence on stderr (or {"error": …} with --json); returns the exit code.
int fail(const Context &context, const Error &error);
int fail(const Context &context, ErrorKind kind, const QString &sentence);
int failUsage(const Context &context, const QString &sentence);

/// A positive whole number, as ids are given; 0 where it is none.
[[nodiscard]] qint64 numberArgument(const Context &context, qsizetype position);

/// The account an argument means: its number, or its handle with or without @; null where there is none.
[[nodiscard]] const Account *accountArgument(const Context &context, const QString &text);
int failNoSuchAccount(const Context &context, const QString &text);

/// "bluesky:ana.example"; a lasting id may hold colons itself.
[[nodiscard]] std::optional<seal::Person> personFrom(const QString &text);

using CommandTask = QCoro::Task<int>;

/// What a command may do with the workspace.
enum class Access {
    None,   ///< opens none
    Read,   ///< can run while the window has it open
    Write,  ///< alone with it; what was added to the record is signed at the end
    Rescue, ///< writes even where the record is halted: what leads out of it is never refused
    Make,   ///< writes, and makes the workspace where there is none; a mistyped folder must not become one elsewhere
};

struct Command
{
    QString name;  ///< "case open"
    QString usage; ///< what follows the name
    QString help;
    Access access = Access::Read;
    void (*addOptions)(QCommandLineParser &) = nullptr;
    CommandTask (*run)(Context) = nullptr;
};

// Each file of commands names its own; the table in commands.cpp puts them together.
[[nodiscard]] std::vector<Command> accountCommands();
[[nodiscard]] std::vector<Command> inboxCommands();
[[nodiscard]] std::vector<Command> attachmentCommands();
[[nodiscard]] std::vector<Command> caseCommands();
[[nodiscard]] std::vector<Command> coverageCommands();
[[nodiscard]] std::vector<Command> recordCommands();
[[nodiscard]] std::vector<Command> anchorCommands();
[[nodiscard]] std::vector<Command> bundleCommands();
[[nodiscard]] std::vector<Command> peopleCommands();
[[nodiscard]] std::vector<Command> sealCommands();
[[nodiscard]] std::vector<Command> workspaceCommands();
[[nodiscard]] std::vector<Command> backupCommands();

} // namespace indelible::cli
