// SPDX-License-Identifier: GPL-3.0-or-later
// The window on the official Bluesky servers: what a customer wrote is answered with the keyboard, and the customer has
// it.
#include "app/inbox/inbox_service.h"
#include "app/session/account_service.h"
#include "app/session/session.h"
#include "app/sync/sync_engine.h"
#include "tests/support/catch.h"
#include "tests/support/temp_store.h"
#include "tests/support/wait.h"
#include "ui/composer/composer.h"
#include "ui/composer/reply_editor.h"
#include "ui/main_window/conversation_pane.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/inbox_controller.h"
#include "ui/main_window/main_window.h"
#include "ui/prompter/prompter.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace indelible;
using test::valueOf;
using test::wait;
using test::waitUntil;

namespace {

QJsonObject networkState()
{
    QFile file(qEnvironmentVariable("INDELIBLE_ATPROTO_STATE"));
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).object();
}

QJsonObject door(const QJsonObject &state, const QString &name, const QJsonObject &what)
{
    static QNetworkAccessManager manager;
    QNetworkRequest request(QUrl(state.value("control"_L1).toString() + u'/' + name, QUrl::StrictMode));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    QNetworkReply *reply = manager.post(request, QJsonDocument(what).toJson());
    waitUntil([reply] { return reply->isFinished(); });
    reply->deleteLater();
    return QJsonDocument::fromJson(reply->readAll()).object();
}

int copies(const QJsonObject &node, const QString &text)
{
    int count =
        node.value("post"_L1).toObject().value("record"_L1).toObject().value("text"_L1).toString() == text ? 1 : 0;
    for (const QJsonValue &reply : node.value("replies"_L1).toArray())
        count += copies(reply.toObject(), text);
    return count;
}

QAbstractButton *buttonNamed(QWidget &window, const QString &text)
{
    for (QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text().remove(u'&') == text)
            return button;
    }
    return nullptr;
}

} // namespace

TEST_CASE("an answer written in the window reaches the customer on the official servers")
{
    const QJsonObject state = networkState();
    const QString text = u"@marigold.test is the oven on?"_s;
    const QString uri = door(state, u"post"_s, {{u"as"_s, u"ben"_s}, {u"text"_s, text}}).value("uri"_L1).toString();
    REQUIRE_FALSE(uri.isEmpty());

    const SystemClock clock;
    const QTemporaryDir folder;
    session::SessionOptions options;
    options.folder = folder.path();
    options.clock = &clock;
    const std::unique_ptr<session::Session> session = valueOf(session::Session::open(std::move(options)));
    const QJsonObject shop = state.value("accounts"_L1).toObject().value("shop"_L1).toObject();
    channels::SignIn credentials;
    credentials.handle = shop.value("handle"_L1).toString();
    credentials.server = QUrl(state.value("pds"_L1).toString(), QUrl::StrictMode);
    credentials.secret = shop.value("appPasswordWithDms"_L1).toString().toUtf8();
    // There is no keychain here: signing in says so and leaves no account, until the person does without one.
    session::AccountService &accounts = session->accounts();
    const Result<Account> refused = wait(accounts.connectAccount(u"bluesky"_s, credentials));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Secrets);
    CHECK(accounts.accounts().empty());
    CHECK(session->secretsLast());
    const Account account =
        valueOf(wait(accounts.connectAccount(u"bluesky"_s, credentials, session::KeepSecret::ForSession)));
    CHECK_FALSE(session->secretsLast());
    valueOf(wait(session->sync().syncAccount(account.id, sync::SyncEngine::Depth::Usual)));

    ui::Theme theme(ui::Theme::Mode::Light);
    theme.applyTo(*qApp);
    ui::DialogPrompter prompter;
    ui::MainWindow window(*session, theme, prompter);
    window.show();
    // The customer's conversation, as a search finds it.
    InboxQuery query;
    query.view = View::Everything;
    query.search = u"oven on "_s;
    const std::vector<ConversationRow> found = valueOf(wait(session->inbox().page(query))).rows;
    REQUIRE(found.size() == 1);
    const ConversationId conversation = found.front().id;
    window.controller().openConversation(conversation);
    waitUntil(
        [&] { return window.inbox().conversation()->isVisible() && window.controller().current() == conversation; });

    session->sync().start([](const sync::Situation &, double) { return std::chrono::hours(1); });
    ui::Composer &composer = *window.inbox().conversation()->composer();
    waitUntil([&] { return composer.editor()->isVisible() && composer.editor()->isEnabled(); });
    composer.editor()->setFocus();
    const QString answer = u"It is, until six. See you, Ben"_s;
    QTest::keyClicks(composer.editor(), answer);
    QTest::keyClick(composer.editor(), Qt::Key_Return, Qt::ControlModifier);
    QAbstractButton *sendNow = nullptr;
    waitUntil([&] {
        sendNow = buttonNamed(window, u"Send now"_s);
        return sendNow != nullptr;
    });
    QTest::mouseClick(sendNow, Qt::LeftButton);
    waitUntil([&] {
        (void)door(state, u"settle"_s, {});
        return copies(door(state, u"thread"_s, {{u"uri"_s, uri}}).value("thread"_L1).toObject(), answer) > 0;
    });
    CHECK(copies(door(state, u"thread"_s, {{u"uri"_s, uri}}).value("thread"_L1).toObject(), answer) == 1);
    session->sync().stop();
}
