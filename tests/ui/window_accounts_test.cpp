// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/account_service.h"
#include "app/sync/sync_engine.h"
#include "tests/support/catch.h"
#include "tests/support/fake_http_server.h"
#include "tests/support/wait.h"
#include "tests/ui/window_fixture.h"
#include "ui/accounts/account_notice.h"
#include "ui/accounts/account_row.h"
#include "ui/accounts/accounts_page.h"
#include "ui/accounts/connect_dialog.h"
#include "ui/accounts/feed_dialog.h"
#include "ui/accounts/mail_dialog.h"
#include "ui/accounts/mastodon_dialog.h"
#include "ui/accounts/network_dialog.h"
#include "ui/accounts/telegram_dialog.h"
#include "ui/main_window/inbox_area.h"
#include "ui/navigation/navigation.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <chrono>

using namespace indelible;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Instant kNow = fromMs(1'795'338'000'000);

ui::Here here()
{
    return {kNow, QLocale(QLocale::English, QLocale::UnitedKingdom), QTimeZone::utc()};
}

Account account(AccountState state)
{
    Account account;
    account.id = AccountId(static_cast<qint64>(state));
    account.channel = u"bluesky"_s;
    account.network = u"bluesky"_s;
    account.handle = u"marigold.example"_s;
    account.name = u"marigold.example"_s;
    account.server = QUrl(u"https://pds.example"_s);
    account.state = state;
    return account;
}

QLineEdit *field(const QDialog &dialog, const QString &name)
{
    for (QLineEdit *edit : dialog.findChildren<QLineEdit *>()) {
        if (edit->accessibleName() == name)
            return edit;
    }
    return nullptr;
}

QPushButton *defaultButton(const QDialog &dialog)
{
    for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
        if (button->isDefault())
            return button;
    }
    return nullptr;
}

bool says(const QDialog &dialog, const QString &words)
{
    const auto labels = dialog.findChildren<QLabel *>();
    return std::ranges::any_of(
        labels, [&](const QLabel *label) { return label->isVisible() && label->text().contains(words); });
}

} // namespace

TEST_CASE("every trouble of an account says what happened and what is safe, and the rest says nothing")
{
    for (const AccountState state : {AccountState::SignedOut, AccountState::SlowedDown, AccountState::Offline,
                                     AccountState::ServerTrouble, AccountState::Limited}) {
        const auto banner = ui::accountBanner(account(state), here());
        REQUIRE(banner);
        CHECK_FALSE(banner->strong.isEmpty());
        CHECK_FALSE(banner->text.isEmpty());
    }
    for (const AccountState state : {AccountState::Live, AccountState::Paused, AccountState::Disconnected})
        CHECK_FALSE(ui::accountBanner(account(state), here()));
}

TEST_CASE("a network that asked to slow down says how late messages may be")
{
    Account slowed = account(AccountState::SlowedDown);
    slowed.retryAt = kNow + 17min + 1s;
    CHECK(ui::accountBanner(slowed, here())->text ==
          u"New messages may arrive up to 18 minutes late. Nothing is lost and you can keep writing."_s);
    slowed.retryAt = kNow + 5s;
    CHECK(ui::accountBanner(slowed, here())->text.contains(u"1 minute late"_s));
    slowed.retryAt = kNow - 5s;
    CHECK_FALSE(ui::accountBanner(slowed, here())->text.contains(u"up to"_s));
}

