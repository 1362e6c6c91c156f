// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "ui/widgets/avatar_widget.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/counter_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/primary_button.h"
#include "ui/widgets/segmented_control.h"

#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace indelible::ui;

TEST_CASE("a segmented control is one Tab stop whose segments the arrows change")
{
    Theme theme(Theme::Mode::Light);
    theme.applyTo(*qApp);
    SegmentedControl control(theme);
    for (const QString &text : {u"Public reply"_s, u"Private"_s, u"Note"_s})
        control.addSegment(text, u"lock"_s);
    control.show();
    QSignalSpy changes(&control, &SegmentedControl::currentChanged);
    CHECK(control.current() == 0);
    int stops = 0;
    for (int i = 0; i < 3; ++i)
        stops += (control.button(i)->focusPolicy() & Qt::TabFocus) ? 1 : 0;
    CHECK(stops == 1);

    control.setSegmentEnabled(1, false, u"Not possible here."_s);
    QTest::keyClick(control.button(0), Qt::Key_Right);
    CHECK(control.current() == 2);
    QTest::keyClick(control.button(2), Qt::Key_Home);
    CHECK(control.current() == 0);
    control.setLayoutDirection(Qt::RightToLeft);
    QTest::keyClick(control.button(0), Qt::Key_Left);
    CHECK(control.current() == 2);
    QTest::mouseClick(control.button(0), Qt::LeftButton);
    CHECK(changes.size() == 4);
    control.setCurrent(2);
    CHECK(control.current() == 2);
    CHECK(changes.size() == 4);
}

TEST_CASE("a plain label never takes foreign words for markup and shortens them when asked")
{
    const Theme theme(Theme::Mode::Light);
    PlainLabel label(theme, TextRole::Small, Token::Text2);
    label.setText(u"<b>not bold</b>"_s);
    CHECK(label.textFormat() == Qt::PlainText);
    CHECK(label.palette().color(QPalette::WindowText) == theme.colour(Token::Text2));
    label.setElided(true);
    label.resize(30, 20);
    CHECK(label.minimumSizeHint().width() < 60);
    label.show();
    CHECK(label.toolTip().contains("&lt;b&gt;"_L1));
}

TEST_CASE("a tool tip shows markup as it was written")
{
    QTextDocument document;
    document.setHtml(plainToolTip(u"<img src=x>\nsecond"_s));
    CHECK(document.toPlainText() == u"<img src=x>\nsecond"_s);
    CHECK(plainToolTip({}).isEmpty());
}

TEST_CASE("a banner says what happened, what is safe and offers one way forward")
{
    const Theme theme(Theme::Mode::Light);
    Banner banner(theme);
    CHECK(banner.isHidden());
    banner.setContent({Tone::Danger, u"wifi-off"_s, u"<u>Server</u> trouble."_s, u"Nothing is lost."_s, u"Try now"_s,
                       u"HTTP 502"_s, 2});
    CHECK_FALSE(banner.isHidden());
    CHECK(banner.accessibleName() == u"<u>Server</u> trouble. Nothing is lost."_s);
    QStringList texts;
    for (const QLabel *label : banner.findChildren<QLabel *>())
        texts.append(label->text());
    CHECK(texts.contains(u"<b>&lt;u&gt;Server&lt;/u&gt; trouble.</b> Nothing is lost."_s));
    CHECK(texts.contains(u"2 more"_s));
    QSignalSpy actions(&banner, &Banner::actionTriggered);
    auto *detail = banner.findChild<QPlainTextEdit *>();
    CHECK(detail->isHidden());
    for (QToolButton *button : banner.findChildren<QToolButton *>()) {
        if (button->text() == u"Try now"_s || button->text() == u"Show details"_s)
            button->click();
    }
    CHECK(actions.size() == 1);
    CHECK_FALSE(detail->isHidden());
    CHECK(detail->toPlainText() == u"HTTP 502"_s);
    banner.clear();
    CHECK(banner.isHidden());
}

TEST_CASE("a narrow banner puts its buttons below the text")
{
    const Theme theme(Theme::Mode::Light);
    Banner banner(theme);
    banner.setContent({Tone::Warn,
                       u"key-round"_s,
                       u"Bluesky signed you out."_s,
                       u"Your 2 replies are kept and will not go out."_s,
                       u"Sign in again"_s,
                       {},
                       0});
    auto *text = banner.findChild<QLabel *>(QString(), Qt::FindDirectChildrenOnly);
    REQUIRE(text);
    const auto button = [&] {
        for (QToolButton *found : banner.findChildren<QToolButton *>())
            if (found->text() == u"Sign in again"_s)
                return found->mapTo(&banner, QPoint(0, 0)).y();
        return -1;
    };
    banner.resize(700, banner.heightForWidth(700));
    QCoreApplication::processEvents();
    const int beside = button();
    banner.resize(280, 200);
    QCoreApplication::processEvents();
    CHECK(button() > beside + 20);
}

