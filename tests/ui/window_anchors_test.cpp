// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints that leave by the window, with a real workspace, real files and OpenSSL's own time server.
#include "tests/support/catch.h"
#include "tests/support/fake_http_server.h"
#include "tests/ui/proofs_fixture.h"
#include "ui/record/anchor_controller.h"
#include "ui/record/anchor_dialog.h"
#include "ui/record/record_area.h"

#include <QAbstractButton>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSemaphore>
#include <QStandardPaths>
#include <QTest>
#include <QTreeWidget>

using namespace indelible;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using anchor::How;

namespace {

/// The record of a real workspace, with the dialog opened over it.
struct Desk
{
    explicit Desk(bool withKey = true)
        : area(*proofs.fixture.theme, proofs.session(), proofs.fixture.prompter)
        , said(&area, &ui::RecordArea::said)
    {
        if (withKey)
            proofs.makeKey();
        area.resize(900, 600);
        area.show();
        area.activateWindow();
        waitUntil([this] { return area.check().kind == ui::CheckState::Kind::Whole; });
        open();
    }
    void open()
    {
        keep()->click();
        REQUIRE(dialog());
        waitUntil([this] { return dialog()->isVisible() && form(u"Text file"_s)->hasFocus(); });
    }
    [[nodiscard]] ui::Button *keep() { return button(area, u"Keep elsewhere…"_s); }
    [[nodiscard]] ui::AnchorDialog *dialog() { return area.anchors().dialog(); }
    [[nodiscard]] QRadioButton *form(const QString &name)
    {
        for (QRadioButton *choice : dialog()->findChildren<QRadioButton *>()) {
            if (choice->text().remove(u'&') == name)
                return choice;
        }
        return nullptr;
    }
    /// The one that is asked for.
    [[nodiscard]] QLineEdit *field()
    {
        QLineEdit *shown = nullptr;
        for (QLineEdit *edit : dialog()->findChildren<QLineEdit *>()) {
            if (edit->isVisible()) {
                REQUIRE_FALSE(shown);
                shown = edit;
            }
        }
        return shown;
    }
    [[nodiscard]] QPushButton *write()
    {
        for (QPushButton *each : dialog()->findChildren<QPushButton *>()) {
            if (each->isDefault())
                return each;
        }
        return nullptr;
    }
    [[nodiscard]] bool says(const QString &words)
    {
        for (const QLabel *label : dialog()->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(words))
                return true;
        }
        return false;
    }
    [[nodiscard]] bool isBusy() { return dialog()->findChild<QProgressBar *>()->isVisible(); }
    void choose(const QString &name, const QString &to, const QString &file)
    {
        proofs.fixture.prompter.file = proofs.path(file);
        form(name)->click();
        field()->setText(to);
        write()->click();
    }
    [[nodiscard]] QByteArray written(const QString &name) const
    {
        QFile file(proofs.path(name));
        REQUIRE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }

    Proofs proofs;
    ui::RecordArea area;
    QSignalSpy said;
};

void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    REQUIRE(QApplication::focusWidget());
    QTest::keyClick(QApplication::focusWidget(), key, modifiers);
}

} // namespace

TEST_CASE("a checkpoint is written for whom the person names, and the record shows it at its top")
{
    Desk desk;
    CHECK(desk.keep()->isVisible());
    CHECK(desk.keep()->accessibleName() == u"Keep elsewhere…"_s);
    CHECK((desk.keep()->focusPolicy() & Qt::TabFocus) != 0);
    CHECK_FALSE(desk.write()->isEnabled());
    desk.field()->setText(u"our notary"_s);
    desk.write()->click(); // changes their mind about the file: what was typed stays
    CHECK(desk.proofs.fixture.prompter.asked.last().startsWith(u"checkpoint-2026-"_s));
    CHECK(desk.field()->text() == u"our notary"_s);
    CHECK(desk.proofs.anchors().empty());

    desk.choose(u"Text file"_s, u"our notary"_s, u"checkpoint.txt"_s);
    if (desk.said.isEmpty()) { // on a fast disk all is done by now
        CHECK(desk.isBusy());
        REQUIRE(desk.write()); // Return does not fall through to Cancel
        CHECK_FALSE(desk.write()->isEnabled());
    }
    const QString words = nextSaid(desk.said);
    CHECK(words.contains(u"checkpoint.txt"_s));
    CHECK(words.contains(u"Give the file away"_s));
    waitUntil([&] { return !desk.dialog(); });
    REQUIRE(desk.proofs.anchors().size() == 1);
    CHECK(desk.proofs.anchors().front().anchor.to == u"our notary"_s);
    waitUntil(
        [&] { return desk.area.model().line(0) && desk.area.model().line(0)->what == u"Signature kept elsewhere"_s; });
    CHECK(wait(desk.proofs.session().anchors().check(desk.written(u"checkpoint.txt"_s))));
}

