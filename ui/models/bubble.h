// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "ui/models/time_words.h"
#include "ui/models/word_diff.h"

#include <QMetaType>

#include <memory>

namespace indelible::ui {

/// What a click in the footer or the text of a bubble does.
enum class BubbleAction {
    None,
    ToggleVersions, ///< unfold or fold the earlier version
    ToggleQuote,    ///< unfold or fold what a mail quotes below
    ShowMore,       ///< the next 20,000 letters of a long text
    OpenEntry,      ///< show the record entry
    OpenLink,       ///< a web link of the text
    SaveAttachment, ///< fetch a file that is on the network only
    UndoSend,
    SendNow,
    SendAgain,
    GiveUp,
};

/// A stretch of the shown text that is painted as a link. Positions are in Bubble::text.
struct BubbleLink
{
    qsizetype start = 0;
    qsizetype length = 0;
    QString address; ///< web links only; persons and tags are coloured but not clickable
    friend bool operator==(const BubbleLink &, const BubbleLink &) = default;
};

/// A line below the text: the way to what is quoted; a picture, film, file or linked page that came with it, in words.
/// Nothing is loaded.
struct BubbleLine
{
    QString text; ///< "Picture: a cake with a broken base"
    QString iconName;
    BubbleAction action = BubbleAction::None;
    QString menuText = {};  ///< what a menu says, which has no lines beside it
    QString address;        ///< of a link
    int attachment = -1;    ///< of SaveAttachment: its place in RemoteItem::media
    bool isBesides = false; ///< stands behind the line before it, where there is room
    bool isWarning = false; ///< to be seen before anything is answered or opened
    friend bool operator==(const BubbleLine &, const BubbleLine &) = default;
};

/// One piece of the footer line, in reading order.
struct FooterPart
{
    enum class Style { Plain, Danger, Private, Link };
    QString text;
    QString iconName;
    Style style = Style::Plain;
    BubbleAction action = BubbleAction::None;
    friend bool operator==(const FooterPart &, const FooterPart &) = default;
};

/// One line of a conversation in words: what the bubble delegate paints. Made by the model; every text is safe to
/// paint.
struct Bubble
{
    enum class Kind { Day, Theirs, Ours, Outgoing, Note, Event };
    Kind kind = Kind::Theirs;
    QString key;       ///< the same for the same thing: "i12", "o3", "e18195", "d20261013"
    quint64 stamp = 0; ///< another number whenever anything shown changed; key of layout caches
    Instant at;
    bool isPrivate = false;
    bool gone = false;   ///< no longer on the network; kept here
    bool failed = false; ///< not sent, or not clear whether it was
    QString avatarSeed;  ///< their messages only
    QString author;
    QString heading; ///< "Review", "Tomasz, note to the team", a bystander's name
    QString headingIcon;
    std::optional<int> stars;
    QString text;              ///< folded to `shownLetters`, and without what is quoted below unless that is shown
    qsizetype quoteStart = -1; ///< where in `text` that begins; -1 = it is not in there
    std::vector<BubbleLink> links;
    std::vector<BubbleLine> lines;
    std::vector<DiffPart> changes; ///< unfolded versions only
    std::vector<FooterPart> footer;
    qint64 entry = 0;
    ItemId item; ///< invalid where it is none
    OutboxId outbox;
    QString accessibleText; ///< "Rosalind, 9:58, edited once, earlier version kept: …"
    QString fullText;       ///< for the reading editor: all of it, safe to paint

    friend bool operator==(const Bubble &, const Bubble &) = default;
};

/// What a person unfolded in one bubble.
struct BubbleState
{
    bool versionsShown = false;
    bool quoteShown = false;
    qsizetype shownLetters = 20'000;
};

/// `savesFiles` = the account hands out the files of its items.
[[nodiscard]] Bubble itemBubble(const ItemView &item, const ConversationRow &row, const BubbleState &state,
                                const Here &here, bool savesFiles = false);
[[nodiscard]] Bubble outboxBubble(const OutboxView &answer, const BubbleState &state, const Here &here);
[[nodiscard]] Bubble eventBubble(const ConversationEvent &event, const Here &here);
[[nodiscard]] Bubble dayBubble(Instant at, const Here &here);

} // namespace indelible::ui

Q_DECLARE_METATYPE(std::shared_ptr<const indelible::ui::Bubble>)