TEST_CASE("a server in trouble says since when, how often it was tried, when next, and what waits")
{
    Account troubled = account(AccountState::ServerTrouble);
    CHECK(ui::accountBanner(troubled, here())->text ==
          u"It is tried again by itself. Nothing is lost; what you write is kept."_s);
    troubled.failed = {1, kNow - 30min};
    troubled.retryAt = kNow + 150s;
    CHECK(ui::accountBanner(troubled, here())->text ==
          u"Tried at %1. Next try in 3 minutes. Nothing is lost; what you write is kept."_s.arg(
              ui::momentText(kNow - 30min, here())));
    troubled.failed.count = 4;
    troubled.waitingAnswers = 1;
    CHECK(ui::accountBanner(troubled, here())->text ==
          u"Tried 4 times since %1. Next try in 3 minutes. Nothing is lost; 1 reply waits here."_s.arg(
              ui::momentText(kNow - 30min, here())));
    troubled.waitingAnswers = 2;
    CHECK(ui::accountBanner(troubled, here())->text.endsWith(u"Nothing is lost; 2 replies wait here."_s));
}

TEST_CASE("who is offline or signed out sees how many replies wait, and since when")
{
    Account offline = account(AccountState::Offline);
    CHECK(ui::accountBanner(offline, here())->text ==
          u"Keep writing. Replies wait here until the connection is back."_s);
    offline.waitingAnswers = 1;
    CHECK(ui::accountBanner(offline, here())->text ==
          u"Keep writing. 1 reply waits here until the connection is back."_s);
    Account out = account(AccountState::SignedOut);
    out.waitingAnswers = 2;
    out.failed = {1, kNow - 49h};
    const auto banner = ui::accountBanner(out, here());
    CHECK(banner->strong.endsWith(u"(%1)."_s.arg(ui::momentText(kNow - 49h, here()))));
    CHECK(banner->text ==
          u"Sign in again to fetch what you missed. 2 replies are kept and do not go out until then."_s);
}

TEST_CASE("the most serious trouble stands over the inbox and counts the others")
{
    const std::vector<Account> accounts{account(AccountState::SlowedDown), account(AccountState::SignedOut),
                                        account(AccountState::Live), account(AccountState::Offline)};
    const auto alert = ui::worstAlert(accounts, true, here());
    REQUIRE(alert);
    CHECK(alert->account == account(AccountState::SignedOut).id);
    CHECK(alert->action == ui::AccountAction::SignIn);
    CHECK(alert->content.others == 2);
    CHECK(ui::worstAlert(accounts, false, here())->content.others == 3);
    CHECK_FALSE(ui::worstAlert({account(AccountState::Live)}, true, here()));
}

TEST_CASE("a missing keychain is said once there is an account with a password")
{
    CHECK(ui::worstAlert({account(AccountState::Live)}, false, here())->content.strong ==
          u"Passwords are kept until you quit."_s);
    CHECK_FALSE(ui::worstAlert({}, false, here()));
    Account practice = account(AccountState::Live);
    practice.channel = u"practice"_s;
    CHECK_FALSE(ui::worstAlert({practice}, false, here()));
}

TEST_CASE("only an account that one can sign in to offers it")
{
    CHECK(ui::accountBanner(account(AccountState::SignedOut), here())->action == u"Sign in again"_s);
    Account practice = account(AccountState::SignedOut);
    practice.channel = u"practice"_s;
    CHECK(ui::accountBanner(practice, here())->action.isEmpty());
}

TEST_CASE("accounts that wait for a person are counted")
{
    CHECK(ui::accountsNeedingPerson({account(AccountState::SignedOut), account(AccountState::Limited),
                                     account(AccountState::Offline), account(AccountState::Live)}) == 2);
}

TEST_CASE("a server is a complete https address, or this computer")
{
    for (const auto *good : {u"https://bsky.social", u" https://pds.example/ ", u"http://127.0.0.1:2583",
                             u"http://localhost:2583", u"http://[::1]:2583"})
        CHECK(ui::serverAddress(QString::fromUtf16(good)).has_value());
    for (const auto *bad : {u"", u"bsky.social", u"http://bsky.social", u"https://user@pds.example",
                            u"https://pds.example/xrpc", u"https://pds.example?x=1", u"ftp://pds.example"}) {
        INFO(QString::fromUtf16(bad).toStdString());
        CHECK_FALSE(ui::serverAddress(QString::fromUtf16(bad)).has_value());
    }
}