TEST_CASE("a page and a draft are made with the keyboard alone")
{
    Desk desk;
    desk.proofs.fixture.prompter.file = desk.proofs.path(u"a.html"_s);
    CHECK(QApplication::focusWidget() == desk.form(u"Text file"_s));
    press(Qt::Key_Down);
    CHECK(desk.form(u"Page to print"_s)->isChecked());
    press(Qt::Key_Tab);
    CHECK(QApplication::focusWidget() == desk.field());
    QTest::keyClicks(QApplication::focusWidget(), u"our notary"_s);
    press(Qt::Key_Return);
    CHECK(desk.proofs.fixture.prompter.asked.last().endsWith(u".html"_s));
    CHECK(nextSaid(desk.said).contains(u"print it, sign it"_s));
    CHECK(desk.written(u"a.html"_s).contains("<dd>our notary</dd>"));
    waitUntil([&] { return !desk.dialog(); });

    desk.proofs.fixture.prompter.file = desk.proofs.path(u"a.eml"_s);
    desk.open();
    press(Qt::Key_M, Qt::AltModifier);
    waitUntil([&] { return desk.form(u"E-mail draft"_s)->isChecked(); }); // it shows that it was pressed, for a moment
    press(Qt::Key_W, Qt::AltModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"Our notary <notary@example.org>"_s);
    press(Qt::Key_Return);
    CHECK(desk.proofs.fixture.prompter.asked.last().endsWith(u".eml"_s));
    CHECK(nextSaid(desk.said).contains(u"Open it in your mail program"_s));
    CHECK(desk.written(u"a.eml"_s).contains("<notary@example.org>\r\n"));
    waitUntil([&] { return !desk.dialog(); });
    desk.open();
    for (int i = 0; i < 3; ++i) // past the field and the list
        press(Qt::Key_Tab);
    CHECK(qobject_cast<QPushButton *>(QApplication::focusWidget()));
    press(Qt::Key_Escape);
    waitUntil([&] { return !desk.dialog(); });
    CHECK(desk.proofs.anchors().size() == 2);
}

TEST_CASE("what others keep already is listed from the newest, with number, time, whom and form")
{
    Desk desk;
    auto *list = desk.dialog()->findChild<QTreeWidget *>();
    REQUIRE(list);
    CHECK_FALSE(list->isVisible());
    waitUntil([&] { return desk.says(u"Nothing yet."_s); });
    desk.choose(u"Text file"_s, u"<b>our notary</b>"_s, u"a.txt"_s);
    nextSaid(desk.said);
    waitUntil([&] { return !desk.dialog(); });
    desk.open();
    desk.choose(u"Page to print"_s, u"the tax adviser"_s, u"a.html"_s);
    nextSaid(desk.said);
    waitUntil([&] { return !desk.dialog(); });

    desk.open();
    list = desk.dialog()->findChild<QTreeWidget *>();
    waitUntil([&] { return list->topLevelItemCount() == 2; });
    CHECK(list->isVisible());
    CHECK_FALSE(desk.says(u"Nothing yet."_s));
    const auto anchors = desk.proofs.anchors();
    for (int row = 0; row < 2; ++row) {
        const QTreeWidgetItem *item = list->topLevelItem(row);
        const anchor::StoredAnchor &stored = anchors.at(static_cast<size_t>(row));
        CHECK(item->text(0) == u"#%1"_s.arg(stored.entry));
        CHECK_FALSE(item->text(1).isEmpty());
        CHECK(item->text(2) == stored.anchor.to);
    }
    CHECK(list->topLevelItem(0)->text(3) == u"Page to print"_s);
    CHECK(list->topLevelItem(1)->text(3) == u"Text file"_s);
}

TEST_CASE("a checkpoint that cannot leave is said beside the field, and nothing that was typed is lost")
{
    Desk desk(false);
    desk.choose(u"Text file"_s, u"our notary"_s, u"checkpoint.txt"_s);
    waitUntil([&] { return !desk.isBusy(); });
    CHECK(desk.says(u"no key to sign with"_s));
    CHECK(desk.field()->text() == u"our notary"_s);
    CHECK(desk.field()->isEnabled());
    CHECK(desk.write()->isEnabled());
    CHECK(desk.said.isEmpty());
    CHECK_FALSE(QFile::exists(desk.proofs.path(u"checkpoint.txt"_s)));
}

TEST_CASE("whom a mail cannot be addressed to and where no server is, is said before a file is asked for")
{
    Desk desk;
    for (const auto &[form, to, words] : {
             std::tuple(u"E-mail draft"_s, u"a@example.org, b@example.org"_s, u"not one e-mail address"_s),
             std::tuple(u"Time stamp from a server"_s, u"tsa.example.org"_s, u"complete https address"_s),
             std::tuple(u"Time stamp from a server"_s, u"http://tsa.example.org/tsr"_s, u"complete https address"_s),
             std::tuple(u"Time stamp from a server"_s, u"https://me:secret@tsa.example.org/"_s,
                        u"complete https address"_s),
         }) {
        desk.choose(form, to, u"a"_s);
        CHECK(desk.says(words));
        CHECK(desk.field()->text() == to);
        CHECK(QApplication::focusWidget() == desk.field());
    }
    CHECK(desk.proofs.fixture.prompter.asked.isEmpty());
    desk.form(u"Text file"_s)->click();
    CHECK_FALSE(desk.says(u"complete https address"_s));
    CHECK(desk.proofs.anchors().empty());
}