TEST_CASE("the meter is neutral, then near in the last tenth, then over")
{
    using State = CounterLabel::State;
    CHECK(CounterLabel::stateOf(0, 300) == State::Neutral);
    CHECK(CounterLabel::stateOf(269, 300) == State::Neutral);
    CHECK(CounterLabel::stateOf(270, 300) == State::Near);
    CHECK(CounterLabel::stateOf(300, 300) == State::Near);
    CHECK(CounterLabel::stateOf(301, 300) == State::Over);
    CHECK(CounterLabel::stateOf(99'999, 0) == State::Neutral);
    const Theme theme(Theme::Mode::Light);
    CounterLabel counter(theme);
    counter.setCount(310, 300);
    CHECK(counter.text() == u"310 / 300"_s);
    CHECK(counter.accessibleName() == u"10 too many"_s);
    CHECK(counter.palette().color(QPalette::WindowText) == theme.colour(Token::DangerText));
}

TEST_CASE("an empty state offers at most two ways on")
{
    const Theme theme(Theme::Mode::Light);
    EmptyState state(theme);
    QSignalSpy actions(&state, &EmptyState::actionTriggered);
    state.setContent(u"coffee"_s, Tone::Ok, u"Everyone has been answered"_s, u"Nothing waits."_s,
                     {{u"One"_s, {}}, {u"Two"_s, {}}, {u"Three"_s, {}}});
    const auto buttons = state.findChildren<QPushButton *>();
    REQUIRE(buttons.size() == 2);
    buttons.last()->click();
    CHECK(actions.first().first().toInt() == 1);
    state.setContent(u"search"_s, Tone::Neutral, u"No match"_s, {});
    CHECK(state.findChildren<QPushButton *>().isEmpty());
}

TEST_CASE("pills and avatars are painted in their tone and named for screen readers")
{
    const Theme theme(Theme::Mode::Light);
    Pill pill(theme, {u"Late 12 min"_s, u"alarm-clock"_s, Tone::Danger, PillLook::Shape::Pill});
    CHECK(pill.accessibleName() == u"Late 12 min"_s);
    CHECK(pill.sizeHint().height() == 20);
    pill.resize(pill.sizeHint());
    CHECK(pill.grab().toImage().pixelColor(pill.width() / 2, 1) == theme.colour(Token::DangerSoft));
    AvatarWidget avatar(theme, 36);
    avatar.setPerson(u"did:plc:x"_s, u"Rosalind Achterberg"_s, u"google-reviews"_s);
    CHECK(avatar.accessibleName() == u"Rosalind Achterberg, Google"_s);
    avatar.resize(avatar.sizeHint());
    CHECK(avatar.grab().toImage().pixelColor(18, 3) == theme.avatarColours(u"did:plc:x"_s).first);
}

TEST_CASE("labels stand where lines of the interface begin, whatever the script of their words")
{
    const Theme theme(Theme::Mode::Light);
    const auto inkAt = [](QWidget &label) {
        const QImage picture = label.grab().toImage();
        int first = picture.width();
        int last = -1;
        for (int x = 0; x < picture.width(); ++x)
            for (int y = 0; y < picture.height(); ++y)
                if (picture.pixelColor(x, y) != picture.pixelColor(0, 0)) {
                    first = std::min(first, x);
                    last = std::max(last, x);
                }
        REQUIRE(last >= 0);
        return first < picture.width() - 1 - last ? Qt::AlignLeft : Qt::AlignRight;
    };
    for (const QString &name : {u"Camille"_s, u"ليلى حداد"_s}) {
        for (const bool elided : {false, true}) {
            PlainLabel label(theme, TextRole::Body);
            label.setElided(elided);
            label.setText(name);
            label.resize(400, 40);
            CHECK(inkAt(label) == Qt::AlignLeft);
            label.setLayoutDirection(Qt::RightToLeft);
            CHECK(inkAt(label) == Qt::AlignRight);
            label.setTrailing(true);
            CHECK(inkAt(label) == Qt::AlignLeft);
        }
    }
}

TEST_CASE("the button that goes on with a dialog is filled with the theme's accent, and no other is")
{
    Theme theme(Theme::Mode::Light);
    theme.applyTo(*qApp);
    QDialog dialog;
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel, &dialog);
    QPushButton *primary = addPrimaryButton(box, u"Go on"_s);
    dialog.show();
    const auto fill = [](QWidget *button) { return button->grab().toImage().pixelColor(4, button->height() / 2); };
    CHECK(fill(primary) == theme.colour(Token::Accent));
    CHECK(fill(box->button(QDialogButtonBox::Cancel)) != theme.colour(Token::Accent));
}
