// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/thread_card.h"

#include "app/base/text.h"
#include "app/domain/network.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr qsizetype kNameGraphemes = 80;
constexpr qsizetype kSnippetGraphemes = 300;

struct CardWords
{
    Q_DECLARE_TR_FUNCTIONS(indelible::ui::CardWords)
};

QString kindText(ItemKind kind)
{
    switch (kind) {
    case ItemKind::Mention:
        return CardWords::tr("Mention");
    case ItemKind::Review:
        return CardWords::tr("Review");
    case ItemKind::Comment:
        return CardWords::tr("Comment");
    case ItemKind::Message:
        return CardWords::tr("Message");
    }
    Q_UNREACHABLE();
}

QString spokenKind(ItemKind kind, const QString &networkName)
{
    switch (kind) {
    case ItemKind::Mention:
        return CardWords::tr("%1 mention", "network").arg(networkName);
    case ItemKind::Review:
        return CardWords::tr("%1 review", "network").arg(networkName);
    case ItemKind::Comment:
        return CardWords::tr("%1 comment", "network").arg(networkName);
    case ItemKind::Message:
        return CardWords::tr("%1 message", "network").arg(networkName);
    }
    Q_UNREACHABLE();
}

/// The state of an answer on its way matters more than the goal it is meant to meet.
std::optional<Countdown> outboxCountdown(std::optional<OutboxState> state)
{
    if (!state)
        return std::nullopt;
    switch (*state) {
    case OutboxState::Queued:
        return Countdown{CardWords::tr("Queued"), Urgency::Calm, CardWords::tr("An answer waits to be sent.")};
    case OutboxState::Sending:
        return Countdown{CardWords::tr("Sending"), Urgency::Calm, CardWords::tr("An answer is being sent.")};
    case OutboxState::Failed:
        return Countdown{CardWords::tr("Not sent"), Urgency::Late, CardWords::tr("An answer was not sent.")};
    case OutboxState::Unknown:
        return Countdown{CardWords::tr("Sent or not?"), Urgency::Soon,
                         CardWords::tr("It is not clear whether an answer was sent.")};
    case OutboxState::Sent:
    case OutboxState::Undone:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

QString pillIcon(const ConversationRow &row, Urgency urgency)
{
    if (row.outbox == OutboxState::Failed || row.outbox == OutboxState::Unknown)
        return u"circle-alert"_s;
    if (row.outbox == OutboxState::Queued || row.outbox == OutboxState::Sending)
        return u"timer"_s;
    return urgency == Urgency::Late ? u"alarm-clock"_s : u"clock"_s;
}

QString sentence(const QString &text)
{
    const bool ends = text.endsWith(u'.') || text.endsWith(u'!') || text.endsWith(u'?') || text.endsWith(QChar(0x2026));
    return ends ? text : text + u'.';
}

QString cardSentences(const ThreadCard &card, const Here &here)
{
    const ConversationRow &row = card.row;
    QStringList what{isolated(card.name), spokenKind(row.kind, network(row.network).name)};
    if (row.stars)
        what.append(CardWords::tr("%1 of 5 stars").arg(*row.stars));
    what.append(row.audience == Audience::Public ? CardWords::tr("public") : CardWords::tr("private"));

    QStringList all;
    if (row.unread)
        all.append(CardWords::tr("Unread."));
    all.append(sentence(what.join(", "_L1)));
    if (!card.snippet.isEmpty())
        all.append((row.snippetIsDraft ? CardWords::tr("Draft:") + u' ' : QString()) +
                   isolated(sentence(card.snippet)));
    all.append(sentence(spokenAge(row.lastAt, here)));
    if (row.edited)
        all.append(CardWords::tr("Edited, earlier version kept."));
    if (row.gone)
        all.append(CardWords::tr("Something was deleted there and is kept here."));
    if (row.caseNumber)
        all.append(CardWords::tr("Case %1.").arg(row.caseNumber->value()));
    if (!card.countdown.spoken.isEmpty())
        all.append(card.countdown.spoken);
    return all.join(u' ');
}

} // namespace

ThreadCard threadCard(const ConversationRow &row, const Here &here, quint64 stamp)
{
    ThreadCard card;
    card.row = row;
    card.stamp = stamp;
    card.name = snippetOf(row.person.displayName(), kNameGraphemes);
    if (card.name.isEmpty())
        card.name = CardWords::tr("Somebody");
    card.snippet = snippetOf(row.snippet, kSnippetGraphemes);
    card.kind = kindText(row.kind);
    card.age = ageText(row.lastAt, here);
    card.countdown = outboxCountdown(row.outbox).value_or(countdown(row.dueAt, row.lastAt, here.now));
    card.countdownIcon = pillIcon(row, card.countdown.urgency);
    card.accessibleText = cardSentences(card, here);
    return card;
}

} // namespace indelible::ui
