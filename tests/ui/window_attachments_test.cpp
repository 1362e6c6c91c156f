// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/mail_desk.h"
#include "tests/ui/window_fixture.h"
#include "ui/context/context_panel.h"
#include "ui/context/timeline.h"
#include "ui/conversation/bubble_delegate.h"
#include "ui/conversation/message_list_view.h"
#include "ui/main_window/conversation_pane.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/notices.h"
#include "ui/main_window/toast.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::test;

namespace {

/// The window with a mailbox in which Ana's mail with a quotation and files is opened.
struct MailWindow
{
    MailWindow()
    {
        server.inbox.add(mailWithFiles("1", "The handle came off.\n\nOn 20/11/2026 09:00, Pri wrote:\n> Enjoy it!",
                                       {"bill.pdf", "setup.exe"}));
        connectMail(*fixture.session, server);
        waitUntil([this] { return !fixture.listed().isEmpty(); });
        fixture.open(u"Ana Lima"_s);
        waitUntil([this] { return model().rowOf(key()) >= 0; });
    }

    [[nodiscard]] ui::ConversationModel &model() const { return fixture.inbox().conversationModel(); }
    [[nodiscard]] QString key() const { return u'i' + fixture.opened()->items.front().id.toString(); }
    /// Clicks in the mail where that does `action`, the nth such place from above.
    void click(ui::BubbleAction action, int attachment = -1) const
    {
        ui::MessageListView *view = fixture.inbox().conversation()->messages();
        const QModelIndex index = model().index(model().rowOf(key()));
        const ui::BubbleDelegate delegate(*fixture.theme);
        QStyleOptionViewItem option;
        option.rect = view->visualRect(index);
        for (int y = option.rect.top(); y < option.rect.bottom(); y += 3) {
            for (int x = 0; x < option.rect.width(); x += 3) {
                const ui::BubbleHit hit = delegate.hit(option, *model().bubble(index.row()), {x, y});
                if (hit.action == action && hit.attachment == attachment) {
                    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, {x, y});
                    return;
                }
            }
        }
        FAIL("there is no such place");
    }
    [[nodiscard]] QString place(const QString &name) const { return out.filePath(name); }
    void waitForWords(const QString &words) const
    {
        waitUntil([&] { return fixture.said().contains(words); });
    }

    QTemporaryDir out; ///< not the workspace, into which nothing is saved
    FakeMailServer server;
    WindowFixture fixture{WindowFixture::Workspace::Empty};
};

} // namespace

TEST_CASE("a file of a mail is saved where the person says, and a program is warned of once it is there")
{
    MailWindow mail;
    mail.fixture.prompter.file = mail.place(u"the bill.pdf"_s);
    mail.click(ui::BubbleAction::SaveAttachment, 0);
    CHECK(mail.fixture.prompter.asked == QStringList{u"bill.pdf"_s});
    CHECK(mail.fixture.said() == u"Fetching \u2068the bill.pdf\u2069…"_s);
    mail.waitForWords(u"is saved"_s);
    CHECK(mail.fixture.said() == u"\u2068the bill.pdf\u2069 is saved."_s);
    QFile file(mail.place(u"the bill.pdf"_s));
    REQUIRE(file.open(QIODevice::ReadOnly));
    CHECK(file.readAll() == "bill.pdf");

    mail.fixture.prompter.file = mail.place(u"setup.exe"_s);
    mail.click(ui::BubbleAction::SaveAttachment, 1);
    mail.waitForWords(u"is saved"_s);
    CHECK(mail.fixture.said() ==
          u"\u2068setup.exe\u2069 is saved. Programs in mails are a common way to break into computers."_s);
    CHECK(QFile::exists(mail.place(u"setup.exe"_s)));
}

TEST_CASE("who changes their mind saves nothing, and a mail that is gone is said in a sentence that can be read")
{
    MailWindow mail;
    const qsizetype commands = mail.server.commands.size();
    mail.click(ui::BubbleAction::SaveAttachment, 0);
    CHECK(mail.fixture.prompter.asked.size() == 1);
    CHECK(mail.server.commands.size() == commands);

    mail.server.inbox.mails.clear();
    mail.fixture.prompter.file = mail.place(u"bill.pdf"_s);
    mail.click(ui::BubbleAction::SaveAttachment, 0);
    mail.waitForWords(u"the attachment was never on this computer"_s);
    CHECK_FALSE(QFile::exists(mail.place(u"bill.pdf"_s)));
    const auto *toast = mail.fixture.window->findChild<ui::Toast *>();
    REQUIRE(toast);
    const QFontMetrics metrics(mail.fixture.theme->font(ui::TextRole::Body, QFont::Medium));
    CHECK(metrics.horizontalAdvance(toast->text()) > toast->width());
    CHECK(mail.fixture.window->rect().contains(toast->geometry()));
    const int twoLines = toast->height();
    mail.fixture.window->notices().show(u"Saved."_s);
    CHECK(toast->height() == twoLines - metrics.height());
}

TEST_CASE("the window folds what a mail quotes and offers no files once the account is disconnected")
{
    MailWindow mail;
    const auto bubble = [&] { return mail.model().bubble(mail.model().rowOf(mail.key())); };
    CHECK(bubble()->text == u"The basket\n\nThe handle came off."_s);
    mail.click(ui::BubbleAction::ToggleQuote);
    CHECK(bubble()->text == mail.fixture.opened()->items.front().item.text);
    const QList<ui::Timeline *> timelines = mail.fixture.inbox().context()->findChildren<ui::Timeline *>();
    CHECK(std::ranges::any_of(timelines, [](const ui::Timeline *timeline) {
        return timeline->accessibleName().endsWith(u"The basket The handle came off."_s);
    }));
    CHECK(mail.fixture.inbox().threadModel().at(0)->snippet == u"The basket The handle came off."_s);
    const auto offers = [&] {
        return std::ranges::any_of(bubble()->lines, [](const ui::BubbleLine &line) {
            return line.action == ui::BubbleAction::SaveAttachment;
        });
    };
    CHECK(offers());
    REQUIRE(wait(mail.fixture.session->accounts().disconnectAccount(mail.fixture.opened()->row.account)));
    waitUntil([&] { return !offers(); });
}