TEST_CASE("connecting asks for handle and password, hides the password and keeps Connect off until both are there")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    ui::ConnectDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    CHECK(field(dialog, u"App password"_s)->echoMode() == QLineEdit::Password);
    CHECK(field(dialog, u"Server"_s)->text() == u"https://bsky.social"_s);
    CHECK_FALSE(defaultButton(dialog)->isEnabled());
    field(dialog, u"Handle"_s)->setText(u"@marigold.example"_s);
    CHECK_FALSE(defaultButton(dialog)->isEnabled());
    field(dialog, u"App password"_s)->setText(u"aaaa-bbbb-cccc-dddd"_s);
    CHECK(defaultButton(dialog)->isEnabled());
}

TEST_CASE("without a keychain, signing in offers to keep the password for the session")
{
    const auto [workspace, offered] = GENERATE(table<WindowFixture::Workspace, bool>(
        {{WindowFixture::Workspace::EmptyWithoutKeychain, true}, {WindowFixture::Workspace::Empty, false}}));
    WindowFixture fixture(workspace);
    ui::ConnectDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    const auto *choice = dialog.findChild<QCheckBox *>();
    REQUIRE(choice);
    const bool absent = wait(fixture.session->accounts().probeKeychain()).has_value() == false;
    CHECK(absent == offered);
    QCoreApplication::processEvents();
    CHECK(choice->isVisible() == offered);
    CHECK_FALSE(choice->isChecked());
}

TEST_CASE("a sign-in that fails says why beside the fields and forgets the password")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    ui::ConnectDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    field(dialog, u"Handle"_s)->setText(u"marigold.example"_s);
    field(dialog, u"App password"_s)->setText(u"aaaa-bbbb-cccc-dddd"_s);
    // Nothing listens on port 1 of this computer.
    field(dialog, u"Server"_s)->setText(u"http://127.0.0.1:1"_s);
    defaultButton(dialog)->click();
    CHECK(field(dialog, u"App password"_s)->text().isEmpty());
    CHECK(dialog.findChild<QProgressBar *>()->isVisible());
    waitUntil([&] { return !dialog.findChild<QProgressBar *>()->isVisible(); });
    CHECK(dialog.isVisible());
    CHECK(field(dialog, u"Handle"_s)->text() == u"marigold.example"_s);
    CHECK(says(dialog, u"no connection"_s));
}

TEST_CASE("a server address that is none is said before anything is sent")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    ui::ConnectDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    field(dialog, u"Handle"_s)->setText(u"marigold.example"_s);
    field(dialog, u"App password"_s)->setText(u"aaaa-bbbb-cccc-dddd"_s);
    field(dialog, u"Server"_s)->setText(u"bsky.social"_s);
    defaultButton(dialog)->click();
    CHECK_FALSE(dialog.findChild<QProgressBar *>()->isVisible());
    CHECK_FALSE(field(dialog, u"App password"_s)->text().isEmpty());
    CHECK(field(dialog, u"Server"_s)->isVisible());
}

TEST_CASE("what an account can do is said in a line")
{
    Capabilities can;
    CHECK(ui::capabilityText(can) == u"Reading only"_s);
    can.publicReply = true;
    can.privateReply = true;
    can.publicLimit = {300, TextUnit::Graphemes, 3000};
    CHECK(ui::capabilityText(can) == u"Public answers, private messages · up to 300 characters"_s);
    can.publicLimit = {4096, TextUnit::Utf8Bytes, 0};
    CHECK(ui::capabilityText(can).endsWith(u"up to 4,096 bytes"_s));
}

