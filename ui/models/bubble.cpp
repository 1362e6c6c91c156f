// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bubble.h"

#include "app/base/text.h"
#include "app/domain/quoted_text.h"
#include "ui/models/bubble_words.h"
#include "ui/models/person_words.h"

#include <QTextBoundaryFinder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kContextWords = 4;
constexpr qsizetype kChangesCompared = 20'000;
constexpr size_t kMostLinks = 200;
constexpr qsizetype kLettersWithLinks = 40'000;

/// The moment a bubble shows. What the author's side says may lie in the future; what we saw does not.
Instant shownMoment(const ItemView &item)
{
    return toMs(item.receivedAt) > 0 ? std::min(item.item.createdAt, item.receivedAt) : item.item.createdAt;
}

/// The first `letters` units of `text`, cut between two letters.
QString folded(const QString &text, qsizetype letters)
{
    if (text.size() <= letters)
        return text;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    finder.setPosition(letters);
    const qsizetype cut =
        finder.isAtBoundary() ? letters : std::max<qsizetype>(finder.toPreviousBoundary(), letters - 100);
    return text.left(cut) + QChar(0x2026);
}

/// Links of `source` moved to where their words stand in what is shown: displayText() drops marks from the left on, so
/// the shown length of what comes before is the new place. Bounded, because each link walks the text.
std::vector<BubbleLink> shownLinks(const QString &source, const std::vector<TextLink> &links, qsizetype shown)
{
    std::vector<BubbleLink> result;
    for (const TextLink &link : links) {
        if (result.size() == kMostLinks)
            break;
        const qsizetype sourceEnd = link.start + link.length;
        if (link.start < 0 || link.length <= 0 || sourceEnd > source.size() || sourceEnd > kLettersWithLinks)
            continue;
        const qsizetype start = displayText(source.left(link.start)).size();
        const qsizetype end = displayText(source.left(sourceEnd)).size();
        if (end > start && end <= shown)
            result.push_back({start, end - start, link.kind == TextLink::Kind::Web ? link.target : QString()});
    }
    return result;
}

QString withoutEnd(QString text)
{
    while (!text.isEmpty() && text.back().isSpace())
        text.chop(1);
    return text;
}

/// `quote` is where in `source` begins what is folded. True where there is more to be shown than the bubble has.
bool setText(Bubble &bubble, const QString &source, const std::vector<TextLink> &links, const BubbleState &state,
             qsizetype quote)
{
    bubble.fullText = displayText(source);
    const bool isQuoting = quote < source.size();
    const QString words = isQuoting ? displayText(source.left(quote)) : bubble.fullText;
    if (isQuoting && state.quoteShown)
        bubble.quoteStart = words.size();
    const QString shown = isQuoting && !state.quoteShown ? withoutEnd(words) : bubble.fullText;
    bubble.text = folded(shown, state.shownLetters);
    bubble.links = shownLinks(source, links, std::min(bubble.text.size(), shown.size()));
    return bubble.text != shown;
}

bool setText(Bubble &bubble, const QString &source, const BubbleState &state = {})
{
    return setText(bubble, source, {}, state, source.size());
}

void addShowMore(Bubble &bubble)
{
    bubble.footer.push_back({BubbleWords::tr("Show more"), {}, FooterPart::Style::Link, BubbleAction::ShowMore});
}

/// What was said, or that it was erased; gives whether there is more of it than is shown.
bool addWords(Bubble &bubble, const ItemView &item, const ConversationRow &row, const BubbleState &state,
              const Here &here)
{
    if (item.sealedAt) {
        bubble.gone = true; // said as quietly as what its author took away
        return setText(bubble,
                       BubbleWords::tr("Erased as the law requires on %1").arg(momentText(*item.sealedAt, here)));
    }
    const QString &text = item.item.text;
    const qsizetype quote = quoteStart(text, row.network);
    if (quote < text.size())
        bubble.lines.push_back(quoteLine(state.quoteShown));
    return setText(bubble, text, item.item.links, state, quote);
}

