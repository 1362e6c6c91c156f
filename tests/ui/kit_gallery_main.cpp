// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the parts of the window with the people of the design pictures into PNG files, to be looked at:
//   ui_kit_gallery FOLDER [--scale 2.0] [--rtl]
#include "tests/support/wait.h"
#include "tests/ui/kit_samples.h"
#include "ui/conversation/message_list_view.h"
#include "ui/theme/icons.h"
#include "ui/threads/thread_list_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/counter_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/segmented_control.h"

#include <QApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace indelible;

namespace {

std::unique_ptr<ui::ConversationModel> conversation(const ConversationView &view, const Clock &clock)
{
    auto model = std::make_unique<ui::ConversationModel>(
        [view](ConversationId, int, std::optional<ItemId>) { return test::ready<ConversationView>(view); }, clock);
    model->setLocale(QLocale(QLocale::English, QLocale::UnitedKingdom), QTimeZone::utc());
    model->open(view.row.id);
    test::waitUntil([&] { return model->rowCount() > 0; });
    return model;
}

void addPills(QVBoxLayout &column, const ui::Theme &theme)
{
    using ui::PillLook;
    using ui::Tone;
    const auto addRow = [&](std::initializer_list<PillLook> looks) {
        auto *row = new QHBoxLayout;
        for (const PillLook &look : looks)
            row->addWidget(new ui::Pill(theme, look));
        row->addStretch();
        column.addLayout(row);
    };
    addRow({{u"label"_s, {}, Tone::Neutral, PillLook::Shape::Chip},
            {u"Promised"_s, {}, Tone::Warn, PillLook::Shape::Chip},
            {u"Put right"_s, {}, Tone::Ok, PillLook::Shape::Chip},
            {u"Owned"_s, {}, Tone::Accent, PillLook::Shape::Chip},
            {u"Private"_s, u"lock"_s, Tone::Plum, PillLook::Shape::Chip},
            {u"#1042"_s, {}, Tone::Outline, PillLook::Shape::Chip}});
    addRow({{u"1 h 35"_s, u"clock"_s, Tone::Neutral, PillLook::Shape::Pill},
            {u"20 min left"_s, u"clock"_s, Tone::Warn, PillLook::Shape::Pill},
            {u"Late 12 min"_s, u"alarm-clock"_s, Tone::Danger, PillLook::Shape::Pill},
            {u"Kept"_s, u"check"_s, Tone::Ok, PillLook::Shape::Pill},
            {u"5"_s, {}, Tone::Warn, PillLook::Shape::Count}});
}

void addControls(QVBoxLayout &column, const ui::Theme &theme)
{
    auto *buttons = new QHBoxLayout;
    for (const QString &kind : {u"primary"_s, u"normal"_s, u"flat"_s, u"small"_s}) {
        auto *button = new QPushButton(kind);
        button->setProperty("kind", kind);
        buttons->addWidget(button);
    }
    auto *tool = new QToolButton;
    tool->setIcon(ui::icon(theme, u"ellipsis"_s));
    tool->setAccessibleName(u"More"_s);
    buttons->addWidget(tool);
    buttons->addStretch();
    column.addLayout(buttons);
    for (const int on : {0, 1, 2}) {
        auto *segments = new ui::SegmentedControl(theme);
        segments->addSegment(u"Public reply"_s, u"globe"_s, ui::SegmentedControl::Look::Public);
        segments->addSegment(u"Private"_s, u"lock"_s, ui::SegmentedControl::Look::Private);
        segments->addSegment(u"Note"_s, u"sticky-note"_s, ui::SegmentedControl::Look::Note);
        segments->setCurrent(on);
        column.addWidget(segments);
    }
    auto *search = new QLineEdit;
    search->setPlaceholderText(u"Search people and words, or type a command"_s);
    column.addWidget(search);
    auto *tabs = new QTabBar;
    for (const QString &tab : {u"Person"_s, u"Case"_s, u"Courtesy"_s})
        tabs->addTab(tab);
    column.addWidget(tabs);
    auto *counter = new ui::CounterLabel(theme);
    counter->setCount(193, 200);
    column.addWidget(counter);
}

QWidget *states(const ui::Theme &theme)
{
    auto *pane = new QWidget;
    pane->setProperty("pane", u"nav"_s);
    pane->setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(pane);
    using ui::Tone;
    for (const ui::BannerContent &content : std::initializer_list<ui::BannerContent>{
             {Tone::Warn,
              u"key-round"_s,
              u"Facebook signed you out."_s,
              u"Your 2 replies are kept."_s,
              u"Sign in again"_s,
              {},
              0},
             {Tone::Accent,
              u"wifi-off"_s,
              u"You are offline."_s,
              u"Keep writing. Replies wait here and go out when you say so."_s,
              {},
              {},
              0},
             {Tone::Danger, u"stamp"_s, u"The record does not match at № 18,044."_s,
              u"The file was changed outside Indelible. Nothing has been thrown away."_s, u"Show me"_s, u"hash"_s,
              2}}) {
        auto *banner = new ui::Banner(theme, pane);
        banner->setContent(content);
        column->addWidget(banner);
    }
    addPills(*column, theme);
    addControls(*column, theme);
    auto *empty = new ui::EmptyState(theme);
    empty->setContent(u"coffee"_s, Tone::Ok, u"Everyone has been answered"_s, u"Nothing waits for you."_s,
                      {{u"Show everything"_s, u"archive"_s}, {u"Close"_s, {}}});
    column->addWidget(empty, 1);
    return pane;
}

void shoot(ui::Theme &theme, const QString &file, double scale)
{
    const FixedClock clock(test::sampleNow());
    const std::vector<ConversationRow> rows = test::sampleRows();
    ui::ThreadListModel list(test::pagesOf(rows), test::rowsOf(rows), clock);
    list.setLocale(QLocale(QLocale::English, QLocale::UnitedKingdom), QTimeZone::utc());
    list.setQuery({});
    test::waitUntil([&] { return list.isLoaded(); });
    const auto first = conversation(test::sampleConversation(), clock);
    const auto second = conversation(test::stateConversation(), clock);
    first->toggleVersions(1);

    QWidget window;
    window.resize(1440, 900);
    auto *row = new QHBoxLayout(&window);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *threads = new ui::ThreadListView(theme, list);
    threads->setFixedWidth(340);
    threads->select(ConversationId(2));
    auto *messages = new ui::MessageListView(theme, *first);
    messages->setFixedWidth(qRound(546 * std::min(scale, 1.2)));
    auto *other = new QVBoxLayout;
    auto *more = new ui::MessageListView(theme, *second);
    other->addWidget(more, 1);
    auto *sheet = states(theme);
    other->addWidget(sheet, 0);
    row->addWidget(threads);
    row->addWidget(messages);
    row->addLayout(other, 1);
    window.show();
    QCoreApplication::processEvents();
    const bool saved = window.grab().save(file);
    std::printf("%s %s\n", saved ? "wrote" : "could not write", qPrintable(file));
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2)
        return 2;
    const qsizetype at = arguments.indexOf(u"--scale"_s);
    const double scale = at > 0 ? arguments.value(at + 1).toDouble() : 1.0;
    if (arguments.contains(u"--rtl"_s))
        QApplication::setLayoutDirection(Qt::RightToLeft);
    ui::Theme theme(ui::Theme::Mode::Light);
    theme.setTextScale(scale);
    for (const bool dark : {false, true}) {
        theme.setMode(dark ? ui::Theme::Mode::Dark : ui::Theme::Mode::Light);
        theme.applyTo(application);
        shoot(theme, QDir(arguments.at(1)).filePath(dark ? u"kit-dark.png"_s : u"kit-light.png"_s), scale);
    }
    return 0;
}
