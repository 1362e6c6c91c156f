// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/record_finder.h"

#include "app/base/text.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/here_now.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/search_field.h"

#include <QHBoxLayout>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace indelible::ui {

using record::Kind;

namespace {

constexpr int kFieldWidth = 300;
constexpr int kFieldLeast = 140;

struct Happening
{
    QString text;
    std::vector<Kind> kinds; ///< empty = all
};

/// What happened, as people look for it.
std::vector<Happening> happenings()
{
    return {{RecordFinder::tr("Any action"), {}},
            {RecordFinder::tr("Received"), {Kind::ItemSeen}},
            {RecordFinder::tr("Edited by others"), {Kind::ItemEdit}},
            {RecordFinder::tr("Deleted or hidden by others"), {Kind::ItemGone}},
            {RecordFinder::tr("Replies"), {Kind::ReplyIntent, Kind::ReplyAttempt, Kind::ReplyResult}},
            {RecordFinder::tr("Notes"), {Kind::Note}},
            {RecordFinder::tr("Cases"), {Kind::CaseOpen, Kind::CaseState}},
            {RecordFinder::tr("Given away and done"), {Kind::Assign, Kind::ConversationState}},
            {RecordFinder::tr("Sealed and kept"), {Kind::Erase, Kind::Hold, Kind::Retention}},
            {RecordFinder::tr("Exports and anchors"), {Kind::Export, Kind::Anchor}},
            {RecordFinder::tr("The record and accounts"),
             {Kind::Genesis, Kind::KeyChange, Kind::Restore, Kind::Clock, Kind::Account, Kind::Coverage, Kind::Verify,
              Kind::Migrate}}};
}

struct Since
{
    QString text;
    std::optional<int> days; ///< whole days before today; none = ever
};

std::vector<Since> sinces()
{
    return {{RecordFinder::tr("Any day"), {}},
            {RecordFinder::tr("Today"), 0},
            {RecordFinder::tr("Since yesterday"), 1},
            {RecordFinder::tr("Last 7 days"), 6},
            {RecordFinder::tr("Last 30 days"), 29}};
}

template<typename Choices>
QStringList texts(const Choices &choices)
{
    QStringList result;
    for (const auto &choice : choices)
        result.append(choice.text);
    return result;
}

} // namespace

RecordFinder::RecordFinder(const Theme &theme, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_field(new SearchField(theme, {}, this))
    , m_who(new ChoiceButton(theme, Button::Kind::Normal, Button::Size::Normal, tr("Whose entries: %1"),
                             u"user-round"_s, this))
    , m_what(new ChoiceButton(theme, Button::Kind::Normal, Button::Size::Normal, tr("What happened: %1"),
                              u"list-checks"_s, this))
    , m_when(
          new ChoiceButton(theme, Button::Kind::Normal, Button::Size::Normal, tr("Since when: %1"), u"clock"_s, this))
    , m_count(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, this))
{
    m_field->setPlaceholderText(tr("Search the record"));
    m_field->setAccessibleName(tr("Search the record: words, or the number of an entry"));
    m_field->setMinimumWidth(theme.scaled(kFieldLeast));
    m_field->setMaximumWidth(theme.scaled(kFieldWidth));
    m_what->setChoices(texts(happenings()));
    m_when->setChoices(texts(sinces()));
    setActors({});
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_field, 1);
    row->addWidget(m_who);
    row->addWidget(m_what);
    row->addWidget(m_when);
    row->addStretch(1);
    row->addWidget(m_count);
    connect(m_field, &SearchField::searchChanged, this, &RecordFinder::changed);
    connect(m_field, &SearchField::searchLeft, this, &RecordFinder::left);
    for (ChoiceButton *button : {m_who, m_what, m_when})
        connect(button, &ChoiceButton::chosen, this, &RecordFinder::changed);
}

void RecordFinder::setActors(const std::vector<record::Actor> &actors)
{
    const record::Find before = find();
    QStringList names{tr("Anyone"), tr("Indelible and sync")};
    m_actors = {0};
    for (const record::Actor &actor : actors) {
        names.append(displayText(actor.name));
        m_actors.push_back(actor.id);
    }
    m_who->setChoices(names);
    const auto same = before.actor ? std::ranges::find(m_actors, *before.actor) : m_actors.end();
    if (same != m_actors.end())
        m_who->setCurrent(static_cast<int>(same - m_actors.begin()) + 1);
}

record::Find RecordFinder::find() const
{
    record::Find find;
    find.words = m_field->text().trimmed();
    if (const int who = m_who->current(); who > 0)
        find.actor = m_actors.at(static_cast<size_t>(who) - 1);
    find.kinds = happenings().at(static_cast<size_t>(m_what->current())).kinds;
    if (const std::optional<int> days = sinces().at(static_cast<size_t>(m_when->current())).days) {
        const Here here = hereNow(m_clock);
        find.from = fromMs(here.local(here.now).date().addDays(-*days).startOfDay(here.zone).toMSecsSinceEpoch());
    }
    return find;
}

void RecordFinder::clear()
{
    for (ChoiceButton *button : {m_who, m_what, m_when})
        button->setCurrent(0);
    const QSignalBlocker quiet(m_field);
    m_field->clear();
    Q_EMIT changed();
}

void RecordFinder::setCount(const QString &text)
{
    m_count->setText(text);
}

void RecordFinder::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

} // namespace indelible::ui