void addVersions(Bubble &bubble, const ItemView &item, const BubbleState &state, const Here &here)
{
    const auto &revisions = item.revisions;
    if (revisions.size() < 2)
        return;
    if (state.versionsShown) {
        const auto before = displayText(revisions[revisions.size() - 2].text).left(kChangesCompared);
        bubble.changes = shortened(wordDiff(before, bubble.fullText.left(kChangesCompared)), kContextWords);
    }
    bubble.footer.push_back(
        {editedText(momentText(revisions.back().seenAt, here), static_cast<int>(revisions.size()), state.versionsShown),
         u"history"_s, FooterPart::Style::Link, BubbleAction::ToggleVersions});
}

void addGone(Bubble &bubble, const ItemView &item, const Here &here)
{
    if (!item.gone)
        return;
    const QString when = item.goneAt ? momentText(*item.goneAt, here) : QString();
    bubble.footer.push_back({goneText(*item.gone, when), u"eye-off"_s, FooterPart::Style::Plain, BubbleAction::None});
}

void addOurs(Bubble &bubble, const ItemView &item, const Here &here)
{
    if (bubble.isPrivate)
        bubble.footer.push_back(
            {BubbleWords::tr("Private"), u"lock"_s, FooterPart::Style::Private, BubbleAction::None});
    QString time = momentText(bubble.at, here);
    if (!item.sentBy.isEmpty())
        time = BubbleWords::tr("%1 · sent by %2", "time, person").arg(time, isolated(displayText(item.sentBy)));
    bubble.footer.push_back({time, {}, FooterPart::Style::Plain, BubbleAction::None});
    bubble.footer.push_back({{}, u"check-check"_s, FooterPart::Style::Plain, BubbleAction::None});
    if (item.entry > 0)
        bubble.footer.push_back(
            {BubbleWords::tr("№ %1", "number of a record entry").arg(here.locale.toString(item.entry)), u"stamp"_s,
             FooterPart::Style::Plain, BubbleAction::OpenEntry});
}

void addTheirs(Bubble &bubble, const ItemView &item, const ConversationRow &row, const Here &here)
{
    bubble.avatarSeed = item.item.author.remoteId;
    if (item.looksLike) {
        BubbleLine warning;
        warning.text = lookAlikeText(*item.looksLike);
        warning.iconName = u"shield-alert"_s;
        warning.isWarning = true;
        bubble.lines.insert(bubble.lines.begin(), std::move(warning));
    }
    const bool bystander = item.item.author.remoteId != row.person.remoteId;
    if (item.item.kind == ItemKind::Review) {
        bubble.stars = item.item.stars;
        bubble.heading = bystander ? bubble.author : BubbleWords::tr("Review");
    } else if (bystander) {
        bubble.heading = bubble.author;
    }
    QString time = clockText(bubble.at, here);
    if (const QString language = foreignLanguage(item.item.language, here.locale); !language.isEmpty())
        time += u" · "_s + language;
    bubble.footer.push_back({time, {}, FooterPart::Style::Plain, BubbleAction::None});
}

QString accessible(const Bubble &bubble, const ItemView &item, const Here &here)
{
    QStringList parts{bubble.kind == Bubble::Kind::Ours ? BubbleWords::tr("You") : isolated(bubble.author),
                      momentText(bubble.at, here)};
    if (bubble.kind == Bubble::Kind::Ours && !item.sentBy.isEmpty())
        parts.append(BubbleWords::tr("sent by %1").arg(isolated(displayText(item.sentBy))));
    if (item.looksLike)
        parts.append(lookAlikeText(*item.looksLike));
    if (bubble.isPrivate)
        parts.append(BubbleWords::tr("private"));
    if (bubble.stars)
        parts.append(BubbleWords::tr("review, %1 of 5 stars").arg(*bubble.stars));
    if (const auto versions = static_cast<int>(item.revisions.size()); versions > 1)
        parts.append(editedSpoken(versions - 1));
    if (item.gone)
        parts.append(goneText(*item.gone, item.goneAt ? momentText(*item.goneAt, here) : QString()));
    const bool quotes = std::ranges::any_of(
        bubble.lines, [](const BubbleLine &line) { return line.action == BubbleAction::ToggleQuote; });
    if (quotes && bubble.quoteStart < 0)
        parts.append(BubbleWords::tr("quoted text folded"));
    QString text =
        BubbleWords::tr("%1: %2", "who and when, what they said").arg(parts.join(", "_L1), isolated(bubble.text));
    for (const BubbleLine &line : bubble.lines) {
        if (!line.isWarning && (line.action == BubbleAction::None || line.action == BubbleAction::OpenLink))
            text += u' ' + line.text + u'.';
    }
    if (!bubble.changes.empty())
        text += u' ' + BubbleWords::tr("Earlier version: %1")
                           .arg(isolated(displayText(item.revisions[item.revisions.size() - 2].text)));
    return text;
}

} // namespace

