// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_send.h"

#include "app/channels/bluesky/bluesky_chat.h"
#include "app/channels/bluesky/bluesky_errors.h"
#include "app/channels/bluesky/bluesky_facets.h"
#include "app/channels/bluesky/bluesky_parser.h"
#include "app/channels/bluesky/bluesky_post.h"
#include "app/channels/bluesky/bluesky_sign_in.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

namespace {

/// The network's clock and ours may differ by this much.
constexpr std::chrono::minutes kClockSlack{2};

Author ourselves(const Session &session)
{
    return {session.did, session.handle, session.name};
}

/// Nothing has left yet: what fails for a while may be tried again without a person. A refusal stays one.
Error notSent(Error error)
{
    const bool refused = error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::NotFound ||
                         error.kind == ErrorKind::Rejected || error.kind == ErrorKind::Conflict;
    error.provablyNotProcessed = error.provablyNotProcessed || !refused;
    return error;
}

/// True where a mention may stay plain text; otherwise the answer waits rather than going out without its mention.
bool leavesMentionAsText(ErrorKind kind)
{
    return kind == ErrorKind::NotFound || kind == ErrorKind::Rejected || kind == ErrorKind::ServerTrouble ||
           kind == ErrorKind::InvalidReply || kind == ErrorKind::Forbidden;
}

QCoro::Task<Result<QHash<QString, QString>>> resolveMentions(QPointer<BlueskyClient> client, QString text)
{
    QHash<QString, QString> dids;
    for (const QString &handle : mentionedHandles(text)) {
        if (!client)
            co_return cancelled();
        Call call{net::Method::Get, u"com.atproto.identity.resolveHandle"_s};
        call.query.emplace_back(u"handle"_s, handle);
        auto answerTask = client->call(std::move(call));
        Result<QByteArray> answer = co_await answerTask;
        if (!answer && !leavesMentionAsText(answer.error().kind))
            co_return failure(notSent(answer.error()));
        const Result<QString> did = answer ? parseDid(*answer) : Result<QString>(failure(answer.error()));
        if (did)
            dids.insert(handle, *did);
    }
    co_return dids;
}

Call recordCall(const QString &did, const QByteArray &key)
{
    Call call{net::Method::Get, u"com.atproto.repo.getRecord"_s};
    call.query = {{u"repo"_s, did}, {u"collection"_s, u"app.bsky.feed.post"_s}, {u"rkey"_s, QString::fromLatin1(key)}};
    return call;
}

/// The record under our key; nothing = certainly none.
QCoro::Task<Result<std::optional<StoredRecord>>> recordOf(QPointer<BlueskyClient> client, QString did, QByteArray key)
{
    Call call = recordCall(did, key);
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer && answer.error().code == "RecordNotFound"_L1)
        co_return std::optional<StoredRecord>();
    if (!answer)
        co_return failure(answer.error());
    Result<StoredRecord> record = parseRecord(*answer);
    if (!record)
        co_return failure(record.error());
    co_return std::optional<StoredRecord>(*record);
}

/// Something stands under our key: this answer, from an attempt that was thought lost, or other content.
QCoro::Task<Result<Receipt>> compareWithStored(QPointer<BlueskyClient> client, Outgoing outgoing, Session session,
                                               Error conflict)
{
    auto recordTask = recordOf(client, session.did, outgoing.key);
    Result<std::optional<StoredRecord>> record = co_await recordTask;
    if (!record)
        co_return failure(record.error());
    if (!record->has_value() || !isSamePost((*record)->value, outgoing))
        co_return failure(conflict);
    co_return postReceipt(outgoing, postUri(session.did, outgoing.key), (*record)->cid, ourselves(session));
}

QCoro::Task<Result<Receipt>> sendPost(QPointer<BlueskyClient> client, Outgoing outgoing, Session session)
{
    auto didsTask = resolveMentions(client, outgoing.text);
    Result<QHash<QString, QString>> dids = co_await didsTask;
    if (!dids)
        co_return failure(dids.error());
    if (!client)
        co_return cancelled();
    Call call{net::Method::Post, u"com.atproto.repo.putRecord"_s};
    call.body = putBody(session.did, outgoing.key, makePost(outgoing, *dids));
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer && answer.error().kind == ErrorKind::Conflict && client) {
        auto last = compareWithStored(client, outgoing, session, answer.error());
        co_return co_await last;
    }
    if (!answer)
        co_return failure(answer.error());
    const QString expected = postUri(session.did, outgoing.key);
    co_return readReply(*answer, [&](const JsonReader &said) {
        if (said["uri"_L1].id() != expected)
            said["uri"_L1].fail(u"is not the address of what was sent"_s);
        return postReceipt(outgoing, expected, said["cid"_L1].id(), ourselves(session));
    });
}

Receipt messageReceipt(const Message &message, const Session &session)
{
    Receipt receipt;
    receipt.remoteId = chatItemId(message.convoId, message.id);
    receipt.url = chatWebAddress(message.convoId);
    receipt.reply = chatReply(message.convoId, message.senderDid);
    receipt.author = ourselves(session);
    return receipt;
}

QCoro::Task<Result<Availability>> availability(QPointer<BlueskyClient> client, QString did)
{
    Call call = chatCall(net::Method::Get, u"getConvoAvailability"_s, {{u"members"_s, did}});
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    co_return parseAvailability(*answer);
}