TEST_CASE("an account is disconnected only after asking, and its conversations stay")
{
    WindowFixture fixture;
    const QList<ConversationId> before = fixture.listed();
    fixture.window->showArea(ui::Rail::Area::Settings);
    auto *page = fixture.window->findChild<ui::AccountsPage *>();
    auto rows = page->findChildren<ui::AccountRow *>();
    REQUIRE(rows.size() == static_cast<qsizetype>(fixture.session->accounts().accounts().size()));
    fixture.prompter.yes = false;
    Q_EMIT rows.first()->disconnectRequested();
    CHECK(fixture.prompter.asked.size() == 1);
    fixture.prompter.yes = true;
    Q_EMIT rows.first()->disconnectRequested();
    waitUntil([&] {
        return std::ranges::count(fixture.session->accounts().accounts(), AccountState::Disconnected,
                                  &Account::state) == 1;
    });
    fixture.settle();
    CHECK(fixture.listed() == before);
}

TEST_CASE("pausing an account is said and shown")
{
    WindowFixture fixture;
    fixture.window->showArea(ui::Rail::Area::Settings);
    auto *page = fixture.window->findChild<ui::AccountsPage *>();
    Q_EMIT page->findChildren<ui::AccountRow *>().first()->pauseRequested(true);
    waitUntil([&] { return fixture.said() == u"Paused. Nothing is fetched until you resume."_s; });
    waitUntil([&] {
        return std::ranges::count(fixture.session->accounts().accounts(), AccountState::Paused, &Account::state) == 1;
    });
}

TEST_CASE("a feed is connected from the window by its address and words, and says that nothing is sent")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    FakeHttpServer server;
    server.on("GET", "/feed",
              Answer::bytes("<rss version='2.0'><channel><title>Quay Post</title><item><title>Bread</title>"
                            "<guid>1</guid></item></channel></rss>",
                            "text/xml"));
    ui::FeedDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    QStringList said;
    for (const QLabel *label : dialog.findChildren<QLabel *>())
        said.append(label->text());
    CHECK(said.join(u' ').contains(u"Nothing, ever."_s));
    CHECK_FALSE(defaultButton(dialog)->isEnabled());
    QSignalSpy connected(&dialog, &ui::FeedDialog::connected);
    // Not there yet: the sentence stands in the dialog, and the address stays to be mended.
    field(dialog, u"Address"_s)->setText(server.url(u"/other"_s).toString());
    server.on("GET", "/other", Answer::html("<!DOCTYPE html><html></html>"));
    defaultButton(dialog)->click();
    waitUntil([&] { return !dialog.findChild<QProgressBar *>()->isVisible(); });
    CHECK(dialog.isVisible());
    CHECK(connected.isEmpty());
    field(dialog, u"Address"_s)->setText(server.url(u"/feed"_s).toString());
    field(dialog, u"Only with these words"_s)->setText(u"bread, rye"_s);
    defaultButton(dialog)->click();
    waitUntil([&] { return !connected.isEmpty(); });
    CHECK_FALSE(dialog.isVisible());
    REQUIRE(fixture.session->accounts().accounts().size() == 1);
    const Account feed = fixture.session->accounts().accounts().front();
    CHECK(feed.name == u"Quay Post"_s);
    CHECK(feed.network == u"feeds"_s);
    CHECK(ui::capabilityText(fixture.session->accounts().capabilities(feed.id)) == u"Reading only"_s);
    // What was chosen stands there when it is connected again.
    REQUIRE(wait(fixture.session->sync().syncAccount(feed.id, sync::SyncEngine::Depth::Usual)));
    ui::FeedDialog again(*fixture.theme, fixture.session->accounts(), fixture.window.get());
    again.setAccount(feed);
    CHECK(field(again, u"Only with these words"_s)->text() == u"bread, rye"_s);
}

