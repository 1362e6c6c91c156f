// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/spawn.h"
#include "app/cli/commands.h"
#include "app/cli/practice_folder.h"
#include "app/session/account_service.h"
#include "app/session/session.h"
#include "app/sync/sync_engine.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/screenshot.h"
#include "ui/prompter/prompter.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QMessageBox>
#include <QTemporaryDir>

#include <cstdio>
#include <sys/prctl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace indelible;

namespace {

void printError(const Error &error)
{
    std::fputs((error.detail + u'\n').toUtf8().constData(), stderr);
}

void nameProgram()
{
    QCoreApplication::setApplicationName(u"indelible"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(INDELIBLE_VERSION));
}

/// Runs a command without a window and without a display.
int runCommand(int argc, char *argv[], const QStringList &arguments)
{
    QCoreApplication application(argc, argv);
    nameProgram();
    // The exit code is handed over on the loop: a command may end before the loop has begun.
    QMetaObject::invokeMethod(
        &application,
        [arguments] {
            cli::execute(arguments).then([](int code) {
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(), [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
            });
        },
        Qt::QueuedConnection);
    return QCoreApplication::exec();
}

struct PictureOptions
{
    ui::Picture picture;
    ui::Theme::Mode theme = ui::Theme::Mode::Light;
    QString workspace;
    std::optional<Instant> now;
};

Result<PictureOptions> pictureOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions({{u"area"_s, u"inbox, record, settings or first-run"_s, u"area"_s, u"inbox"_s},
                       {u"out"_s, u"PNG file"_s, u"file"_s},
                       {u"size"_s, u"1440x900"_s, u"size"_s, u"1440x900"_s},
                       {u"theme"_s, u"light or dark"_s, u"theme"_s, u"light"_s},
                       {u"now"_s, u"the present moment"_s, u"time"_s},
                       {u"workspace"_s, u"folder; else a practice inbox made for the picture"_s, u"folder"_s}});
    if (!parser.parse(QStringList{u"indelible"_s} + arguments.mid(1)))
        return failure(ErrorKind::Usage, parser.errorText());
    PictureOptions options;
    options.picture.area = parser.value(u"area"_s);
    options.picture.file = parser.value(u"out"_s);
    const QStringList size = parser.value(u"size"_s).split(u'x');
    options.picture.size = QSize(size.value(0).toInt(), size.value(1).toInt());
    options.theme = parser.value(u"theme"_s) == "dark"_L1 ? ui::Theme::Mode::Dark : ui::Theme::Mode::Light;
    options.workspace = parser.value(u"workspace"_s);
    if (parser.isSet(u"now"_s))
        options.now = fromRfc3339(parser.value(u"now"_s));
    constexpr QSize kLeast(100, 100);
    constexpr QSize kMost(8192, 8192);
    const QSize wanted = options.picture.size;
    const QString theme = parser.value(u"theme"_s);
    if (options.picture.file.isEmpty() || wanted.expandedTo(kLeast) != wanted || wanted.boundedTo(kMost) != wanted ||
        (theme != "light"_L1 && theme != "dark"_L1) || (parser.isSet(u"now"_s) && !options.now))
        return failure(
            ErrorKind::Usage,
            u"Usage: indelible screenshot --area inbox --out F.png [--size 1440x900] [--theme dark] [--now T] [--workspace DIR]"_s);
    return options;
}

QCoro::Task<Result<void>> fetchAll(session::Session &session)
{
    const std::vector<Account> accounts = session.accounts().accounts();
    for (const Account &account : accounts) {
        const AccountId id = account.id;
        const Result<sync::SyncReport> report = co_await session.sync().syncAccount(id, sync::SyncEngine::Depth::Usual);
        if (!report)
            co_return failure(report.error());
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> paint(session::Session &session, ui::Theme &theme, PictureOptions options)
{
    // A workspace of somebody's is only looked at; the one made for the picture has to be filled first.
    if (options.workspace.isEmpty() && options.picture.area != "first-run"_L1) {
        const Result<void> fetched = co_await fetchAll(session);
        if (!fetched)
            co_return fetched;
    }
    ui::Picture picture = options.picture;
    const Result<void> taken = co_await ui::takePicture(session, theme, std::move(picture));
    co_return taken;
}

int takeScreenshot(int argc, char *argv[], const QStringList &arguments)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    nameProgram();
    const Result<PictureOptions> options = pictureOptions(arguments);
    if (!options) {
        printError(options.error());
        return 2;
    }
    const QTemporaryDir made;
    const SystemClock systemClock;
    const FixedClock fixedClock(options->now.value_or(Instant()));
    session::SessionOptions sessionOptions;
    sessionOptions.folder = options->workspace.isEmpty() ? made.path() : options->workspace;
    sessionOptions.readOnly = !options->workspace.isEmpty();
    sessionOptions.practice = options->workspace.isEmpty() && options->picture.area != "first-run"_L1;
    sessionOptions.clock = options->now ? static_cast<const Clock *>(&fixedClock) : &systemClock;
    sessionOptions.useKeychain = false;
    const Result<std::unique_ptr<session::Session>> session = session::Session::open(std::move(sessionOptions));
    if (!session) {
        printError(session.error());
        return 1;
    }
    ui::Theme theme(options->theme);
    theme.applyTo(application);
    int code = 0;
    QMetaObject::invokeMethod(
        &application,
        [&] {
            paint(**session, theme, *options).then([&code](const Result<void> &taken) {
                if (!taken) {
                    printError(taken.error());
                    code = 1;
                }
                QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
            });
        },
        Qt::QueuedConnection);
    QApplication::exec();
    return code;
}

/// The window on one workspace, until it is closed or another one is wanted.
enum class Next { Quit, Practice };

Next runWindow(session::Session &session, ui::Theme &theme)
{
    Next next = Next::Quit;
    ui::DialogPrompter prompter;
    ui::MainWindow window(session, theme, prompter);
    QObject::connect(&window, &ui::MainWindow::practiceRequested, &window, [&] {
        next = Next::Practice;
        window.close();
    });
    QObject::connect(qApp, &QGuiApplication::lastWindowClosed, &window, [&session] {
        spawn(session.finishWork().then([](const Result<void> &done) {
            QCoreApplication::quit();
            return done;
        }),
              "signing the record at the end");
    });
    window.show();
    session.startWork();
    QApplication::exec();
    return next;
}

int openWindow(int argc, char *argv[], const QStringList &arguments)
{
    QApplication application(argc, argv);
    nameProgram();
    // The end waits for the last signature.
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(QIcon(u":/indelible.svg"_s));
    QGuiApplication::setDesktopFileName(u"indelible"_s);
    QCommandLineParser parser;
    parser.addOptions({{u"workspace"_s, u"folder"_s, u"folder"_s},
                       {u"practice"_s, u"the practice inbox"_s},
                       {u"reset"_s, u"begin the practice anew"_s},
                       {u"session-secrets"_s, u"keep secrets in memory only"_s}});
    if (!parser.parse(QStringList{u"indelible"_s} + arguments)) {
        std::fputs((parser.errorText() + u"\n"_s + cli::helpText()).toUtf8().constData(), stderr);
        return 2;
    }
    const bool practiceCommand = parser.positionalArguments().value(0) == "practice"_L1;
    if (!parser.positionalArguments().isEmpty() && !practiceCommand) {
        std::fputs(cli::helpText().toUtf8().constData(), stderr);
        return 2;
    }
    const SystemClock clock;
    ui::Theme theme(ui::Theme::Mode::System);
    theme.applyTo(application);
    bool practice = practiceCommand || parser.isSet(u"practice"_s);
    QString folder = parser.isSet(u"workspace"_s) ? parser.value(u"workspace"_s) : cli::defaultWorkspace(practice);
    if (practice && parser.isSet(u"reset"_s)) {
        if (const Result<void> removed = cli::removePracticeWorkspace(folder); !removed) {
            printError(removed.error());
            return 1;
        }
    }
    for (;;) {
        session::SessionOptions options;
        options.folder = folder;
        options.practice = practice;
        options.clock = &clock;
        options.useKeychain = !parser.isSet(u"session-secrets"_s);
        Result<std::unique_ptr<session::Session>> session = session::Session::open(std::move(options));
        if (!session) {
            printError(session.error());
            QMessageBox box(QMessageBox::Critical, u"Indelible"_s, session.error().detail);
            box.setTextFormat(Qt::PlainText);
            box.open();
            QApplication::exec();
            return 1;
        }
        if (runWindow(**session, theme) == Next::Quit)
            return 0;
        practice = true;
        folder = cli::defaultWorkspace(true);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    // Tokens pass through memory: no core file may hold them.
    prctl(PR_SET_DUMPABLE, 0);
    // What people wrote in private is nobody else's business on this computer either.
    umask(S_IRWXG | S_IRWXO);
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const QString first = arguments.value(0);
    if (first == "--help"_L1 || first == "-h"_L1) {
        std::fputs(cli::helpText().toUtf8().constData(), stdout);
        return 0;
    }
    if (first == "--version"_L1) {
        std::puts("indelible " INDELIBLE_VERSION);
        return 0;
    }
    if (first == "screenshot"_L1)
        return takeScreenshot(argc, argv, arguments);
    const bool practiceWindow = first == "practice"_L1 && !arguments.contains(u"--no-window"_s) &&
                                !arguments.contains(u"--help"_s) && !arguments.contains(u"-h"_s);
    if (cli::isCommand(arguments) && !practiceWindow)
        return runCommand(argc, argv, arguments);
    return openWindow(argc, argv, arguments);
}
