// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/record_line.h"

#include "app/base/text.h"
#include "app/domain/case.h"
#include "app/domain/item.h"
#include "ui/context/case_words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace indelible::ui {

using record::EntryView;
using record::Kind;

namespace {

struct RecordWords
{
    Q_DECLARE_TR_FUNCTIONS(indelible::ui::RecordWords)
};

QString word(const EntryView &entry, QLatin1StringView key)
{
    return displayText(entry.body.value(key).toString());
}

EntryWords itemSeen(const EntryView &entry)
{
    if (directionFrom(entry.body.value("direction"_L1).toString()) == Direction::Outgoing)
        return {RecordWords::tr("Post of ours fetched"), u"send"_s};
    const bool isPrivate = audienceFrom(entry.body.value("audience"_L1).toString()) == Audience::Private;
    switch (itemKindFrom(entry.body.value("kind"_L1).toString()).value_or(ItemKind::Message)) {
    case ItemKind::Review:
        return {RecordWords::tr("Review received"), u"star"_s};
    case ItemKind::Mention:
        return {RecordWords::tr("Mention received"), u"at-sign"_s};
    case ItemKind::Comment:
        return {RecordWords::tr("Comment received"), u"message-square"_s};
    case ItemKind::Message:
        break;
    }
    return {isPrivate ? RecordWords::tr("Private message received") : RecordWords::tr("Message received"), u"mail"_s};
}

EntryWords itemGone(const EntryView &entry)
{
    const QString reason = word(entry, "reason"_L1);
    if (reason == "shown-again"_L1)
        return {RecordWords::tr("Shown again by the network"), u"eye"_s};
    if (reason == "hidden-by-network"_L1)
        return {RecordWords::tr("Hidden by the network, kept"), u"eye-off"_s, true};
    return {RecordWords::tr("Deleted by author, kept"), u"eye-off"_s, true};
}

EntryWords caseState(const EntryView &entry)
{
    if (const std::optional<CaseStatus> status = caseStatusFrom(entry.body.value("status"_L1).toString()))
        return {RecordWords::tr("Case is now: %1").arg(caseStatusText(*status)), u"clipboard-list"_s};
    if (entry.body.contains("owner"_L1))
        return {RecordWords::tr("Case given to %1").arg(isolated(word(entry, "owner"_L1))), u"user-round-check"_s};
    if (entry.body.contains("title"_L1))
        return {RecordWords::tr("Case renamed"), u"clipboard-list"_s};
    return {RecordWords::tr("Conversation added to the case"), u"link-2"_s};
}

EntryWords replyIntent(const EntryView &entry)
{
    return audienceFrom(entry.body.value("audience"_L1).toString()) == Audience::Private
               ? EntryWords{RecordWords::tr("Private reply written"), u"lock"_s}
               : EntryWords{RecordWords::tr("Public reply written"), u"reply"_s};
}

EntryWords replyResult(const EntryView &entry)
{
    const QString outcome = word(entry, "outcome"_L1);
    if (outcome == "sent"_L1)
        return {RecordWords::tr("Reply sent"), u"globe"_s};
    if (outcome == "undone"_L1 || outcome == "left"_L1)
        return {RecordWords::tr("Reply taken back before it went out"), u"undo-2"_s};
    if (outcome == "send-again"_L1)
        return {RecordWords::tr("Reply to be sent again"), u"refresh-cw"_s};
    if (outcome == "failed"_L1)
        return {RecordWords::tr("Reply refused by the network"), u"circle-alert"_s, true};
    if (outcome == "unknown"_L1)
        return {RecordWords::tr("Not known whether the reply went out"), u"circle-help"_s, true};
    return {RecordWords::tr("Reply waits"), u"clock"_s};
}

EntryWords accountChange(const EntryView &entry)
{
    const QString state = word(entry, "state"_L1);
    if (state == "connected"_L1)
        return {RecordWords::tr("Account connected"), u"plug"_s};
    if (state == "paused"_L1)
        return {RecordWords::tr("Account paused"), u"pause"_s};
    if (state == "disconnected"_L1)
        return {RecordWords::tr("Account disconnected"), u"plug"_s};
    return {RecordWords::tr("Account resumed"), u"plug"_s};
}

EntryWords exported(const EntryView &entry)
{
    return {RecordWords::tr("Exported: %1").arg(word(entry, "what"_L1)), u"archive"_s};
}

EntryWords assigned(const EntryView &entry)
{
    const QString owner = word(entry, "text"_L1);
    return {owner.isEmpty() ? RecordWords::tr("Given to nobody") : RecordWords::tr("Given to %1").arg(isolated(owner)),
            u"user-round-check"_s};
}

EntryWords conversationState(const EntryView &entry)
{
    return word(entry, "state"_L1) == "done"_L1 ? EntryWords{RecordWords::tr("Marked done"), u"check"_s}
                                                : EntryWords{RecordWords::tr("Opened again"), u"undo-2"_s};
}

EntryWords retention(const EntryView &entry)
{
    if (!entry.body.contains("follows"_L1))
        return {RecordWords::tr("Time of keeping changed"), u"hourglass"_s};
    return entry.body.value("follows"_L1).toBool()
               ? EntryWords{RecordWords::tr("What authors delete is erased from now on"), u"hourglass"_s, true}
               : EntryWords{RecordWords::tr("What authors delete is kept from now on"), u"hourglass"_s};
}

EntryWords coverage(const EntryView &entry)
{
    const QString place = isolated(word(entry, "place"_L1));
    if (entry.body.value("looked"_L1).toBool())
        return {RecordWords::tr("Looked at by hand: %1").arg(place), u"eye"_s};
    if (word(entry, "care"_L1) == "by hand"_L1)
        return {RecordWords::tr("To be looked at by hand: %1").arg(place), u"eye"_s};
    return {RecordWords::tr("Not watched: %1").arg(place), u"eye-off"_s};
}

QString aboutText(const EntryView &entry)
{
    QString name = displayText(entry.about.name);
    if (entry.about.caseId)
        return RecordWords::tr("Case #%1 %2").arg(entry.about.caseId->toString(), isolated(name));
    return name;
}

/// Fetched or sent by the program, as against what else it does by itself.
bool isSync(Kind kind)
{
    return kind == Kind::ItemSeen || kind == Kind::ItemEdit || kind == Kind::ItemGone || kind == Kind::ReplyAttempt ||
           kind == Kind::ReplyResult;
}

QString whoText(const EntryView &entry)
{
    if (!entry.member.isEmpty())
        return displayText(entry.member);
    return isSync(static_cast<Kind>(entry.entry.kind)) ? RecordWords::tr("Sync") : RecordWords::tr("Indelible");
}

} // namespace