Bubble itemBubble(const ItemView &item, const ConversationRow &row, const BubbleState &state, const Here &here,
                  bool savesFiles)
{
    Bubble bubble;
    bubble.item = item.id;
    const bool ours = item.item.direction == Direction::Outgoing;
    bubble.kind = ours ? Bubble::Kind::Ours : Bubble::Kind::Theirs;
    bubble.key = u'i' + item.id.toString();
    bubble.at = shownMoment(item);
    bubble.isPrivate = item.item.audience == Audience::Private;
    bubble.gone = item.gone.has_value();
    bubble.entry = item.entry;
    bubble.author = snippetOf(item.item.author.displayName(), 80);
    const bool hasMore = addWords(bubble, item, row, state, here);
    addMedia(bubble, item.item.media, savesFiles && !item.gone);
    if (ours)
        addOurs(bubble, item, here);
    else
        addTheirs(bubble, item, row, here);
    addVersions(bubble, item, state, here);
    addGone(bubble, item, here);
    if (hasMore)
        addShowMore(bubble);
    bubble.accessibleText = accessible(bubble, item, here);
    return bubble;
}

Bubble outboxBubble(const OutboxView &answer, const BubbleState &state, const Here &here)
{
    Bubble bubble;
    bubble.kind = Bubble::Kind::Outgoing;
    bubble.key = u'o' + answer.id.toString();
    bubble.at = answer.createdAt;
    bubble.isPrivate = answer.audience == Audience::Private;
    bubble.failed = answer.state == OutboxState::Failed || answer.state == OutboxState::Unknown;
    bubble.author = answer.author;
    bubble.outbox = answer.id;
    const bool hasMore = setText(bubble, answer.text, state);
    if (bubble.isPrivate)
        bubble.footer.push_back(
            {BubbleWords::tr("Private"), u"lock"_s, FooterPart::Style::Private, BubbleAction::None});
    const QString said = addOutboxFooter(bubble, answer, here);
    if (hasMore)
        addShowMore(bubble);
    bubble.accessibleText = BubbleWords::tr("Your answer, %1: %2", "state, text").arg(said, isolated(bubble.text));
    return bubble;
}

Bubble eventBubble(const ConversationEvent &event, const Here &here)
{
    Bubble bubble;
    bubble.key = u'e' + QString::number(event.entry);
    bubble.at = event.at;
    bubble.entry = event.entry;
    bubble.author = displayText(event.actor);
    if (event.kind == ConversationEvent::Kind::Note) {
        bubble.kind = Bubble::Kind::Note;
        bubble.heading = BubbleWords::tr("%1, note to the team").arg(isolated(bubble.author));
        bubble.headingIcon = u"sticky-note"_s;
        setText(bubble, event.sealedAt
                            ? BubbleWords::tr("Erased as the law requires on %1").arg(momentText(*event.sealedAt, here))
                            : event.text);
        bubble.accessibleText = BubbleWords::tr("%1, %2: %3", "who, when, note")
                                    .arg(bubble.heading, momentText(event.at, here), isolated(bubble.text));
        return bubble;
    }
    bubble.kind = Bubble::Kind::Event;
    bubble.text = eventText(event);
    bubble.fullText = bubble.text;
    bubble.headingIcon = eventIcon(event.kind);
    bubble.accessibleText =
        BubbleWords::tr("%1, %2", "what happened, when").arg(bubble.text, momentText(event.at, here));
    return bubble;
}

Bubble dayBubble(Instant at, const Here &here)
{
    Bubble bubble;
    bubble.kind = Bubble::Kind::Day;
    bubble.key = u'd' + here.local(at).date().toString(u"yyyyMMdd"_s);
    bubble.at = at;
    bubble.text = dayTitle(at, here);
    bubble.fullText = bubble.text;
    bubble.accessibleText = bubble.text;
    return bubble;
}

} // namespace indelible::ui
