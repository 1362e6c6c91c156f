// SPDX-License-Identifier: GPL-3.0-or-later
// Erasing what a law requires, in the window.
#include "app/inbox/inbox_service.h"
#include "app/keeper/record_reader.h"
#include "app/seal/seal.h"
#include "app/seal/seal_service.h"
#include "tests/support/catch.h"
#include "tests/support/temp_store.h"
#include "tests/support/wait.h"
#include "tests/ui/window_fixture.h"
#include "ui/record/entry_panel.h"
#include "ui/record/record_area.h"
#include "ui/record/record_list_view.h"
#include "ui/record/seal_dialog.h"
#include "ui/record/seal_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace indelible;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

/// The record's area with the dialog about what Rosalind wrote first.
struct SealFixture : WindowFixture
{
    SealFixture()
    {
        open(u"Rosalind Achterberg"_s);
        conversation = opened()->row.id;
        press(Qt::Key_6, Qt::ControlModifier);
        area = window->recordArea();
        waitUntil([this] { return area->check().kind == ui::CheckState::Kind::Whole; });
        const Find found = valueOf(wait(session->recordReader().find(words(), 0, session->recordSize())));
        entry = found.front();
    }
    using Find = std::vector<qint64>;

    static record::Find words()
    {
        record::Find find;
        find.words = u"\"wedding cake\""_s;
        find.kinds = {record::Kind::ItemSeen};
        return find;
    }

    void openDialog()
    {
        area->list()->showEntry(entry);
        ui::Button *erase = nullptr;
        waitUntil([&] {
            for (ui::Button *button : area->panel()->findChildren<ui::Button *>())
                if (button->text() == u"Erase as a law requires…"_s && button->isVisible())
                    erase = button;
            return erase && area->panel()->entry() == entry;
        });
        erase->click();
        waitUntil([this] {
            dialog = window->findChild<ui::SealDialog *>();
            return dialog && dialog->plan();
        });
    }

    template<typename Widget>
    [[nodiscard]] Widget *part() const
    {
        return dialog->findChild<Widget *>();
    }

    [[nodiscard]] QPushButton *destroy() const
    {
        for (QPushButton *button : dialog->findChildren<QPushButton *>())
            if (button->text() == u"Destroy the words…"_s)
                return button;
        return nullptr;
    }

    /// As a person would, in order; `number` is typed.
    void fill(const QString &number) const
    {
        part<QComboBox>()->setCurrentIndex(3);
        QTest::keyClicks(part<QLineEdit>(), number);
        part<QCheckBox>()->setChecked(true);
    }

    [[nodiscard]] QString number() const { return QString::number(dialog->plan()->entries.size()); }

    ui::RecordArea *area = nullptr;
    QPointer<ui::SealDialog> dialog;
    ConversationId conversation;
    qint64 entry = -1;
};

} // namespace

TEST_CASE("words are destroyed only with a reason, the number, the tick and a second yes; then every view says so")
{
    SealFixture fixture;
    fixture.openDialog();
    CHECK_FALSE(fixture.destroy()->isEnabled());
    CHECK(fixture.part<QLineEdit>()->accessibleName().contains(fixture.number()));
    fixture.fill(fixture.number() + u"0"_s);
    CHECK_FALSE(fixture.destroy()->isEnabled());
    QTest::keyClick(fixture.part<QLineEdit>(), Qt::Key_Backspace);
    CHECK(fixture.destroy()->isEnabled());
    fixture.part<QCheckBox>()->setChecked(false);
    CHECK_FALSE(fixture.destroy()->isEnabled());
    fixture.part<QCheckBox>()->setChecked(true);
    fixture.part<QComboBox>()->setCurrentIndex(0);
    CHECK_FALSE(fixture.destroy()->isEnabled());
    fixture.part<QComboBox>()->setCurrentIndex(3);
    REQUIRE(fixture.destroy()->isEnabled());

    const qint64 before = fixture.session->recordSize();
    fixture.prompter.yes = false;
    fixture.destroy()->click();
    CHECK(fixture.prompter.asked.last().contains(u"go for ever"_s));
    fixture.settle();
    CHECK(fixture.session->recordSize() == before);
    REQUIRE(fixture.dialog);

    QSignalSpy said(fixture.area, &ui::RecordArea::said);
    fixture.prompter.yes = true;
    fixture.destroy()->click();
    waitUntil([&] { return !said.isEmpty() && !fixture.dialog; });
    CHECK(said.last().at(0).toString().startsWith(u"The words of 2 entries are destroyed"_s));
    waitUntil([&] { return fixture.session->recordSize() > before; });
    waitUntil([&] {
        for (const auto *label : fixture.area->panel()->findChildren<ui::PlainLabel *>())
            if (label->text().startsWith(u"Its words were erased as a law requires"_s))
                return label->text().contains(u"GDPR 17(1)(c)"_s);
        return false;
    });
    const ConversationView view = valueOf(wait(fixture.session->inbox().open(fixture.conversation)));
    CHECK(view.items.front().sealedAt.has_value());
}

TEST_CASE("everything from a person is more than one message, and a hold stands in its way")
{
    SealFixture fixture;
    (void)valueOf(wait(fixture.session->seals().hold(fixture.conversation, u"Claim of 3 May"_s, QDate(2099, 1, 1))));
    fixture.openDialog();
    const auto one = fixture.dialog->plan()->entries.size();
    CHECK(fixture.dialog->plan()->obstacles.size() == 1);
    fixture.fill(fixture.number());
    CHECK_FALSE(fixture.destroy()->isEnabled());
    CHECK_FALSE(fixture.part<QCheckBox>()->isEnabled());
    bool shown = false;
    for (const auto *label : fixture.dialog->findChildren<ui::PlainLabel *>())
        shown = shown || (label->isVisible() && label->text().contains(u"Claim of 3 May"_s));
    CHECK(shown);
    waitUntil([&] {
        const auto labels = fixture.dialog->findChildren<ui::PlainLabel *>();
        return std::ranges::all_of(labels, [](const ui::PlainLabel *label) {
            return !label->isVisible() || label->height() >= label->heightForWidth(label->width());
        });
    });
    QSignalSpy planned(fixture.dialog, &ui::SealDialog::planned);
    for (QRadioButton *choice : fixture.dialog->findChildren<QRadioButton *>())
        if (choice->text().contains(u"Rosalind"_s))
            choice->setChecked(true);
    waitUntil([&] { return !planned.isEmpty(); });
    CHECK(fixture.dialog->plan()->entries.size() > one);
    CHECK(fixture.part<QLineEdit>()->text().isEmpty());
}

TEST_CASE("every reason of the law has words of its own")
{
    QStringList all;
    for (const QString &code : seal::reasonCodes())
        all.append(ui::sealReasonText(code));
    for (const QString &text : all)
        CHECK(text.contains(u' '));
    CHECK(all.removeDuplicates() == 0);
    CHECK(ui::sealReasonText(u"later-version"_s) == u"later-version"_s);
}
