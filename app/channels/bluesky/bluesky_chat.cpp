// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_chat.h"

#include "app/channels/bluesky/bluesky_errors.h"
#include "app/channels/bluesky/bluesky_sign_in.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

namespace {

std::pair<QString, QString> fullPage()
{
    return {u"limit"_s, u"100"_s};
}

QString limitSentence(const Error &error)
{
    if (error.kind == ErrorKind::Forbidden)
        return messagesNotAllowed();
    const int status = error.httpStatus.value_or(0);
    if (status != 404 && status != 501 && status != 502)
        return u"Private messages are left out for now. %1"_s.arg(error.detail);
    return u"Private messages are left out: this account's server offers no message service at present (status %1). Everything else is read; messages will be asked for again."_s
        .arg(status);
}

QString joined(const QString &first, const QString &second)
{
    return first.isEmpty() ? second : first + u' ' + second;
}

void endRound(Position &position)
{
    position.part = Position::Part::Notifications;
    position.feedProblem.clear();
    position.messages.walk = {};
    position.messages.begun = false;
}

/// We are known better than the message service knows us.
void addOurselves(People &people, const Session &session)
{
    people.insert(session.did, Author{session.did, session.handle, session.name});
}

Batch batchOf(const std::vector<Message> &messages, const People &people, const QString &did)
{
    Batch batch;
    for (const Message &message : messages) {
        if (message.deleted)
            batch.gone.push_back({chatItemId(message.convoId, message.id), RemoteGone::Reason::DeletedByAuthor});
        else
            batch.items.push_back(itemOf(message, people, did));
    }
    return batch;
}

QCoro::Task<Result<Convo>> convoOf(QPointer<BlueskyClient> client, QString convoId)
{
    Call call = chatCall(net::Method::Get, u"getConvo"_s, {{u"convoId"_s, convoId}});
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    co_return parseConvo(*answer);
}

QCoro::Task<Result<LogPage>> logPage(QPointer<BlueskyClient> client, QString cursor)
{
    Call call = chatCall(net::Method::Get, u"getLog"_s, {});
    if (!cursor.isEmpty())
        call.query.emplace_back(u"cursor"_s, cursor);
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    co_return parseLog(*answer);
}

/// What one step brings and where it leaves off.
struct Step
{
    Batch batch;
    Position position;
};

QCoro::Task<Result<Step>> beginMessages(QPointer<BlueskyClient> client, Position position)
{
    const QString fromNow;
    auto logTask = logPage(client, fromNow);
    Result<LogPage> log = co_await logTask;
    if (!log)
        co_return failure(log.error());
    position.messages.begun = true;
    position.messages.listing = true;
    position.messages.log = log->next;
    position.messages.done.clear();
    position.messages.walk = {};
    Step step{{}, std::move(position)};
    co_return step;
}

QCoro::Task<Result<Step>> listConvos(QPointer<BlueskyClient> client, Position position)
{
    Call call = chatCall(net::Method::Get, u"listConvos"_s, {fullPage()});
    if (!position.messages.walk.page.isEmpty())
        call.query.emplace_back(u"cursor"_s, position.messages.walk.page);
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    Result<ConvoPage> page = parseConvos(*answer);
    if (!page)
        co_return failure(page.error());
    MessagesPosition &messages = position.messages;
    messages.pending.append(page->convoIds);
    messages.pending.removeDuplicates();
    if (!page->next.isEmpty()) {
        const Result<void> advanced = messages.walk.advance(page->next);
        if (!advanced)
            co_return failure(advanced.error());
    } else {
        messages.listing = false;
        messages.walk = {};
    }
    Step step{{}, std::move(position)};
    co_return step;
}

void finishConvo(MessagesPosition &messages)
{
    messages.done.append(messages.pending.takeFirst());
    messages.walk = {};
}

QCoro::Task<Result<Step>> readConvo(QPointer<BlueskyClient> client, Position position, Session session)
{
    MessagesPosition &messages = position.messages;
    const QString convoId = messages.pending.first();
    auto convoTask = convoOf(client, convoId);
    Result<Convo> convo = co_await convoTask;
    if (!client)
        co_return cancelled();
    if (!convo && convo.error().code == "InvalidConvo"_L1) {
        // Left since it was listed: there is nothing to read any more.
        finishConvo(messages);
        Step step{{}, std::move(position)};
        co_return step;
    }
    if (!convo)
        co_return failure(convo.error());
    auto pageTask = messagePage(client, convoId, messages.walk.page);
    Result<MessagePage> page = co_await pageTask;
    if (!page)
        co_return failure(page.error());
    People people = convo->members;
    people.insert(page->people);
    addOurselves(people, session);
    std::reverse(page->messages.begin(), page->messages.end());
    Step step{batchOf(page->messages, people, session.did), {}};
    if (page->next.isEmpty()) {
        finishConvo(messages);
    } else if (const Result<void> advanced = messages.walk.advance(page->next); !advanced) {
        co_return failure(advanced.error());
    }
    step.position = std::move(position);
    co_return step;
}

/// Members of the conversations whose senders a log page does not introduce.
QCoro::Task<Result<People>> peopleOf(QPointer<BlueskyClient> client, LogPage log, Session session)
{
    People people = log.people;
    addOurselves(people, session);
    QSet<QString> asked;
    for (const Message &message : log.messages) {
        if (message.deleted || people.contains(message.senderDid) || asked.contains(message.convoId))
            continue;
        if (!client)
            co_return cancelled();
        asked.insert(message.convoId);
        auto convoTask = convoOf(client, message.convoId);
        Result<Convo> convo = co_await convoTask;
        if (convo)
            people.insert(convo->members);
        else if (convo.error().code != "InvalidConvo"_L1)
            co_return failure(convo.error());
    }
    co_return people;
}

/// A conversation that moved up while the list was read may have been missed there: it is read as a whole.
void noteMissed(MessagesPosition &messages, const LogPage &log)
{
    if (messages.done.isEmpty())
        return;
    for (const Message &message : log.messages) {
        if (!messages.done.contains(message.convoId) && !messages.pending.contains(message.convoId))
            messages.pending.append(message.convoId);
    }
}

QCoro::Task<Result<Step>> readLog(QPointer<BlueskyClient> client, Position position, Session session)
{
    MessagesPosition &messages = position.messages;
    if (messages.log.isEmpty()) {
        // A service that names no resume point: every round reads all conversations again.
        endRound(position);
        Step step{{}, std::move(position)};
        co_return step;
    }
    auto logTask = logPage(client, messages.log);
    Result<LogPage> log = co_await logTask;
    if (!log)
        co_return failure(log.error());
    if (!client)
        co_return cancelled();
    auto peopleTask = peopleOf(client, *log, session);
    Result<People> people = co_await peopleTask;
    if (!people)
        co_return failure(people.error());
    Step step{batchOf(log->messages, *people, session.did), {}};
    noteMissed(messages, *log);
    const bool moved = !log->next.isEmpty() && log->next != messages.log;
    if (moved && !log->empty) {
        const Result<void> advanced = messages.walk.advance(log->next);
        if (!advanced)
            co_return failure(advanced.error());
    }
    if (moved)
        messages.log = log->next;
    if (!messages.pending.isEmpty()) {
        messages.walk = {};
    } else if (log->empty || !moved) {
        messages.done.clear();
        endRound(position);
    }
    step.position = std::move(position);
    co_return step;
}

QCoro::Task<Result<Step>> nextStep(QPointer<BlueskyClient> client, Position position, Session session)
{
    const MessagesPosition &messages = position.messages;
    if (messages.listing)
        return listConvos(client, std::move(position));
    if (!messages.pending.isEmpty())
        return readConvo(client, std::move(position), std::move(session));
    if (messages.log.isEmpty() && !messages.begun)
        return beginMessages(client, std::move(position));
    return readLog(client, std::move(position), std::move(session));
}

} // namespace

