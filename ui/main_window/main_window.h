// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "app/record/standing.h"
#include "ui/main_window/action_registry.h"
#include "ui/main_window/pane_ring.h"
#include "ui/main_window/rail.h"
#include "ui/widgets/open_external.h"

#include <QMainWindow>

#include <optional>

class QStackedWidget;

namespace indelible::session {
class Session;
}

namespace indelible::ui {

class Banner;
class CoverageWatch;
class InboxArea;
class InboxController;
class LazyPage;
class MenuBar;
class Notices;
class Prompter;
class RecordArea;
class StatusStrip;
class TopBar;

/// The one window: toolbar, areas, status line, and over all of it the first page while there is no account. Puts the
/// parts together; what they do is in their controllers. Lives on the interface thread; session, theme and prompter
/// outlive it.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(session::Session &session, Theme &theme, Prompter &prompter);
    ~MainWindow() override;

    /// Opens the first conversation of the list, as soon as the list is there.
    void selectFirst();
    void showArea(Rail::Area area);
    [[nodiscard]] const ActionRegistry &actions() const { return *m_actions; }
    [[nodiscard]] InboxArea &inbox() const { return *m_inbox; }
    [[nodiscard]] InboxController &controller() const { return *m_controller; }
    /// Made when it is first asked for.
    [[nodiscard]] RecordArea *recordArea() const;
    [[nodiscard]] Notices &notices() const { return *m_notices; }
    [[nodiscard]] ExternalOpener &opener() { return m_opener; }
    [[nodiscard]] bool showsFirstRun() const;

Q_SIGNALS:
    /// The list's first page and the opened conversation, if any, are there and laid out.
    void settled();
    /// The person wants the practice inbox, which is another workspace.
    void practiceRequested();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void build();
    QWidget *buildFrame();
    QWidget *makeFirstRun(QWidget *parent);
    QWidget *makeSettings(QWidget *parent);
    QWidget *makeRecord(QWidget *parent);
    void focusSettings();
    void openFromRecord(ConversationId id);
    void connectParts();
    void connectCommands();
    void connectServices();
    void makePaneRing();
    /// As showArea(), but the focus stays.
    void switchTo(Rail::Area area);
    void back();
    /// Signs in again, or asks first which network is to be connected.
    void openConnect(AccountId again);
    void openConnectTo(const QString &channel, const Account *again);
    void openKeyboardSheet();
    [[nodiscard]] QString areaTitle() const;
    void showTitle();
    void showFetchState();
    void showAccounts();
    void showCoverage();
    void showRecord();
    /// How the record stands; nothing in a practice inbox.
    [[nodiscard]] std::optional<record::Standing> standing() const;
    void actOnAlert();
    void showFirstRunOrInbox();

    session::Session &m_session;
    Theme &m_theme;
    Prompter &m_prompter;
    ExternalOpener m_opener;
    ActionRegistry *m_actions;
    Notices *m_notices;
    MenuBar *m_menus;
    CoverageWatch *m_coverage;
    QStackedWidget *m_pages = nullptr; ///< first run, or the frame
    LazyPage *m_firstRun = nullptr;
    TopBar *m_top = nullptr;
    QWidget *m_alertBox = nullptr;
    Banner *m_alert = nullptr;
    Rail *m_rail = nullptr;
    QStackedWidget *m_areas = nullptr;
    InboxArea *m_inbox = nullptr;
    LazyPage *m_record = nullptr;
    LazyPage *m_settings = nullptr;
    StatusStrip *m_status = nullptr;
    InboxController *m_controller = nullptr;
    PaneRing m_panes;
    AccountId m_alertAccount;
};

} // namespace indelible::ui
