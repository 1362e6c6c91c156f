// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/composer_logic.h"

#include "app/base/text.h"
#include "app/domain/network.h"

#include <QCoreApplication>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <vector>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

struct ComposerWords
{
    Q_DECLARE_TR_FUNCTIONS(Composer)
};

/// End of the longest beginning of `text` that fits, never inside a character as people see it.
qsizetype fittingEnd(const TextLimit &limit, const QString &text)
{
    std::vector<qsizetype> ends{0};
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    while (finder.toNextBoundary() > 0)
        ends.push_back(finder.position());
    const auto over = std::ranges::partition_point(ends, [&](qsizetype end) { return fits(limit, text.left(end)); });
    return over == ends.begin() ? 0 : *std::prev(over);
}

/// What they wrote was deleted or hidden, all of it: nothing is left that an answer could be given to.
bool isAllGone(const ConversationView &view)
{
    const auto isTheirs = [](const ItemView &item) { return item.item.direction == Direction::Incoming; };
    const auto isShown = [&](const ItemView &item) { return isTheirs(item) && !item.gone; };
    return !view.olderItems && std::ranges::any_of(view.items, isTheirs) && std::ranges::none_of(view.items, isShown);
}

} // namespace

Meter meter(const TextLimit &limit, const QString &text)
{
    Meter result{lengthIn(limit, text), limit.maximum, false, text.size()};
    if (limit.maximum == 0)
        return result;
    result.over = !fits(limit, text);
    if (result.over)
        result.fitsUntil = fittingEnd(limit, text);
    if (limit.maximumBytes > 0) {
        const qsizetype bytes = lengthIn(TextUnit::Utf8Bytes, text);
        if (bytes * limit.maximum > result.used * limit.maximumBytes && bytes * 10 > limit.maximumBytes * 9) {
            result.used = bytes;
            result.maximum = limit.maximumBytes;
        }
    }
    return result;
}

bool ComposerTarget::allows(WriteAs as) const
{
    switch (as) {
    case WriteAs::Public:
        return audience == Audience::Public && capabilities.publicReply;
    case WriteAs::Private:
        return audience == Audience::Private ? capabilities.privateReply : capabilities.startPrivate;
    case WriteAs::Note:
        return true;
    }
    Q_UNREACHABLE();
}

WriteAs ComposerTarget::usual() const
{
    const WriteAs own = audience == Audience::Public ? WriteAs::Public : WriteAs::Private;
    return allows(own) && answerOff.isEmpty() ? own : WriteAs::Note;
}

TextLimit ComposerTarget::limit(WriteAs as) const
{
    switch (as) {
    case WriteAs::Public:
        return capabilities.publicLimit;
    case WriteAs::Private:
        return capabilities.privateLimit;
    case WriteAs::Note:
        return {};
    }
    Q_UNREACHABLE();
}

ComposerTarget composerTarget(const ConversationView &view, const Account &account, const Capabilities &capabilities)
{
    ComposerTarget target;
    target.conversation = view.row.id;
    target.personName = displayText(view.row.person.displayName());
    target.network = view.row.network;
    target.accountName = displayText(view.row.accountName);
    target.audience = view.row.audience;
    target.capabilities = capabilities;
    const QString name = network(view.row.network).name;
    const bool answered = std::ranges::any_of(
        view.items, [](const ItemView &item) { return item.item.direction == Direction::Outgoing; });
    if (account.state == AccountState::Disconnected)
        target.answerOff = ComposerWords::tr("This account is disconnected. Connect it again to answer.");
    else if (capabilities.isReadOnly())
        target.answerOff = ComposerWords::tr("%1 takes no answers here. Answer on the page itself.").arg(name);
    else if (capabilities.oneReplyPerReview && view.row.kind == ItemKind::Review && (answered || !view.outbox.empty()))
        target.answerOff = ComposerWords::tr("%1 takes one answer to a review, and it has been given.").arg(name);
    else if (isAllGone(view))
        target.answerOff = ComposerWords::tr("What you would answer here is gone. Your draft is kept.");
    return target;
}

WriteAs writeAsOf(const Draft &draft, const ComposerTarget &target)
{
    if (draft.text.isEmpty())
        return target.usual();
    const WriteAs wanted = draft.note                            ? WriteAs::Note
                           : draft.audience == Audience::Private ? WriteAs::Private
                                                                 : WriteAs::Public;
    return target.allows(wanted) ? wanted : target.usual();
}

Draft draftOf(const QString &text, WriteAs as)
{
    return {text, as == WriteAs::Private ? Audience::Private : Audience::Public, as == WriteAs::Note};
}

std::optional<OutboxView> pendingAnswer(const ConversationView &view)
{
    const auto newest =
        std::ranges::find(view.outbox.rbegin(), view.outbox.rend(), OutboxState::Queued, &OutboxView::state);
    return newest == view.outbox.rend() ? std::nullopt : std::optional(*newest);
}

int secondsLeft(const OutboxView &answer, Instant now)
{
    if (!answer.notBefore || *answer.notBefore <= now)
        return 0;
    return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(*answer.notBefore - now).count());
}

QString pendingText(const OutboxView &answer, Instant now)
{
    const int left = secondsLeft(answer, now);
    if (left == 0)
        return ComposerWords::tr("Waiting to be sent");
    return (answer.audience == Audience::Private ? ComposerWords::tr("Sending privately in %1 s")
                                                 : ComposerWords::tr("Sending in %1 s"))
        .arg(left);
}

} // namespace indelible::ui