Call chatCall(net::Method method, const QString &name, std::vector<std::pair<QString, QString>> query)
{
    return Call{method, "chat.bsky.convo."_L1 + name, std::move(query), {}, true};
}

QCoro::Task<Result<MessagePage>> messagePage(QPointer<BlueskyClient> client, QString convoId, QString page)
{
    Call call = chatCall(net::Method::Get, u"getMessages"_s, {{u"convoId"_s, convoId}, fullPage()});
    if (!page.isEmpty())
        call.query.emplace_back(u"cursor"_s, page);
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    co_return parseMessages(*answer, convoId);
}

QCoro::Task<Result<Batch>> fetchMessages(QPointer<BlueskyClient> client, Position position)
{
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    const QString feedProblem = position.feedProblem;
    Batch batch;
    if (!allowsMessages(*session)) {
        batch.limited = joined(feedProblem, messagesNotAllowed());
        endRound(position);
        batch.cursor = writePosition(position);
        co_return batch;
    }
    auto stepTask = nextStep(client, position, *session);
    Result<Step> step = co_await stepTask;
    if (!step && !concernsPartOnly(step.error()))
        co_return failure(step.error());
    if (step) {
        batch = std::move(step->batch);
        batch.limited = feedProblem;
        position = std::move(step->position);
    } else {
        batch.limited = joined(feedProblem, limitSentence(step.error()));
        endRound(position);
    }
    batch.more = position.part == Position::Part::Messages;
    batch.cursor = writePosition(position);
    co_return batch;
}

QCoro::Task<Result<Batch>> chatContext(QPointer<BlueskyClient> client, ThreadRef thread)
{
    const QString convoId = convoOfThread(thread.threadId);
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    auto convoTask = convoOf(client, convoId);
    Result<Convo> convo = co_await convoTask;
    if (!convo)
        co_return failure(convo.error());
    std::vector<Message> messages;
    People people = convo->members;
    PageWalk walk;
    for (bool more = true; more;) {
        if (!client)
            co_return cancelled();
        auto pageTask = messagePage(client, convoId, walk.page);
        Result<MessagePage> page = co_await pageTask;
        if (!page)
            co_return failure(page.error());
        people.insert(page->people);
        messages.insert(messages.end(), std::make_move_iterator(page->messages.begin()),
                        std::make_move_iterator(page->messages.end()));
        more = !page->next.isEmpty();
        const Result<void> advanced = more ? walk.advance(page->next) : Result<void>();
        if (!advanced)
            co_return failure(advanced.error());
    }
    addOurselves(people, *session);
    std::reverse(messages.begin(), messages.end());
    co_return batchOf(messages, people, session->did);
}

} // namespace indelible::channels::bluesky