TEST_CASE("a feed is connected from the window as a digest: what it has at once, what comes later in the morning")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    FakeHttpServer server;
    const QByteArray item = "<item><title>Bread</title><guid>1</guid></item>";
    const auto show = [&server](const QByteArray &items) {
        server.on("GET", "/feed",
                  Answer::bytes("<rss version='2.0'><channel>" + items + "</channel></rss>", "text/xml"));
    };
    show(item);
    ui::FeedDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    auto *cadence = dialog.findChild<QComboBox *>();
    REQUIRE(cadence->accessibleName() == u"Items come in"_s);
    CHECK(cadence->currentText() == u"As they are found"_s);
    cadence->setFocus();
    QTest::keyClick(cadence, Qt::Key_End);
    CHECK(cadence->currentText() == u"Together, every Monday morning"_s);
    field(dialog, u"Address"_s)->setText(server.url(u"/feed"_s).toString());
    QSignalSpy connected(&dialog, &ui::FeedDialog::connected);
    defaultButton(dialog)->click();
    waitUntil([&] { return !connected.isEmpty(); });
    const AccountId feed = fixture.session->accounts().accounts().front().id;
    const auto bringsNew = [&] {
        const auto report = wait(fixture.session->sync().syncAccount(feed, sync::SyncEngine::Depth::Usual));
        REQUIRE(report.has_value());
        return report->newItems;
    };
    bringsNew();
    waitUntil([&] { return fixture.listed().size() == 1; });
    show("<item><title>Salt</title><guid>2</guid></item>" + item);
    CHECK(bringsNew() == 0);
    CHECK(ui::capabilityText(fixture.session->accounts().capabilities(feed)) ==
          u"Reading only · every Monday morning"_s);
    ui::FeedDialog again(*fixture.theme, fixture.session->accounts(), fixture.window.get());
    again.setAccount(fixture.session->accounts().accounts().front());
    CHECK(again.findChild<QComboBox *>()->currentText() == u"Together, every Monday morning"_s);
}

TEST_CASE("a feed that is signed out or may have a gap says so in its own words")
{
    Account feed = account(AccountState::SignedOut);
    feed.channel = u"feed"_s;
    feed.network = u"feeds"_s;
    feed.name = u"Quay Post"_s;
    CHECK(ui::accountAction(feed) == ui::AccountAction::SignIn);
    CHECK(ui::accountBanner(feed, here())->action == u"Connect again"_s);
    CHECK_FALSE(ui::accountBanner(feed, here())->strong.contains(u"signed"_s));
    feed.state = AccountState::Limited;
    feed.stateDetail = u"Items may have been missed."_s;
    CHECK(ui::accountAction(feed) == ui::AccountAction::None);
    CHECK(ui::accountBanner(feed, here())->strong.contains(u"may not be complete"_s));
    CHECK(ui::accountBanner(feed, here())->text == feed.stateDetail);
    CHECK(ui::accountBanner(feed, here())->action.isEmpty());
    feed.state = AccountState::Disconnected;
    CHECK(ui::accountAction(feed) == ui::AccountAction::SignIn);
}

TEST_CASE("connecting asks for the network first, and each has its own dialog")
{
    const auto [name, wanted] = GENERATE(table<QString, QString>({{u"Connect Bluesky"_s, u"Connect Bluesky"_s},
                                                                  {u"Connect Mastodon"_s, u"Connect Mastodon"_s},
                                                                  {u"Connect Telegram"_s, u"Connect Telegram"_s},
                                                                  {u"Connect E-mail"_s, u"Connect a mailbox"_s}}));
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    Q_EMIT fixture.inbox().navigation()->connectRequested();
    auto *choice = fixture.window->findChild<ui::NetworkDialog *>();
    REQUIRE(choice);
    for (QAbstractButton *button : choice->findChildren<QAbstractButton *>()) {
        if (button->accessibleName() == name)
            button->click();
    }
    QStringList open;
    for (const auto *dialog : fixture.window->findChildren<ui::FormDialog *>()) {
        if (dialog->isVisible())
            open.append(dialog->windowTitle());
    }
    CHECK(open == QStringList{wanted});
}

