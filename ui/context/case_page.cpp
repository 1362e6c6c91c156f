// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/context/case_page.h"

#include "app/base/text.h"
#include "ui/context/case_words.h"
#include "ui/context/timeline.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/plain_label.h"

#include <QAbstractButton>
#include <QActionGroup>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QMenu>
#include <QPlainTextEdit>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kMargin = 14;
constexpr int kNoteHeight = 66;
constexpr int kStorySteps = 12;
constexpr std::array kStatuses{CaseStatus::Heard, CaseStatus::Owned, CaseStatus::Promised, CaseStatus::PutRight,
                               CaseStatus::Closed};

PlainLabel *smallLabel(const Theme &theme, const QString &text, QWidget *parent)
{
    auto *label = new PlainLabel(theme, TextRole::Small, Token::Text3, QFont::Normal, parent);
    label->setText(text);
    return label;
}

QWidget *noteCard(const Theme &theme, const CaseNote &note, const Here &here, QWidget *parent)
{
    auto *card = new Card(theme, Token::NoteBackground, Token::NoteLine, parent);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(10, 8, 10, 8);
    column->setSpacing(2);
    auto *head = new PlainLabel(theme, TextRole::Small, Token::NoteText, QFont::DemiBold, card);
    head->setElided(true);
    head->setText(u"%1, %2"_s.arg(displayText(note.actor), momentText(note.at, here)));
    auto *words = new PlainLabel(theme, TextRole::Body, Token::NoteText, QFont::Normal, card);
    words->setWordWrap(true);
    words->setText(displayText(note.text));
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(head);
    column->addWidget(words);
    return card;
}

} // namespace

CasePage::CasePage(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_stack(new QStackedLayout(this))
    , m_none(new EmptyState(theme, this))
    , m_some(new QWidget(this))
    , m_number(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::DemiBold, m_some))
    , m_chip(new Pill(theme, {}, m_some))
    , m_title(new PlainLabel(theme, TextRole::Section, Token::Text, QFont::DemiBold, m_some))
    , m_about(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, m_some))
    , m_bundle(new Button(theme, Button::Kind::Normal, Button::Size::Small, tr("Case as bundle…"), {}, m_some))
    , m_status(new Button(theme, Button::Kind::Normal, Button::Size::Small, {}, {}, m_some))
    , m_owner(new PlainLabel(theme, TextRole::Body, Token::Text, QFont::Normal, m_some))
    , m_take(new Button(theme, Button::Kind::Normal, Button::Size::Small, {}, {}, m_some))
    , m_storyTitle(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::DemiBold, m_some))
    , m_story(new Timeline(theme, m_some))
    , m_notes(new QVBoxLayout)
    , m_note(new QPlainTextEdit(m_some))
    , m_addNote(new Button(theme, Button::Kind::Normal, Button::Size::Small, tr("Add note"), u"sticky-note"_s, m_some))
{
    m_none->setContent(u"clipboard-list"_s, Tone::Neutral, tr("No case yet"),
                       tr("A case gives the matter a number, an owner and an end."),
                       {{tr("Open a case"), u"plus"_s}, {tr("Add to a case…"), {}}});
    connect(m_none, &EmptyState::actionTriggered, this,
            [this](int action) { action == 0 ? Q_EMIT openRequested() : Q_EMIT linkRequested(); });
    auto *column = new QVBoxLayout(m_some);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(kMargin);
    buildHead(column);
    auto *story = new QVBoxLayout;
    story->setSpacing(8);
    m_storyTitle->setText(tr("The whole story"));
    story->addWidget(m_storyTitle);
    story->addWidget(m_story);
    column->addLayout(story);
    buildNotes(column);
    column->addStretch(1);
    m_stack->addWidget(m_none);
    m_stack->addWidget(m_some);
}

void CasePage::buildHead(QVBoxLayout *column)
{
    auto *head = new QHBoxLayout;
    head->addWidget(m_number, 1);
    head->addWidget(m_chip);
    auto *title = new QVBoxLayout;
    title->setSpacing(4);
    m_title->setWordWrap(true);
    m_about->setWordWrap(true);
    title->addLayout(head);
    title->addWidget(m_title);
    title->addWidget(m_about);
    auto *rename = new Button(m_theme, Button::Kind::Normal, Button::Size::Small, tr("Change title"), {}, m_some);
    connect(rename, &QAbstractButton::clicked, this, &CasePage::renameRequested);
    title->addSpacing(2);
    m_bundle->setName(tr("Case as bundle…"), tr("One file with every entry and its proof, for anybody to check"));
    m_bundle->hide();
    connect(m_bundle, &QAbstractButton::clicked, this, &CasePage::bundleRequested);
    auto *actions = new QHBoxLayout;
    actions->setSpacing(8);
    actions->addWidget(rename);
    actions->addWidget(m_bundle);
    actions->addStretch(1);
    title->addLayout(actions);
    column->addLayout(title);

    m_status->setMenuMark(true);
    connect(m_status, &QAbstractButton::clicked, this, &CasePage::openStatusMenu);
    m_owner->setElided(true);
    connect(m_take, &QAbstractButton::clicked, this, [this] {
        if (m_case)
            Q_EMIT ownerChosen(m_case->owner == m_member ? QString() : m_member);
    });
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->addWidget(smallLabel(m_theme, tr("Status"), m_some), 0, 0);
    grid->addWidget(m_status, 0, 1, 1, 2, Qt::AlignLeading);
    grid->addWidget(smallLabel(m_theme, tr("Owner"), m_some), 1, 0);
    grid->addWidget(m_owner, 1, 1);
    grid->addWidget(m_take, 1, 2);
    column->addLayout(grid);
}

