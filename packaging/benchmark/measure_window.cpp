// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"
#include "packaging/benchmark/helpers.h"
#include "packaging/benchmark/measures.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/inbox_controller.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/thread_pane.h"
#include "ui/models/conversation_model.h"
#include "ui/models/thread_list_model.h"
#include "ui/prompter/prompter.h"
#include "ui/record/record_area.h"
#include "ui/record/record_list_view.h"
#include "ui/theme/theme.h"
#include "ui/threads/thread_list_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QListView>
#include <QMainWindow>
#include <QScrollBar>
#include <QStringListModel>

#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace indelible::bench {

namespace {

constexpr QSize kWindow(1440, 900);

/// The starting measures end here: whoever measures from outside stops its watch at this line.
void sayPainted()
{
    std::puts("painted");
    std::fflush(stdout);
}

/// A session and its window on a filled workspace, settled and painted.
class OpenWindow
{
public:
    explicit OpenWindow(const QString &folder)
        : m_theme(ui::Theme::Mode::Light)
    {
        session::SessionOptions options;
        options.folder = folder;
        options.clock = &m_clock;
        options.useKeychain = false;
        Result<std::unique_ptr<session::Session>> session = session::Session::open(std::move(options));
        if (!session) {
            qCritical("%s", qPrintable(session.error().detail));
            std::exit(1);
        }
        m_session = std::move(*session);
        m_theme.applyTo(*qApp);
        m_window = std::make_unique<ui::MainWindow>(*m_session, m_theme, m_prompter);
        m_window->resize(kWindow);
        QObject::connect(m_window.get(), &ui::MainWindow::settled, m_window.get(), [this] { m_settled = true; });
        // What cannot be read would never settle.
        const auto stop = [](const Error &error) {
            qCritical("%s", qPrintable(error.detail));
            std::exit(1);
        };
        QObject::connect(&m_window->inbox().conversationModel(), &ui::ConversationModel::failed, m_window.get(), stop);
        QObject::connect(&m_window->inbox().threadModel(), &ui::ThreadListModel::failed, m_window.get(), stop);
        m_window->show();
        waitSettled();
    }

    void waitSettled()
    {
        while (!std::exchange(m_settled, false))
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        m_window->repaint();
    }
    /// Opens a conversation and waits until it is painted. One that is shown already opens no second time.
    void show(ConversationId id)
    {
        if (m_window->controller().current() == id && m_window->inbox().shownView())
            return;
        m_window->controller().openConversation(id);
        waitSettled();
    }
    [[nodiscard]] ui::MainWindow &window() { return *m_window; }

private:
    SystemClock m_clock;
    ui::Theme m_theme;
    ui::DialogPrompter m_prompter;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<ui::MainWindow> m_window;
    bool m_settled = false;
};

} // namespace

QJsonObject emptyWindow()
{
    QMainWindow window;
    QStringList lines;
    for (int i = 0; i < 60; ++i)
        lines.append(u"line %1"_s.arg(i));
    QStringListModel model(lines);
    auto *list = new QListView;
    list->setModel(&model);
    window.setCentralWidget(list);
    window.resize(kWindow);
    window.show();
    QCoreApplication::processEvents();
    window.repaint();
    sayPainted();
    return {{u"peak_kib"_s, peakMemoryKiB()}};
}

QJsonObject start(const QString &folder)
{
    OpenWindow open(folder);
    sayPainted();
    return {{u"peak_kib"_s, peakMemoryKiB()}};
}

QJsonObject switchConversations(const QString &folder)
{
    OpenWindow open(folder);
    std::vector<double> times;
    for (int i = 0; i < 100; ++i) {
        QElapsedTimer timer;
        timer.start();
        // The first twenty conversations have 200 items each.
        open.show(ConversationId(1 + i % 20));
        times.push_back(milliseconds(timer));
    }
    return {{u"p50"_s, percentile(times, 0.5)}, {u"p95"_s, percentile(times, 0.95)}, {u"max"_s, percentile(times, 1)}};
}

QJsonObject scroll(const QString &folder)
{
    OpenWindow open(folder);
    ui::ThreadListView *list = open.window().inbox().threads()->list();
    open.show(ConversationId(1));
    std::vector<double> times;
    for (int frame = 0; frame < 3000; ++frame) {
        QElapsedTimer timer;
        timer.start();
        list->verticalScrollBar()->setValue(list->verticalScrollBar()->value() + 120);
        list->viewport()->repaint();
        QCoreApplication::processEvents();
        times.push_back(milliseconds(timer));
    }
    return {{u"p50"_s, percentile(times, 0.5)},
            {u"p99"_s, percentile(times, 0.99)},
            {u"max"_s, percentile(times, 1)},
            {u"rows"_s, list->model()->rowCount()}};
}

QJsonObject openRecord(const QString &folder)
{
    OpenWindow open(folder);
    QElapsedTimer timer;
    timer.start();
    open.window().showArea(ui::Rail::Area::Record);
    ui::RecordArea *area = open.window().recordArea();
    while (!area->model().line(0))
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    open.window().repaint();
    const double opened = milliseconds(timer);
    ui::RecordListView *list = area->list();
    std::vector<double> times;
    for (int frame = 0; frame < 2000; ++frame) {
        timer.start();
        list->verticalScrollBar()->setValue(list->verticalScrollBar()->value() + 120);
        list->viewport()->repaint();
        QCoreApplication::processEvents();
        times.push_back(milliseconds(timer));
    }
    return {{u"opened"_s, opened},
            {u"p50"_s, percentile(times, 0.5)},
            {u"p99"_s, percentile(times, 0.99)},
            {u"rows"_s, list->model()->rowCount()}};
}

} // namespace indelible::bench