TEST_CASE("a time server that answers with something else is said, and may be asked again")
{
    Desk desk;
    FakeHttpServer server;
    server.expect("POST", "/tsr").answer(Answer::html("<h1>Welcome</h1>"));
    desk.choose(u"Time stamp from a server"_s, server.url(u"/tsr"_s).toString(), u"a.tsr"_s);
    CHECK(desk.isBusy());
    waitUntil([&] { return !desk.isBusy(); });
    CHECK(desk.says(u"not with a time stamp"_s));
    CHECK(desk.write()->isEnabled());
    CHECK_FALSE(QFile::exists(desk.proofs.path(u"a.tsr"_s)));
}

TEST_CASE("a time server that is trusted stamps the checkpoint, and its time is said")
{
    if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty() ||
        QStandardPaths::findExecutable(u"python3"_s).isEmpty()) {
        WARN("skipped: openssl or python3 is not installed");
        return;
    }
    Desk desk;
    QProcess server;
    server.start(u"python3"_s, {u"-B"_s, QStringLiteral(TIME_SERVER), desk.proofs.path(u"authority"_s)});
    REQUIRE(server.waitForStarted());
    waitUntil([&] { return server.canReadLine(); });
    const QString url = QString::fromUtf8(server.readLine()).trimmed();
    // Where OpenSSL looks for whom the computer trusts.
    qputenv("SSL_CERT_FILE", desk.proofs.path(u"authority/ca.pem"_s).toLocal8Bit());
    desk.choose(u"Time stamp from a server"_s, url, u"a.tsr"_s);
    const QString words = nextSaid(desk.said);
    qunsetenv("SSL_CERT_FILE");
    server.closeWriteChannel();
    REQUIRE(server.waitForFinished());
    CHECK(words.contains(u"127.0.0.1"_s));
    CHECK(words.contains(u"a.tsr"_s));
    const auto anchors = desk.proofs.anchors();
    REQUIRE(anchors.size() == 1);
    CHECK(anchors.front().anchor.how == How::Rfc3161);
    CHECK(anchors.front().anchor.to == url);
    CHECK(anchors.front().anchor.receipt == desk.written(u"a.tsr"_s));
}

TEST_CASE("a dialog that is closed while the file is written does not keep its end unsaid")
{
    Desk desk;
    const auto closeWhileWriting = [&desk](const QString &file) {
        // The record is read for the file behind this, and so not before the dialog is closed.
        QSemaphore closed;
        const auto reading = desk.proofs.session().database().scan([&closed](store::Connection &) {
            closed.acquire();
            return true;
        });
        desk.choose(u"Text file"_s, u"our notary"_s, file);
        desk.dialog()->reject();
        closed.release();
        valueOf(wait(reading));
    };
    closeWhileWriting(u"a.txt"_s);
    CHECK(nextSaid(desk.said).contains(u"a.txt"_s));
    waitUntil([&] { return !desk.dialog(); });
    desk.open();
    closeWhileWriting(u"no-such-folder/a.txt"_s);
    CHECK(nextSaid(desk.said).contains(u"could not be written"_s));
}

TEST_CASE("every control of the dialog has a name, a key, and its place in a script from right to left")
{
    Desk desk;
    for (const auto *choice : desk.dialog()->findChildren<QRadioButton *>()) {
        CHECK(choice->text().contains(u'&'));
        CHECK_FALSE(choice->accessibleDescription().isEmpty());
    }
    QStringList names;
    for (const QString &form : {u"Text file"_s, u"Page to print"_s, u"E-mail draft"_s, u"Time stamp from a server"_s}) {
        desk.form(form)->click();
        CHECK_FALSE(desk.field()->accessibleName().contains(u'&'));
        names.append(desk.field()->accessibleName());
    }
    CHECK(names == QStringList{u"For whom"_s, u"For whom"_s, u"For whom: name or e-mail address"_s,
                               u"Address of the time server"_s});
    CHECK_FALSE(desk.dialog()->findChild<QTreeWidget *>()->accessibleName().isEmpty());
    CHECK_FALSE(desk.dialog()->findChild<QProgressBar *>()->accessibleName().isEmpty());
    const auto sideOf = [&](const QWidget *widget) {
        return widget->mapTo(desk.dialog(), widget->rect().center()).x() < desk.dialog()->width() / 2;
    };
    const auto *head = desk.dialog()->layout()->itemAt(0)->layout()->itemAt(0)->widget();
    CHECK(sideOf(head));
    desk.dialog()->setLayoutDirection(Qt::RightToLeft);
    QCoreApplication::sendPostedEvents();
    desk.dialog()->layout()->activate();
    CHECK_FALSE(sideOf(head));
}
