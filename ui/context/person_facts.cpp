// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/context/person_facts.h"

#include "app/base/text.h"
#include "app/domain/network.h"
#include "app/domain/quoted_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

struct PersonFacts
{
    Q_DECLARE_TR_FUNCTIONS(PersonFacts)
};

constexpr qsizetype kWords = 70;

bool isTheirs(const ItemView &view, const Author &person)
{
    return view.item.direction == Direction::Incoming && view.item.author.remoteId == person.remoteId;
}

QString timesText(qsizetype count)
{
    return count == 1 ? PersonFacts::tr("once") : PersonFacts::tr("%n times", nullptr, static_cast<int>(count));
}

QString languageName(const QString &code)
{
    const QLocale locale(code);
    return locale.language() == QLocale::C ? QString() : QLocale::languageToString(locale.language());
}

/// What the person of this panel did; their name stands over it.
QString kindText(ItemKind kind)
{
    switch (kind) {
    case ItemKind::Mention:
        return PersonFacts::tr("Mentioned you");
    case ItemKind::Review:
        return PersonFacts::tr("Wrote a review");
    case ItemKind::Comment:
        return PersonFacts::tr("Commented");
    case ItemKind::Message:
        return PersonFacts::tr("Wrote to you");
    }
    Q_UNREACHABLE();
}

struct Step
{
    Instant at;
    TimelineStep step;
};

Step itemStep(const ItemView &view, const ConversationRow &row, const Here &here)
{
    TimelineStep step;
    step.when = momentText(view.item.createdAt, here);
    step.words = snippetOf(newWords(view.item.text, row.network), kWords);
    const QString name = displayText(view.item.author.displayName());
    if (view.item.direction == Direction::Outgoing) {
        const bool isPrivate = view.item.audience == Audience::Private;
        step.what = isPrivate ? PersonFacts::tr("Private answer") : PersonFacts::tr("Public answer");
        if (!view.sentBy.isEmpty())
            step.what = isPrivate ? PersonFacts::tr("Private answer by %1").arg(displayText(view.sentBy))
                                  : PersonFacts::tr("Public answer by %1").arg(displayText(view.sentBy));
    } else {
        step.theirs = view.item.author.remoteId == row.person.remoteId;
        step.what = step.theirs ? kindText(view.item.kind) : PersonFacts::tr("%1 wrote").arg(isolated(name));
    }
    return {view.item.createdAt, step};
}

Step eventStep(const ConversationEvent &event, const Here &here)
{
    TimelineStep step;
    step.when = momentText(event.at, here);
    const QString actor = isolated(displayText(event.actor));
    switch (event.kind) {
    case ConversationEvent::Kind::CaseOpened:
        step.what = PersonFacts::tr("Case opened by %1").arg(actor);
        step.words = snippetOf(event.text, kWords);
        break;
    case ConversationEvent::Kind::MarkedDone:
        step.what = PersonFacts::tr("Marked done by %1").arg(actor);
        break;
    case ConversationEvent::Kind::Reopened:
        step.what = PersonFacts::tr("Opened again by %1").arg(actor);
        break;
    case ConversationEvent::Kind::Assigned:
        step.what = event.text.isEmpty() ? PersonFacts::tr("Given back by %1").arg(actor)
                                         : PersonFacts::tr("Given to %1").arg(isolated(displayText(event.text)));
        break;
    case ConversationEvent::Kind::Note:
        step.what = PersonFacts::tr("Note by %1").arg(actor);
        step.words = snippetOf(event.text, kWords);
        break;
    }
    return {event.at, step};
}

} // namespace

std::vector<Fact> personFacts(const ConversationView &view, const Here &here)
{
    std::vector<Fact> facts;
    const Author &person = view.row.person;
    qsizetype wrote = 0;
    qsizetype answered = 0;
    const ItemView *first = nullptr;
    const ItemView *last = nullptr;
    QStringList languages;
    for (const ItemView &item : view.items) {
        if (item.item.direction == Direction::Outgoing)
            ++answered;
        if (!isTheirs(item, person))
            continue;
        ++wrote;
        first = first ? first : &item;
        last = &item;
        const QString language = languageName(item.item.language);
        if (!language.isEmpty() && !languages.contains(language))
            languages.append(language);
    }
    if (view.row.stars)
        facts.push_back({PersonFacts::tr("Rating"), {}, view.row.stars});
    if (first && !view.olderItems)
        facts.push_back({PersonFacts::tr("First"), momentText(first->item.createdAt, here), {}});
    if (last && (last != first || view.olderItems))
        facts.push_back({PersonFacts::tr("Latest"), momentText(last->item.createdAt, here), {}});
    if (!view.olderItems) {
        facts.push_back({PersonFacts::tr("Wrote"), timesText(wrote), {}});
        facts.push_back(
            {PersonFacts::tr("Answered"), answered == 0 ? PersonFacts::tr("not yet") : timesText(answered), {}});
    }
    if (!languages.isEmpty())
        facts.push_back({PersonFacts::tr("Language"), languages.join(u", "_s), {}});
    return facts;
}

std::vector<TimelineStep> timelineSteps(const ConversationView &view, const Here &here, int limit)
{
    std::vector<Step> steps;
    for (const ItemView &item : view.items)
        steps.push_back(itemStep(item, view.row, here));
    for (const ConversationEvent &event : view.events)
        steps.push_back(eventStep(event, here));
    std::ranges::stable_sort(steps, std::ranges::greater(), &Step::at);
    std::vector<TimelineStep> newest;
    for (const Step &step : steps) {
        if (std::ssize(newest) == limit)
            break;
        newest.push_back(step.step);
    }
    return newest;
}

std::vector<TimelineStep> caseSteps(const Case &matter, const Here &here, int limit)
{
    std::vector<TimelineStep> newest;
    for (auto said = matter.story.rbegin(); said != matter.story.rend() && std::ssize(newest) < limit; ++said) {
        TimelineStep step;
        step.theirs = said->direction == Direction::Incoming;
        const QString where = network(said->network).name;
        step.what = step.theirs
                        ? PersonFacts::tr("%1 on %2").arg(isolated(displayText(said->author.displayName())), where)
                        : PersonFacts::tr("Our answer on %1").arg(where);
        step.when = momentText(said->at, here);
        step.words =
            said->text.isEmpty() ? PersonFacts::tr("Sealed") : snippetOf(newWords(said->text, said->network), kWords);
        newest.push_back(step);
    }
    return newest;
}

} // namespace indelible::ui