TEST_CASE("signing in to Mastodon again has the server already")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    ui::MastodonDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window->opener(),
                              fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    CHECK_FALSE(defaultButton(dialog)->isEnabled());
    Account mastodon = account(AccountState::SignedOut);
    mastodon.channel = u"mastodon"_s;
    mastodon.server = QUrl(u"https://far.example"_s);
    CHECK(ui::accountBanner(mastodon, here())->action == u"Sign in again"_s);
    dialog.setAccount(mastodon);
    CHECK(dialog.findChild<QLineEdit *>()->text() == u"https://far.example"_s);
    CHECK(defaultButton(dialog)->isEnabled());
}

TEST_CASE("what is no server is said before anything is asked")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    ui::MastodonDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window->opener(),
                              fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    dialog.findChild<QLineEdit *>()->setText(GENERATE(u"http://far.example"_s, u"my server"_s, u"https://"_s));
    defaultButton(dialog)->click();
    CHECK_FALSE(dialog.findChild<QProgressBar *>()->isVisible());
    CHECK(says(dialog, u"Type the server"_s));
}

TEST_CASE("a Mastodon server that is not there is said, and the dialog can be used again")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    ui::MastodonDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window->opener(),
                              fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    // Nothing listens on port 1 of this computer.
    dialog.findChild<QLineEdit *>()->setText(u"http://127.0.0.1:1"_s);
    defaultButton(dialog)->click();
    CHECK(says(dialog, u"Allow Indelible in the browser"_s));
    CHECK_FALSE(defaultButton(dialog)->isEnabled());
    waitUntil([&] { return !dialog.findChild<QProgressBar *>()->isVisible(); });
    CHECK(says(dialog, u"no connection"_s));
    CHECK(defaultButton(dialog)->isEnabled());
}

TEST_CASE("closing the dialog ends the wait for the browser")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    FakeHttpServer server;
    server.on("GET", "/api/v2/instance",
              Answer::json(QJsonObject{{u"domain"_s, u"shop.example"_s}, {u"version"_s, u"4.3.0"_s}}));
    server.on("POST", "/api/v1/apps",
              Answer::json(QJsonObject{{u"client_id"_s, u"client"_s}, {u"client_secret"_s, u"secret"_s}}));
    ui::MastodonDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window->opener(),
                              fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    dialog.findChild<QLineEdit *>()->setText(server.url().toString());
    defaultButton(dialog)->click();
    // The page of a server of the tests is no https address, so that it is not opened.
    waitUntil([&] { return !fixture.prompter.informed.isEmpty(); });
    CHECK(dialog.findChild<QProgressBar *>()->isVisible());
    dialog.reject();
    waitUntil([&] { return !dialog.findChild<QProgressBar *>()->isVisible(); });
    CHECK(fixture.session->accounts().accounts().empty());
}

TEST_CASE("a mailbox is asked for by address, password and both servers, and says what is read")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    ui::MailDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    CHECK(says(dialog, u"marked as read"_s));
    CHECK(field(dialog, u"Password"_s)->echoMode() == QLineEdit::Password);
    for (const QString &name : {u"Mail address"_s, u"Password"_s, u"Server for reading (IMAP)"_s}) {
        field(dialog, name)->setText(u"x"_s);
        CHECK_FALSE(defaultButton(dialog)->isEnabled());
    }
    field(dialog, u"Server for sending (SMTP)"_s)->setText(u"x"_s);
    CHECK(defaultButton(dialog)->isEnabled());
}