void CasePage::openStatusMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *group = new QActionGroup(menu);
    for (const CaseStatus status : kStatuses) {
        QAction *action = menu->addAction(caseStatusText(status));
        action->setCheckable(true);
        action->setChecked(m_case && status == m_case->status);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, status] {
            if (m_case && status != m_case->status)
                Q_EMIT statusChosen(status);
        });
    }
    menu->popup(m_status->mapToGlobal(QPoint(0, m_status->height())));
}

void CasePage::buildNotes(QVBoxLayout *column)
{
    auto *title = new PlainLabel(m_theme, TextRole::Small, Token::Text2, QFont::DemiBold, m_some);
    title->setText(tr("Notes"));
    m_notes->setSpacing(8);
    m_note->setPlaceholderText(tr("What was found, what was said"));
    m_note->setAccessibleName(tr("New note on the case"));
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(m_theme.scaled(kNoteHeight));
    m_note->setFrameShape(QFrame::NoFrame);
    auto *frame = new Card(m_theme, Token::Content, Token::Control, m_some);
    auto *inside = new QVBoxLayout(frame);
    inside->setContentsMargins(6, 4, 6, 4);
    inside->addWidget(m_note);
    m_addNote->setEnabled(false);
    connect(m_note, &QPlainTextEdit::textChanged, this,
            [this] { m_addNote->setEnabled(!m_note->toPlainText().trimmed().isEmpty()); });
    connect(m_addNote, &QAbstractButton::clicked, this,
            [this] { Q_EMIT noteEntered(m_note->toPlainText().trimmed()); });
    auto *box = new QVBoxLayout;
    box->setSpacing(8);
    box->addWidget(title);
    box->addLayout(m_notes);
    box->addWidget(frame);
    box->addWidget(m_addNote, 0, Qt::AlignTrailing);
    column->addLayout(box);
}

void CasePage::setCase(const std::optional<Case> &matter, const QString &member, const Here &here)
{
    if (!matter || !m_case || matter->id != m_case->id)
        clearNote();
    m_case = matter;
    m_member = member;
    m_stack->setCurrentWidget(matter ? m_some : static_cast<QWidget *>(m_none));
    if (!matter)
        return;
    m_number->setText(tr("Case #%1").arg(matter->id.value()));
    m_chip->setLook({caseStatusText(matter->status), {}, caseStatusTone(matter->status), PillLook::Shape::Chip});
    m_title->setText(displayText(matter->title));
    m_about->setText(
        tr("%1, opened %2").arg(isolated(displayText(matter->person)), momentText(matter->openedAt, here)));
    m_status->setText(caseStatusText(matter->status));
    m_status->setName(tr("Status: %1").arg(caseStatusText(matter->status)), tr("Change the status"));
    m_status->updateGeometry();
    m_owner->setText(matter->owner.isEmpty() ? tr("Nobody yet") : displayText(matter->owner));
    m_take->setText(matter->owner == member ? tr("Give back") : tr("Take it"));
    m_take->updateGeometry();
    // Of one conversation it stands in the middle of the window already.
    const bool isWide = matter->conversations.size() > 1;
    m_storyTitle->setVisible(isWide);
    m_story->setVisible(isWide);
    m_story->setSteps(isWide ? caseSteps(*matter, here, kStorySteps) : std::vector<TimelineStep>());
    showNotes(*matter, here);
}

void CasePage::showNotes(const Case &matter, const Here &here)
{
    while (QLayoutItem *item = m_notes->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const CaseNote &note : matter.notes)
        m_notes->addWidget(noteCard(m_theme, note, here, m_some));
}

void CasePage::clearNote()
{
    m_note->clear();
}

void CasePage::setBundleOffered(bool offered)
{
    m_bundle->setVisible(offered);
}

void CasePage::setBundleBusy(bool busy)
{
    m_bundle->setEnabled(!busy);
}

void CasePage::focusFirst()
{
    if (m_case)
        m_status->setFocus(Qt::OtherFocusReason);
    else if (auto *open = m_none->findChild<QAbstractButton *>())
        open->setFocus(Qt::OtherFocusReason);
}

} // namespace indelible::ui
