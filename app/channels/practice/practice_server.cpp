// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/practice/practice_server.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <variant>

using namespace Qt::StringLiterals;

namespace indelible::channels::practice {

namespace {

/// Something that happens on the network: an item in its new form, or an item's end.
struct Event
{
    QString id; ///< as the journal names it
    Instant at;
    const WorldConversation *conversation = nullptr;
    std::variant<RemoteItem, RemoteGone> what;
};

QString idOfAnswer(const Answer &answer)
{
    return u"answer-"_s + QString::fromLatin1(answer.key.toHex());
}

RemoteItem itemOf(const World &world, const WorldConversation &conversation, const Answer &answer)
{
    RemoteItem item;
    item.remoteId = idOfAnswer(answer);
    item.version = u"1"_s;
    item.threadId = conversation.id;
    item.parentId = answer.parent;
    item.kind = conversation.kind;
    item.direction = Direction::Outgoing;
    item.audience = conversation.audience;
    item.author = ourselves(world, conversation.network);
    item.text = answer.text;
    item.createdAt = answer.at;
    return item;
}

void addItemEvents(std::vector<Event> &events, const State &state, const WorldConversation &conversation,
                   const WorldItem &source)
{
    RemoteItem item = source.item;
    item.createdAt = state.epoch + source.at;
    events.push_back({u"item/%1"_s.arg(item.remoteId), item.createdAt, &conversation, item});
    int version = 1;
    for (const WorldEdit &edit : source.edits) {
        item.version = QString::number(++version);
        item.text = edit.text;
        item.stars = edit.stars;
        item.links.clear();
        events.push_back(
            {u"edit/%1/%2"_s.arg(item.remoteId, item.version), state.epoch + edit.at, &conversation, item});
    }
    if (source.gone)
        events.push_back({u"gone/%1"_s.arg(item.remoteId), state.epoch + source.gone->at, &conversation,
                          RemoteGone{item.remoteId, source.gone->reason}});
}

/// What the person does about an answer; nothing where this program's world no longer knows the reaction.
std::optional<Event> reactionEvent(const WorldConversation &conversation, const Answer &answer)
{
    if (answer.reaction < 0 || static_cast<size_t>(answer.reaction) >= conversation.reactions.size())
        return std::nullopt;
    const WorldReaction &reaction = conversation.reactions[static_cast<size_t>(answer.reaction)];
    const QString id = u"reaction-to-"_s + idOfAnswer(answer);
    RemoteItem item;
    if (reaction.edits.isEmpty()) {
        item.remoteId = id;
        item.version = u"1"_s;
        item.threadId = conversation.id;
        item.parentId = idOfAnswer(answer);
        item.kind = conversation.kind;
        item.audience = conversation.audience;
        item.author = reaction.author;
        item.language = conversation.language;
        item.createdAt = answer.reactionAt;
    } else {
        const auto edited = std::find_if(conversation.items.begin(), conversation.items.end(),
                                         [&](const WorldItem &known) { return known.item.remoteId == reaction.edits; });
        if (edited == conversation.items.end())
            return std::nullopt;
        item = edited->item;
        item.version = id;
        item.links.clear();
    }
    item.text = reaction.text;
    item.stars = reaction.stars;
    return Event{id, answer.reactionAt, &conversation, std::move(item)};
}

/// Everything that has been or will be, as far as it is known now, in the order of its moments.
std::vector<Event> eventsOf(const World &world, const State &state)
{
    std::vector<Event> events;
    for (const WorldConversation &conversation : world.conversations) {
        for (const WorldItem &item : conversation.items)
            addItemEvents(events, state, conversation, item);
    }
    QHash<QString, Instant> created;
    for (const Event &event : events) {
        if (const auto *item = std::get_if<RemoteItem>(&event.what))
            created.insert(item->remoteId, item->createdAt);
    }
    for (const Answer &sent : state.answers) {
        const WorldConversation *conversation = world.conversation(sent.conversation);
        if (!conversation)
            continue;
        events.push_back({idOfAnswer(sent), sent.at, conversation, itemOf(world, *conversation, sent)});
        if (auto reaction = reactionEvent(*conversation, sent)) {
            auto &item = std::get<RemoteItem>(reaction->what);
            item.createdAt = created.value(item.remoteId, item.createdAt); // a changed item keeps its first moment
            events.push_back(*std::move(reaction));
        }
    }
    std::stable_sort(events.begin(), events.end(), [](const Event &a, const Event &b) { return a.at < b.at; });
    return events;
}

/// What the network has shown, in the journal's order. An event that this program's world does not know (the file comes
/// from another version) keeps its place and shows nothing.
std::vector<std::optional<Event>> shownEvents(const World &world, const State &state)
{
    QHash<QString, Event> known;
    for (Event &event : eventsOf(world, state))
        known.insert(event.id, event);
    std::vector<std::optional<Event>> shown;
    for (const QString &id : state.journal) {
        const auto event = known.constFind(id);
        shown.push_back(event != known.constEnd() ? std::optional<Event>(*event) : std::nullopt);
    }
    return shown;
}

/// A conversation as it stands at the end of the journal.
struct ThreadNow
{
    std::vector<RemoteItem> items; ///< newest versions, gone ones left out
    std::vector<RemoteGone> gone;
    bool answered = false; ///< we have spoken, and whom we answered has neither written nor changed anything since
};

ThreadNow threadNow(const World &world, const State &state, const WorldConversation &conversation)
{
    ThreadNow now;
    const QString person = conversation.items.front().item.author.remoteId;
    for (const auto &event : shownEvents(world, state)) {
        if (!event || event->conversation != &conversation)
            continue;
        const QString id = std::visit([](const auto &what) { return what.remoteId; }, event->what);
        const auto known = std::find_if(now.items.begin(), now.items.end(),
                                        [&id](const RemoteItem &item) { return item.remoteId == id; });
        if (const auto *gone = std::get_if<RemoteGone>(&event->what)) {
            now.gone.push_back(*gone);
            if (known != now.items.end())
                now.items.erase(known);
            continue;
        }
        const auto &item = std::get<RemoteItem>(event->what);
        if (known != now.items.end())
            *known = item;
        else
            now.items.push_back(item);
        if (item.direction == Direction::Outgoing)
            now.answered = true;
        else if (item.author.remoteId == person)
            now.answered = false;
    }
    return now;
}

/// The conversation, where it belongs to this network and has begun.
const WorldConversation *begunConversation(const World &world, const State &state, const QString &network,
                                           const QString &id)
{
    const WorldConversation *conversation = world.conversation(id);
    if (!conversation || conversation->network != network)
        return nullptr;
    const QString first = u"item/%1"_s.arg(conversation->items.front().item.remoteId);
    return state.journal.contains(first) ? conversation : nullptr;
}

Cursor cursorAt(const State &state, qsizetype position)
{
    return QByteArray::number(toMs(state.epoch)) + ':' + QByteArray::number(position);
}

qsizetype positionOf(const State &state, const Cursor &cursor)
{
    const QList<QByteArray> parts = cursor.split(':');
    if (parts.size() != 2 || parts.first() != QByteArray::number(toMs(state.epoch)))
        return 0;
    bool ok = false;
    const qsizetype position = parts.last().toLongLong(&ok);
    return ok && position >= 0 && position <= state.journal.size() ? position : 0;
}

Receipt receiptFor(const World &world, const WorldConversation &conversation, const Answer &sent)
{
    const RemoteItem item = itemOf(world, conversation, sent);
    return {item.remoteId, item.version, item.url, item.reply, item.author};
}

tl::unexpected<Error> refused(ErrorKind kind, QString detail)
{
    Error error;
    error.kind = kind;
    error.detail = std::move(detail);
    error.provablyNotProcessed = true;
    return failure(std::move(error));
}

Result<void> checkAnswer(const World &world, const State &state, const WorldConversation &conversation,
                         const Outgoing &outgoing)
{
    if (outgoing.audience != conversation.audience)
        return refused(ErrorKind::Rejected,
                       u"This conversation is %1, so the answer has to be; the text is kept."_s.arg(
                           toString(conversation.audience)));
    if (outgoing.text.trimmed().isEmpty())
        return refused(ErrorKind::Rejected, u"An empty answer cannot be sent."_s);
    const Capabilities capabilities = capabilitiesOn(conversation.network);
    if (!fits(capabilities.limit(conversation.audience), outgoing.text))
        return refused(ErrorKind::Rejected,
                       u"The answer is longer than the network takes; shorten it and send it again."_s);
    const ThreadNow now = threadNow(world, state, conversation);
    const auto isParent = [&outgoing](const auto &candidate) { return candidate.remoteId == outgoing.parentId; };
    if (std::any_of(now.gone.begin(), now.gone.end(), isParent))
        return refused(ErrorKind::NotFound,
                       u"What you answer has been deleted since; the answer was not sent and its text is kept."_s);
    if (std::none_of(now.items.begin(), now.items.end(), isParent))
        return refused(ErrorKind::NotFound,
                       u"What you answer is not in this conversation; the answer was not sent and its text is kept."_s);
    if (capabilities.oneReplyPerReview && now.answered)
        return refused(
            ErrorKind::Conflict,
            u"This review has its one answer already; nothing was sent and the text is kept until the reviewer writes again."_s);
    return {};
}

} // namespace

Capabilities capabilitiesOn(const QString &network)
{
    Capabilities can;
    can.findsSent = true;
    can.publicReply = network != "telegram"_L1 && network != "email"_L1;
    can.privateReply = network != "google-reviews"_L1;
    if (network == "google-reviews"_L1) {
        can.oneReplyPerReview = true;
        can.publicLimit = {4096, TextUnit::Utf8Bytes, 0};
    } else if (network == "bluesky"_L1) {
        can.publicLimit = {300, TextUnit::Graphemes, 3000};
        can.privateLimit = {1000, TextUnit::Graphemes, 10000};
    } else if (network == "mastodon"_L1) {
        can.publicLimit = {500, TextUnit::CodePoints, 0};
        can.privateLimit = can.publicLimit;
    } else if (network == "instagram"_L1) {
        can.publicLimit = {2200, TextUnit::CodePoints, 0};
        can.privateLimit = {1000, TextUnit::Utf8Bytes, 0};
    } else if (network == "facebook"_L1) {
        can.publicLimit = {8000, TextUnit::CodePoints, 0};
        can.privateLimit = {2000, TextUnit::CodePoints, 0};
    } else if (network == "telegram"_L1) {
        can.privateLimit = {4096, TextUnit::Utf16Units, 0};
    }
    return can;
}

bool advance(const World &world, State &state, Instant now)
{
    const qsizetype before = state.journal.size();
    const QSet<QString> shown(state.journal.begin(), state.journal.end());
    for (const Event &event : eventsOf(world, state)) {
        if (event.at <= now && !shown.contains(event.id))
            state.journal.append(event.id);
    }
    return state.journal.size() > before;
}

Batch page(const World &world, const State &state, const QString &network, const Cursor &cursor, int limit)
{
    const auto shown = shownEvents(world, state);
    Batch batch;
    qsizetype position = positionOf(state, cursor);
    for (int taken = 0; position < state.journal.size(); ++position) {
        const auto &event = shown[static_cast<size_t>(position)];
        if (!event || event->conversation->network != network)
            continue;
        if (taken == limit) {
            batch.more = true;
            break;
        }
        ++taken;
        if (const auto *item = std::get_if<RemoteItem>(&event->what))
            batch.items.push_back(*item);
        else
            batch.gone.push_back(std::get<RemoteGone>(event->what));
    }
    batch.cursor = cursorAt(state, position);
    return batch;
}

Result<Batch> thread(const World &world, const State &state, const QString &network, const ThreadRef &ref)
{
    const WorldConversation *conversation = begunConversation(world, state, network, ref.threadId);
    if (!conversation)
        return failure(ErrorKind::NotFound, u"The practice network has no conversation '%1'."_s.arg(ref.threadId));
    ThreadNow now = threadNow(world, state, *conversation);
    Batch batch;
    batch.items = std::move(now.items);
    std::copy_if(now.gone.begin(), now.gone.end(), std::back_inserter(batch.gone),
                 [&ref](const RemoteGone &gone) { return ref.knownItems.contains(gone.remoteId); });
    return batch;
}

Result<Receipt> answer(const World &world, State &state, const QString &network, const Outgoing &outgoing, Instant now)
{
    if (outgoing.key.isEmpty())
        return refused(ErrorKind::Rejected, u"An answer needs a key, so that it cannot go out twice."_s);
    const WorldConversation *conversation = begunConversation(world, state, network, outgoing.threadId);
    if (!conversation)
        return refused(ErrorKind::NotFound, u"The practice network has no conversation '%1'."_s.arg(outgoing.threadId));
    const auto earlier = std::find_if(state.answers.begin(), state.answers.end(),
                                      [&outgoing](const Answer &sent) { return sent.key == outgoing.key; });
    if (earlier != state.answers.end()) {
        if (earlier->conversation != outgoing.threadId || earlier->parent != outgoing.parentId ||
            earlier->text != outgoing.text)
            return refused(ErrorKind::Conflict,
                           u"Another answer has been sent under this key; this one was not sent."_s);
        return receiptFor(world, *conversation, *earlier);
    }
    INDELIBLE_TRY(checkAnswer(world, state, *conversation, outgoing));
    Answer sent{outgoing.key, outgoing.threadId, outgoing.parentId, outgoing.text, now, -1, {}};
    const auto before = std::count_if(state.answers.begin(), state.answers.end(),
                                      [&](const Answer &other) { return other.conversation == sent.conversation; });
    if (static_cast<size_t>(before) < conversation->reactions.size()) {
        sent.reaction = static_cast<int>(before);
        sent.reactionAt = now + conversation->reactions[static_cast<size_t>(before)].after;
    }
    state.journal.append(idOfAnswer(sent));
    state.answers.push_back(sent);
    return receiptFor(world, *conversation, sent);
}

std::optional<Receipt> findAnswer(const World &world, const State &state, const QString &network, const QByteArray &key)
{
    const auto sent = std::find_if(state.answers.begin(), state.answers.end(),
                                   [&key](const Answer &candidate) { return candidate.key == key; });
    if (sent == state.answers.end())
        return std::nullopt;
    const WorldConversation *conversation = world.conversation(sent->conversation);
    if (!conversation || conversation->network != network)
        return std::nullopt;
    return receiptFor(world, *conversation, *sent);
}

} // namespace indelible::channels::practice