/// The conversation to send to, begun where there is none yet.
QCoro::Task<Result<QString>> convoFor(QPointer<BlueskyClient> client, QJsonObject reply)
{
    const QString known = reply.value("convoId"_L1).toString();
    if (!known.isEmpty())
        co_return known;
    const QString did = reply.value("did"_L1).toString();
    auto availableTask = availability(client, did);
    Result<Availability> available = co_await availableTask;
    if (!available)
        co_return failure(available.error());
    if (!available->canChat) {
        const QString sentence =
            u"The person takes no private messages from this account. Nothing was sent; answer in public instead."_s;
        co_return failure(ErrorKind::Forbidden, sentence);
    }
    if (!available->convoId.isEmpty())
        co_return available->convoId;
    if (!client)
        co_return cancelled();
    Call call = chatCall(net::Method::Get, u"getConvoForMembers"_s, {{u"members"_s, did}});
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    Result<Convo> convo = parseConvo(*answer);
    if (!convo)
        co_return failure(convo.error());
    co_return convo->id;
}

QCoro::Task<Result<Receipt>> sendMessage(QPointer<BlueskyClient> client, Outgoing outgoing, Session session)
{
    if (!allowsMessages(session)) {
        const QString sentence =
            u"Nothing was sent: this app password does not allow private messages. Make one that does in Bluesky's settings and sign in again."_s;
        co_return failure(ErrorKind::Forbidden, sentence);
    }
    auto didsTask = resolveMentions(client, outgoing.text);
    Result<QHash<QString, QString>> dids = co_await didsTask;
    if (!dids)
        co_return failure(dids.error());
    if (!client)
        co_return cancelled();
    auto convoIdTask = convoFor(client, outgoing.reply);
    Result<QString> convoId = co_await convoIdTask;
    if (!convoId)
        co_return failure(notSent(convoId.error()));
    if (!client)
        co_return cancelled();
    Call call = chatCall(net::Method::Post, u"sendMessage"_s, {});
    call.body = messageBody(*convoId, outgoing.text, *dids);
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    Result<Message> message = parseSentMessage(*answer, *convoId);
    if (!message)
        co_return failure(message.error());
    co_return messageReceipt(*message, session);
}

tl::unexpected<Error> cannotBeTold()
{
    return failure(
        ErrorKind::Forbidden,
        u"Whether this private message arrived cannot be told: it is not in the conversation, and may still be on its way. Look on Bluesky before sending it again."_s);
}

QCoro::Task<Result<QString>> existingConvo(QPointer<BlueskyClient> client, QJsonObject reply)
{
    const QString known = reply.value("convoId"_L1).toString();
    if (!known.isEmpty())
        co_return known;
    auto availableTask = availability(client, reply.value("did"_L1).toString());
    Result<Availability> available = co_await availableTask;
    if (!available)
        co_return failure(available.error());
    co_return available->convoId;
}

QCoro::Task<Result<std::optional<Receipt>>> findMessage(QPointer<BlueskyClient> client, Outgoing outgoing,
                                                        Session session)
{
    auto convoIdTask = existingConvo(client, outgoing.reply);
    Result<QString> convoId = co_await convoIdTask;
    if (!convoId)
        co_return failure(convoId.error());
    if (convoId->isEmpty())
        co_return cannotBeTold();
    const Instant earliest = outgoing.createdAt - kClockSlack;
    const auto isIt = [&](const Message &message) {
        return !message.deleted && message.senderDid == session.did && message.text == outgoing.text &&
               message.sentAt >= earliest && !outgoing.others.contains(chatItemId(*convoId, message.id));
    };
    QString page;
    for (bool more = true; more;) {
        if (!client)
            co_return cancelled();
        auto messagesTask = messagePage(client, *convoId, page);
        Result<MessagePage> messages = co_await messagesTask;
        if (!messages)
            co_return failure(messages.error());
        const auto found = std::find_if(messages->messages.begin(), messages->messages.end(), isIt);
        if (found != messages->messages.end())
            co_return std::optional<Receipt>(messageReceipt(*found, session));
        const bool older = !messages->messages.empty() && messages->messages.back().sentAt < earliest;
        more = !messages->next.isEmpty() && messages->next != page && !older;
        page = messages->next;
    }
    co_return cannotBeTold();
}

QCoro::Task<Result<std::optional<Receipt>>> findPost(QPointer<BlueskyClient> client, Outgoing outgoing, Session session)
{
    auto recordTask = recordOf(client, session.did, outgoing.key);
    Result<std::optional<StoredRecord>> record = co_await recordTask;
    if (!record)
        co_return failure(record.error());
    if (!record->has_value())
        co_return std::optional<Receipt>();
    Receipt receipt = postReceipt(outgoing, postUri(session.did, outgoing.key), (*record)->cid, ourselves(session));
    co_return std::optional<Receipt>(receipt);
}

} // namespace

QCoro::Task<Result<Receipt>> sendAnswer(QPointer<BlueskyClient> client, Outgoing outgoing)
{
    const Result<void> fine = checkOutgoing(outgoing);
    if (!fine)
        co_return failure(fine.error());
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(notSent(session.error()));
    if (!client)
        co_return cancelled();
    if (outgoing.audience == Audience::Private) {
        auto last = sendMessage(client, std::move(outgoing), *session);
        co_return co_await last;
    }
    auto last = sendPost(client, std::move(outgoing), *session);
    co_return co_await last;
}

QCoro::Task<Result<std::optional<Receipt>>> findAnswer(QPointer<BlueskyClient> client, Outgoing outgoing)
{
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    if (outgoing.audience == Audience::Private) {
        auto last = findMessage(client, std::move(outgoing), *session);
        co_return co_await last;
    }
    auto last = findPost(client, std::move(outgoing), *session);
    co_return co_await last;
}

} // namespace indelible::channels::bluesky
