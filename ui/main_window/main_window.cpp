// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/main_window.h"

#include "app/base/text.h"
#include "app/keeper/record_keeper.h"
#include "app/session/account_service.h"
#include "app/session/session.h"
#include "app/sync/sync_engine.h"
#include "ui/accounts/account_notice.h"
#include "ui/accounts/accounts_page.h"
#include "ui/accounts/connect_dialog.h"
#include "ui/accounts/coverage_watch.h"
#include "ui/accounts/coverage_words.h"
#include "ui/accounts/feed_dialog.h"
#include "ui/accounts/first_run_page.h"
#include "ui/accounts/mail_dialog.h"
#include "ui/accounts/mastodon_dialog.h"
#include "ui/accounts/network_dialog.h"
#include "ui/accounts/telegram_dialog.h"
#include "ui/composer/composer.h"
#include "ui/composer/undo_strip.h"
#include "ui/context/context_panel.h"
#include "ui/conversation/message_list_view.h"
#include "ui/main_window/conversation_header.h"
#include "ui/main_window/conversation_pane.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/inbox_controller.h"
#include "ui/main_window/keyboard_sheet.h"
#include "ui/main_window/menu_bar.h"
#include "ui/main_window/notices.h"
#include "ui/main_window/practice_strip.h"
#include "ui/main_window/record_notice.h"
#include "ui/main_window/status_strip.h"
#include "ui/main_window/thread_pane.h"
#include "ui/main_window/top_bar.h"
#include "ui/navigation/navigation.h"
#include "ui/prompter/prompter.h"
#include "ui/record/entry_panel.h"
#include "ui/record/record_area.h"
#include "ui/record/record_list_view.h"
#include "ui/threads/thread_list_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/here_now.h"
#include "ui/widgets/lazy_page.h"
#include "ui/widgets/search_field.h"

#include <QAction>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr QSize kUsualSize(1440, 900);
constexpr QSize kLeastSize(720, 480);

} // namespace

MainWindow::MainWindow(session::Session &session, Theme &theme, Prompter &prompter)
    : m_session(session)
    , m_theme(theme)
    , m_prompter(prompter)
    , m_opener(prompter)
    , m_actions(new ActionRegistry(theme, this))
    , m_notices(new Notices(theme, this))
    , m_menus(new MenuBar(this, *m_actions))
    , m_coverage(new CoverageWatch(session, this))
{
    setMinimumSize(kLeastSize);
    resize(kUsualSize);
    build();
    m_controller = new InboxController({&session, m_inbox, m_actions, m_notices, &prompter, &m_opener}, this);
    connectParts();
    connectCommands();
    connectServices();
    makePaneRing();
    showFirstRunOrInbox();
    showTitle();
    showFetchState();
    showAccounts();
    showCoverage();
    showRecord();
    // Practice and real accounts never share a workspace.
    m_actions->action(Command::ConnectAccount)->setVisible(!session.isPractice());
    m_inbox->navigation()->setCanConnect(!session.isPractice());
    m_controller->start();
    m_inbox->threads()->list()->setFocus(Qt::OtherFocusReason);
}

MainWindow::~MainWindow()
{
    // It listens to widgets that are about to go one after the other.
    delete m_controller;
}

void MainWindow::build()
{
    m_pages = new QStackedWidget(this);
    m_firstRun = new LazyPage([this](QWidget *parent) { return makeFirstRun(parent); }, m_pages);
    m_pages->addWidget(buildFrame());
    m_pages->addWidget(m_firstRun);
    setCentralWidget(m_pages);
}