EntryWords entryWords(const EntryView &entry)
{
    switch (static_cast<Kind>(entry.entry.kind)) {
    case Kind::Genesis:
        return {RecordWords::tr("The record begins"), u"stamp"_s};
    case Kind::ItemSeen:
        return itemSeen(entry);
    case Kind::ItemEdit:
        return {RecordWords::tr("Edited by author, both kept"), u"history"_s, true};
    case Kind::ItemGone:
        return itemGone(entry);
    case Kind::CaseOpen:
        return {RecordWords::tr("Case opened"), u"clipboard-list"_s};
    case Kind::CaseState:
        return caseState(entry);
    case Kind::Assign:
        return assigned(entry);
    case Kind::Note:
        return {RecordWords::tr("Note added"), u"sticky-note"_s};
    case Kind::ReplyIntent:
        return replyIntent(entry);
    case Kind::ReplyAttempt:
        return {RecordWords::tr("Reply handed to the network"), u"send"_s};
    case Kind::ReplyResult:
        return replyResult(entry);
    case Kind::Export:
        return exported(entry);
    case Kind::Erase:
        return {RecordWords::tr("Erased as a law requires"), u"lock"_s, true};
    case Kind::Hold:
        return {RecordWords::tr("Kept from being erased"), u"lock"_s};
    case Kind::Anchor:
        return {RecordWords::tr("Signature kept elsewhere"), u"stamp"_s};
    case Kind::KeyChange:
        return {RecordWords::tr("Key that signs the record"), u"key-round"_s};
    case Kind::Restore:
        return {RecordWords::tr("Backup restored"), u"history"_s, true};
    case Kind::Clock:
        return {RecordWords::tr("The computer's clock was changed"), u"clock"_s, true};
    case Kind::Account:
        return accountChange(entry);
    case Kind::Verify:
        return {RecordWords::tr("Record verified"), u"shield-check"_s};
    case Kind::Retention:
        return retention(entry);
    case Kind::Migrate:
        return {RecordWords::tr("Workspace brought to a newer version"), u"archive"_s};
    case Kind::ConversationState:
        return conversationState(entry);
    case Kind::Coverage:
        return coverage(entry);
    }
    return {RecordWords::tr("Something this version does not know (%1)").arg(entry.entry.kind), u"circle-help"_s};
}

QString shortHash(const QByteArray &hash, int groups)
{
    const QString hex = QString::fromLatin1(hash.toHex());
    QStringList parts;
    for (int i = 0; i < groups; ++i)
        parts.append(hex.mid(i * 4, 4));
    return parts.join(u' ');
}

QString fullMoment(Instant instant, const Here &here)
{
    const QDateTime local = here.local(instant);
    return here.locale.toString(local.date(), u"ddd d MMMM yyyy"_s) + u", "_s +
           here.locale.toString(local.time(), u"HH:mm:ss"_s);
}

RecordLine recordLine(const EntryView &entry, const Here &here)
{
    const EntryWords words = entryWords(entry);
    const Instant at = fromMs(static_cast<qint64>(entry.entry.timeMs));
    RecordLine line;
    line.idx = entry.idx;
    line.number = here.locale.toString(entry.idx);
    line.time = momentText(at, here);
    line.whoSeed = entry.member;
    line.who = whoText(entry);
    line.whoIcon = isSync(static_cast<Kind>(entry.entry.kind)) ? u"refresh-cw"_s : u"stamp"_s;
    line.what = words.what;
    line.whatIcon = words.icon;
    line.isNotable = words.isNotable;
    line.about = aboutText(entry);
    line.network = entry.about.network;
    line.seal = shortHash(entry.seal, 2);
    line.accessibleText =
        RecordWords::tr("Entry %1, %2. %3: %4.").arg(line.number, line.time, isolated(line.who), line.what);
    if (!line.about.isEmpty())
        line.accessibleText += u' ' + RecordWords::tr("About %1.").arg(isolated(line.about));
    return line;
}

RecordLine missingLine(qint64 idx, const Here &here)
{
    RecordLine line;
    line.idx = idx;
    line.number = here.locale.toString(idx);
    line.whoIcon = u"circle-help"_s;
    line.what = RecordWords::tr("This entry is missing or cannot be read");
    line.whatIcon = u"triangle-alert"_s;
    line.isNotable = true;
    line.accessibleText = RecordWords::tr("Entry %1. %2.").arg(line.number, line.what);
    return line;
}

} // namespace indelible::ui
