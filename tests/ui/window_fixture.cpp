// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include "app/session/account_service.h"
#include "app/sync/sync_engine.h"
#include "tests/support/wait.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/inbox_controller.h"
#include "ui/main_window/notices.h"
#include "ui/main_window/thread_pane.h"
#include "ui/threads/thread_list_view.h"

#include <QApplication>
#include <QTest>

#include <stdexcept>

namespace indelible::test {

WindowFixture::WindowFixture(Workspace kind)
{
    m_options.folder = folder.path();
    m_options.practice = kind == Workspace::Practice;
    m_options.clock = &clock;
    m_options.useKeychain = kind == Workspace::EmptyWithoutKeychain;
    openSession();
    for (const Account &account : std::vector<Account>(session->accounts().accounts())) {
        const auto report = wait(session->sync().syncAccount(account.id, sync::SyncEngine::Depth::Usual));
        if (!report)
            throw std::runtime_error(report.error().detail.toStdString());
    }
    theme = std::make_unique<ui::Theme>(ui::Theme::Mode::Light);
    theme->applyTo(*qApp);
    openWindow();
}

void WindowFixture::openSession()
{
    auto opened = session::Session::open(m_options);
    if (!opened)
        throw std::runtime_error(opened.error().detail.toStdString());
    session = std::move(*opened);
}

void WindowFixture::openWindow()
{
    window = std::make_unique<ui::MainWindow>(*session, *theme, prompter);
    bool settled = false;
    const auto connection =
        QObject::connect(window.get(), &ui::MainWindow::settled, window.get(), [&settled] { settled = true; });
    window->show();
    QApplication::setActiveWindow(window.get());
    waitUntil([&settled] { return settled; });
    QObject::disconnect(connection);
}

WindowFixture::~WindowFixture()
{
    window.reset();
    session.reset();
}

void WindowFixture::lookOnly()
{
    window.reset();
    session.reset();
    m_options.readOnly = true;
    openSession();
    openWindow();
}

QList<ConversationId> WindowFixture::listed() const
{
    QList<ConversationId> ids;
    const ui::ThreadListModel &model = inbox().threadModel();
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.conversationAt(row));
    return ids;
}

const ConversationView *WindowFixture::opened() const
{
    const ConversationView *view = inbox().conversationModel().view();
    return view && view->row.id == inbox().conversationModel().conversation() ? view : nullptr;
}

void WindowFixture::open(const QString &person)
{
    const ui::ThreadListModel &model = inbox().threadModel();
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.at(row)->person.name != person)
            continue;
        window->controller().openConversation(model.conversationAt(row));
        waitUntil([this] { return opened() != nullptr; });
        inbox().threads()->list()->setFocus();
        return;
    }
    throw std::runtime_error("nobody of that name is listed: " + person.toStdString());
}

void WindowFixture::press(Qt::Key key, Qt::KeyboardModifiers modifiers) const
{
    QWidget *target = QApplication::focusWidget();
    QTest::keyClick(target ? target : window.get(), key, modifiers);
}

void WindowFixture::type(const QString &text) const
{
    QTest::keyClicks(QApplication::focusWidget(), text);
}

void WindowFixture::settle()
{
    const ui::ThreadListModel &model = inbox().threadModel();
    waitUntil([&model] { return model.isLoaded() && !model.isLoading(); });
}

QString WindowFixture::said() const
{
    return window->notices().lastAnnouncement();
}

} // namespace indelible::test