QWidget *MainWindow::buildFrame()
{
    auto *frame = new QWidget(m_pages);
    auto *column = new QVBoxLayout(frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_top = new TopBar(m_theme, *m_actions, frame);
    m_top->setBusiness(displayText(m_session.businessName()));
    m_top->setMember(displayText(m_session.memberName()));
    column->addWidget(m_top);
    if (m_session.isPractice())
        column->addWidget(new PracticeStrip(m_theme, frame));

    m_alertBox = new Surface(m_theme, Token::Chrome, Qt::BottomEdge, frame);
    auto *alertRow = new QVBoxLayout(m_alertBox);
    alertRow->setContentsMargins(12, 8, 12, 9);
    m_alert = new Banner(m_theme, m_alertBox);
    alertRow->addWidget(m_alert);
    column->addWidget(m_alertBox);
    m_alertBox->hide();

    auto *body = new QHBoxLayout;
    body->setSpacing(0);
    m_rail = new Rail(m_theme, frame);
    m_areas = new QStackedWidget(frame);
    m_inbox = new InboxArea(m_theme, m_session, *m_actions, m_areas);
    m_settings = new LazyPage([this](QWidget *parent) { return makeSettings(parent); }, m_areas);
    m_record = new LazyPage([this](QWidget *parent) { return makeRecord(parent); }, m_areas);
    // In the order of Rail::Area.
    m_areas->addWidget(m_inbox);
    m_areas->addWidget(m_record);
    m_areas->addWidget(m_settings);
    body->addWidget(m_rail);
    body->addWidget(m_areas, 1);
    column->addLayout(body, 1);
    m_status = new StatusStrip(m_theme, frame);
    column->addWidget(m_status);
    m_rail->setToolTip(Rail::Area::Inbox, m_actions->toolTip(Command::GoInbox));
    m_rail->setToolTip(Rail::Area::Record, m_actions->toolTip(Command::GoRecord));
    m_rail->setToolTip(Rail::Area::Settings, m_actions->toolTip(Command::GoSettings));
    return frame;
}

QWidget *MainWindow::makeFirstRun(QWidget *parent)
{
    auto *page = new FirstRunPage(m_theme, parent);
    connect(page, &FirstRunPage::connectRequested, this,
            [this](const QString &channel) { openConnectTo(channel, nullptr); });
    connect(page, &FirstRunPage::practiceRequested, this, &MainWindow::practiceRequested);
    return page;
}

QWidget *MainWindow::makeSettings(QWidget *parent)
{
    auto *page = new AccountsPage({&m_theme, &m_session, &m_prompter, &m_opener, m_coverage}, parent);
    connect(page, &AccountsPage::connectRequested, this, [this] { openConnect({}); });
    connect(page, &AccountsPage::signInRequested, this, &MainWindow::openConnect);
    connect(page, &AccountsPage::said, this, [this](const QString &text) { m_notices->show(text); });
    return page;
}

QWidget *MainWindow::makeRecord(QWidget *parent)
{
    auto *area = new RecordArea(m_theme, m_session, m_prompter, parent);
    connect(area, &RecordArea::said, this, [this](const QString &text) { m_notices->show(text); });
    connect(area, &RecordArea::conversationRequested, this, &MainWindow::openFromRecord);
    return area;
}

RecordArea *MainWindow::recordArea() const
{
    return qobject_cast<RecordArea *>(m_record->content());
}

void MainWindow::openFromRecord(ConversationId id)
{
    showArea(Rail::Area::Inbox);
    m_controller->openConversation(id);
}

void MainWindow::connectParts()
{
    connect(m_rail, &Rail::areaChosen, this, &MainWindow::switchTo);
    connect(m_top, &TopBar::searchChanged, this, [this](const QString &words) {
        if (!words.isEmpty())
            showArea(Rail::Area::Inbox);
        m_controller->search(words);
    });
    connect(m_top, &TopBar::searchLeft, this, [this] {
        m_inbox->threads()->list()->setFocus(Qt::OtherFocusReason);
        if (!m_controller->current().isValid())
            m_controller->selectFirst();
    });
    connect(m_controller, &InboxController::searchEnded, m_top, &TopBar::clearSearch);
    connect(m_controller, &InboxController::titleChanged, this, &MainWindow::showTitle);
    connect(m_controller, &InboxController::settled, this, &MainWindow::settled);
    connect(m_controller, &InboxController::countsChanged, this,
            [this](const InboxCounts &counts) { m_rail->setBadge(Rail::Area::Inbox, counts.needsReply); });
    connect(m_inbox->navigation(), &Navigation::connectRequested, this, [this] { openConnect({}); });
    connect(m_status, &StatusStrip::fetchActivated, m_actions->action(Command::CheckNow), &QAction::trigger);
    connect(m_status, &StatusStrip::accountsActivated, this, [this] { showArea(Rail::Area::Settings); });
    connect(m_status, &StatusStrip::recordActivated, this, [this] { showArea(Rail::Area::Record); });
    connect(m_alert, &Banner::actionTriggered, this, &MainWindow::actOnAlert);
}

void MainWindow::connectCommands()
{
    const auto on = [this](Command command, auto &&function) {
        connect(m_actions->action(command), &QAction::triggered, this, function);
    };
    on(Command::CheckNow, [this] { m_session.sync().checkNow(); });
    on(Command::ConnectAccount, [this] { openConnect({}); });
    on(Command::Quit, [this] { close(); });
    on(Command::Search, [this] { m_top->focusSearch(); });
    on(Command::FindHere, [this] {
        if (m_areas->currentWidget() == m_record)
            recordArea()->focusFinder();
        else
            m_top->focusSearch();
    });
    on(Command::GoInbox, [this] { showArea(Rail::Area::Inbox); });
    on(Command::GoRecord, [this] { showArea(Rail::Area::Record); });
    on(Command::GoSettings, [this] { showArea(Rail::Area::Settings); });
    on(Command::NextPane, [this] { m_panes.move(focusWidget(), 1); });
    on(Command::PreviousPane, [this] { m_panes.move(focusWidget(), -1); });
    on(Command::ToggleContext, [this] { m_inbox->toggleContext(); });
    on(Command::ToggleNavigation, [this] { m_inbox->toggleNavigation(); });
    on(Command::ShowPerson, [this] {
        m_inbox->showContext();
        m_inbox->context()->showTab(ContextPanel::Tab::Person);
    });
    on(Command::ShowCase, [this] {
        m_inbox->showContext();
        m_inbox->context()->showTab(ContextPanel::Tab::Case);
    });
    on(Command::MenuBar, [this] { m_menus->toggle(); });
    on(Command::Back, [this] { back(); });
    on(Command::KeyboardSheet, [this] { openKeyboardSheet(); });
    ConversationPane *pane = m_inbox->conversation();
    for (QWidget *area :
         {static_cast<QWidget *>(m_inbox->threads()->list()), static_cast<QWidget *>(pane->messages()),
          static_cast<QWidget *>(pane->header()), static_cast<QWidget *>(pane->composer()->undoStrip())})
        m_actions->addReadingArea(area);
}

void MainWindow::connectServices()
{
    connect(&m_session.accounts(), &session::AccountService::changed, this, [this] {
        showFirstRunOrInbox();
        showFetchState();
    });
    sync::SyncEngine &sync = m_session.sync();
    connect(&sync, &sync::SyncEngine::busyChanged, this, &MainWindow::showFetchState);
    connect(&sync, &sync::SyncEngine::accountChanged, this, [this] {
        showAccounts();
        showFetchState();
    });
    connect(&sync, &sync::SyncEngine::failed, this,
            [this](const Error &error) { m_notices->show(errorSentence(error)); });
    connect(&sync, &sync::SyncEngine::arrived, this, [this](int count) {
        m_notices->announce(count == 1 ? tr("1 new message") : tr("%n new messages", nullptr, count));
    });
    connect(&m_session, &session::Session::recordGrown, this, &MainWindow::showRecord);
    connect(&m_session, &session::Session::backupFailed, this, [this](const Error &error) {
        m_notices->show(tr("No backup was made today: %1").arg(errorSentence(error)));
    });
    if (const keeper::RecordKeeper *keeper = m_session.keeper()) {
        connect(keeper, &keeper::RecordKeeper::standingChanged, this, [this] {
            showRecord();
            showAccounts();
        });
        connect(keeper, &keeper::RecordKeeper::failed, this,
                [this](const Error &error) { m_notices->show(errorSentence(error)); });
    }
    // Changes of accounts and every minute: the words of banners count minutes, too.
    connect(m_coverage, &CoverageWatch::changed, this, [this] {
        showAccounts();
        showCoverage();
    });
}

void MainWindow::makePaneRing()
{
    ConversationPane *pane = m_inbox->conversation();
    const auto plain = [](QWidget *widget) { return [widget] { widget->setFocus(Qt::OtherFocusReason); }; };
    m_panes.add(m_top, [this] { m_top->focusSearch(); });
    m_panes.add(m_rail, [this] { m_rail->focusCurrent(); });
    m_panes.add(m_inbox->navigation(), [this] { m_inbox->navigation()->focusCurrent(); });
    m_panes.add(m_inbox->threads(), plain(m_inbox->threads()->list()));
    m_panes.add(pane->header(), [pane] { pane->header()->focusFirst(); });
    m_panes.add(pane->messages(), plain(pane->messages()));
    m_panes.add(pane->composer(), [pane] { pane->composer()->focusInside(); });
    m_panes.add(m_inbox->context(), [this] { m_inbox->context()->focusTabs(); });
    m_panes.add(m_record, [this] { recordArea()->focusList(); });
    m_panes.add(m_settings, [this] { focusSettings(); });
    m_panes.add(m_status, [this] { m_status->focusFirst(); });
}

void MainWindow::back()
{
    if (m_menus->isShown()) {
        m_menus->toggle();
        return;
    }
    if (m_inbox->closeSheet())
        return;
    if (m_areas->currentWidget() == m_record && (recordArea()->closePanel() || recordArea()->showAll()))
        return;
    if (m_areas->currentWidget() != m_inbox) {
        showArea(Rail::Area::Inbox);
        return;
    }
    ThreadListView *list = m_inbox->threads()->list();
    if (m_top->searchField()->hasFocus() || (list->hasFocus() && !m_top->searchField()->text().isEmpty())) {
        m_top->clearSearch();
        list->setFocus(Qt::OtherFocusReason);
        return;
    }
    MessageListView *messages = m_inbox->conversation()->messages();
    if (m_inbox->conversation()->composer()->hasFocusInside())
        messages->setFocus(Qt::OtherFocusReason);
    else
        list->setFocus(Qt::OtherFocusReason);
}

void MainWindow::switchTo(Rail::Area area)
{
    m_rail->setCurrent(area);
    m_areas->setCurrentIndex(static_cast<int>(area));
    showTitle();
}

void MainWindow::showArea(Rail::Area area)
{
    switchTo(area);
    if (area == Rail::Area::Settings)
        focusSettings();
    else if (area == Rail::Area::Record)
        recordArea()->focusList();
    else if (!m_top->searchField()->hasFocus())
        m_inbox->threads()->list()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::focusSettings()
{
    qobject_cast<AccountsPage *>(m_settings->content())->focusFirst();
}

void MainWindow::selectFirst()
{
    m_controller->selectFirst();
}

bool MainWindow::showsFirstRun() const
{
    return m_pages->currentWidget() == m_firstRun;
}

void MainWindow::showFirstRunOrInbox()
{
    const bool first = m_session.accounts().accounts().empty() && !m_session.isPractice();
    m_pages->setCurrentIndex(first ? 1 : 0);
    showTitle();
}

void MainWindow::openConnect(AccountId again)
{
    if (const Account *account = again.isValid() ? m_session.accounts().account(again) : nullptr) {
        openConnectTo(account->channel, account);
        return;
    }
    auto *dialog = new NetworkDialog(m_theme, this);
    connect(dialog, &NetworkDialog::chosen, this, [this](const QString &channel) { openConnectTo(channel, nullptr); });
    dialog->open();
}

void MainWindow::openConnectTo(const QString &channel, const Account *again)
{
    const auto open = [&](auto *dialog) {
        using Dialog = std::remove_pointer_t<decltype(dialog)>;
        if (again)
            dialog->setAccount(*again);
        connect(dialog, &Dialog::connected, this, [this](const QString &handle) {
            m_notices->show(
                tr("Connected: %1. What people wrote is being fetched.").arg(isolated(displayText(handle))));
            m_session.sync().checkNow();
        });
        dialog->open();
    };
    if (channel == "feed"_L1)
        open(new FeedDialog(m_theme, m_session.accounts(), this));
    else if (channel == "mail"_L1)
        open(new MailDialog(m_theme, m_session.accounts(), this));
    else if (channel == "mastodon"_L1)
        open(new MastodonDialog(m_theme, m_session.accounts(), m_opener, this));
    else if (channel == "telegram"_L1)
        open(new TelegramDialog(m_theme, m_session.accounts(), this));
    else
        open(new ConnectDialog(m_theme, m_session.accounts(), this));
}

void MainWindow::openKeyboardSheet()
{
    auto *sheet = new KeyboardSheet(m_theme, *m_actions, this);
    sheet->open();
}

QString MainWindow::areaTitle() const
{
    if (showsFirstRun())
        return tr("Welcome");
    if (m_areas->currentWidget() == m_record)
        return tr("Record");
    const bool inbox = m_areas->currentWidget() == m_inbox;
    return inbox && m_controller ? m_controller->title() : tr("Settings");
}

void MainWindow::showTitle()
{
    setWindowTitle(tr("%1 — Indelible").arg(areaTitle()));
}

void MainWindow::showFetchState()
{
    const bool busy = m_session.sync().isBusy();
    m_top->setBusy(busy);
    const std::vector<Account> &accounts = m_session.accounts().accounts();
    std::optional<Instant> last;
    bool allLive = true;
    for (const Account &account : accounts) {
        allLive = allLive && (account.state == AccountState::Live || account.state == AccountState::Disconnected);
        if (account.lastGoodFetch && (!last || *account.lastGoodFetch > *last))
            last = account.lastGoodFetch;
    }
    const Here here = hereNow(m_session.clock());
    if (busy)
        m_status->setFetch(tr("Checking…"), u"refresh-cw"_s);
    else if (last && allLive)
        m_status->setFetch(tr("Up to date, %1").arg(momentText(*last, here)), u"check"_s);
    else if (last)
        m_status->setFetch(tr("Last checked %1").arg(momentText(*last, here)), u"clock"_s);
    else
        m_status->setFetch(tr("Not checked yet"), u"clock"_s);
}

void MainWindow::showCoverage()
{
    const CoverageCount count = m_coverage->count();
    m_status->setBlindSpots(blindSpotText(count), count.interrupted + count.lookDue > 0);
    m_inbox->threads()->setBlindSpots(blindSpotText(count));
}

void MainWindow::showAccounts()
{
    const std::vector<Account> &accounts = m_session.accounts().accounts();
    const auto watched = std::ranges::count_if(
        accounts, [](const Account &account) { return account.state != AccountState::Disconnected; });
    m_status->setAccounts(static_cast<int>(watched), accountsNeedingPerson(accounts));
    const Here here = hereNow(m_session.clock());
    std::optional<AccountAlert> alert = worstAlert(accounts, m_session.secretsLast(), here);
    // A broken record comes first, since nothing else works meanwhile; one without signature comes last.
    const std::optional<record::Standing> stands = standing();
    const std::optional<BannerContent> record = stands ? recordBanner(*stands) : std::nullopt;
    if (record && (record::isHalted(*stands) || !alert))
        alert = AccountAlert{{}, AccountAction::None, *record};
    m_alertBox->setVisible(alert.has_value());
    m_alertAccount = alert ? alert->account : AccountId();
    if (alert)
        m_alert->setContent(alert->content);
    else
        m_alert->clear();
}

std::optional<record::Standing> MainWindow::standing() const
{
    const keeper::RecordKeeper *keeper = m_session.keeper();
    return keeper && keeper->isOpened() ? std::optional(keeper->standing()) : std::nullopt;
}

void MainWindow::showRecord()
{
    const std::optional<record::Standing> stands = standing();
    m_status->setRecord(stands ? recordStateText(*stands) : tr("Record"), m_session.recordSize(),
                        stands && record::isHalted(*stands));
}

void MainWindow::actOnAlert()
{
    const Account *account = m_session.accounts().account(m_alertAccount);
    if (!account)
        return;
    if (accountAction(*account) == AccountAction::SignIn)
        openConnect(account->id);
    else
        m_session.sync().checkNow();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_controller->saveDraftNow();
    event->accept();
}

} // namespace indelible::ui