TEST_CASE("a mail server that is not there is said, the password is forgotten and the rest stays to be mended")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    ui::MailDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    Account again = account(AccountState::SignedOut);
    again.channel = u"mail"_s;
    again.handle = u"shop@quay.example"_s;
    // Nothing listens on port 1 of this computer.
    again.server = QUrl(u"imap://127.0.0.1:1"_s);
    dialog.setAccount(again);
    CHECK_FALSE(defaultButton(dialog)->isEnabled());
    field(dialog, u"Password"_s)->setText(u"secret"_s);
    CHECK(field(dialog, u"Server for sending (SMTP)"_s)->placeholderText() == u"as before"_s);
    CHECK(defaultButton(dialog)->isEnabled());
    field(dialog, u"Server for sending (SMTP)"_s)->setText(u"smtp://127.0.0.1:1"_s);
    defaultButton(dialog)->click();
    CHECK(field(dialog, u"Password"_s)->text().isEmpty());
    // A refusal by this computer itself may be there before click() returns, and then no bar was ever seen.
    waitUntil([&] { return !dialog.findChild<QProgressBar *>()->isVisible(); });
    CHECK(says(dialog, u"no connection"_s));
    CHECK(field(dialog, u"Mail address"_s)->text() == u"shop@quay.example"_s);
    CHECK(fixture.session->accounts().accounts().empty());
    // What is no address is said without asking anybody.
    field(dialog, u"Mail address"_s)->setText(u"quay"_s);
    field(dialog, u"Password"_s)->setText(u"secret"_s);
    defaultButton(dialog)->click();
    waitUntil([&] { return !dialog.findChild<QProgressBar *>()->isVisible(); });
    CHECK(says(dialog, u"Type the mail address"_s));
}

TEST_CASE("a Telegram bot is connected by its token, which leaves the field with every try")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    FakeHttpServer server;
    const QString token = u"123456:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"_s;
    const QJsonObject bot{{u"id"_s, 123456},
                          {u"is_bot"_s, true},
                          {u"first_name"_s, u"Corner Bakery"_s},
                          {u"username"_s, u"cornerbakery_bot"_s}};
    server.on("GET", "/bot" + token.toLatin1() + "/*", Answer::json(QJsonObject{{u"ok"_s, true}, {u"result"_s, bot}}));
    ui::TelegramDialog dialog(*fixture.theme, fixture.session->accounts(), fixture.window.get());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    Account again = account(AccountState::SignedOut);
    again.channel = u"telegram"_s;
    again.server = server.url();
    dialog.setAccount(again);
    dialog.open();
    CHECK(says(dialog, u"in groups what names or answers it"_s));
    CHECK_FALSE(defaultButton(dialog)->isEnabled());
    CHECK(field(dialog, u"Token"_s)->echoMode() == QLineEdit::Password);
    QSignalSpy connected(&dialog, &ui::TelegramDialog::connected);
    field(dialog, u"Token"_s)->setText(u"my password"_s);
    defaultButton(dialog)->click();
    waitUntil([&] { return !dialog.findChild<QProgressBar *>()->isVisible(); });
    CHECK(says(dialog, u"no bot token"_s));
    CHECK(field(dialog, u"Token"_s)->text().isEmpty());
    CHECK(server.received().empty());
    field(dialog, u"Token"_s)->setText(token + u' ');
    defaultButton(dialog)->click();
    waitUntil([&] { return !connected.isEmpty(); });
    CHECK_FALSE(dialog.isVisible());
    REQUIRE(fixture.session->accounts().accounts().size() == 1);
    CHECK(fixture.session->accounts().accounts().front().handle == u"cornerbakery_bot"_s);
}

TEST_CASE("a bot for which messages may have been lost says so, and offers no sign-in that would not help")
{
    Account bot = account(AccountState::Limited);
    bot.channel = u"telegram"_s;
    bot.network = u"telegram"_s;
    bot.stateDetail = u"Telegram's numbers have a gap."_s;
    CHECK(ui::accountAction(bot) == ui::AccountAction::None);
    CHECK(ui::accountStateText(bot, here()) == u"Perhaps not complete"_s);
    CHECK(ui::accountBanner(bot, here())->strong.contains(u"may not be complete"_s));
    CHECK(ui::accountBanner(bot, here())->text == bot.stateDetail);
    bot.state = AccountState::SignedOut;
    CHECK(ui::accountAction(bot) == ui::AccountAction::SignIn);
}
