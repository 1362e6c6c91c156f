// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_output.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

QJsonValue timeOrNull(std::optional<Instant> instant)
{
    return instant ? QJsonValue(toRfc3339(*instant)) : QJsonValue();
}

QJsonObject authorJson(const Author &author)
{
    return {{u"id"_s, author.remoteId}, {u"handle"_s, author.handle}, {u"name"_s, author.name}};
}

QString eventWord(ConversationEvent::Kind kind)
{
    switch (kind) {
    case ConversationEvent::Kind::CaseOpened:
        return u"case-opened"_s;
    case ConversationEvent::Kind::MarkedDone:
        return u"marked-done"_s;
    case ConversationEvent::Kind::Reopened:
        return u"reopened"_s;
    case ConversationEvent::Kind::Assigned:
        return u"assigned"_s;
    case ConversationEvent::Kind::Note:
        return u"note"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

QJsonObject toJson(const Account &account)
{
    return {{u"id"_s, account.id.toString()},
            {u"channel"_s, account.channel},
            {u"network"_s, account.network},
            {u"remote_id"_s, account.remoteId},
            {u"handle"_s, account.handle},
            {u"name"_s, account.name},
            {u"server"_s, account.server.toString()},
            {u"state"_s, toString(account.state)},
            {u"state_detail"_s, account.stateDetail},
            {u"retry_at"_s, timeOrNull(account.retryAt)},
            {u"failed_rounds"_s, account.failed.count},
            {u"failing_since"_s, account.failed.count > 0 ? timeOrNull(account.failed.since) : QJsonValue()},
            {u"waiting_answers"_s, account.waitingAnswers},
            {u"last_good_fetch"_s, timeOrNull(account.lastGoodFetch)},
            {u"follows_storage_rule"_s, account.followsStorageRule}};
}

QJsonObject toJson(const ConversationRow &row)
{
    return {{u"id"_s, row.id.toString()},
            {u"account"_s, row.account.toString()},
            {u"network"_s, row.network},
            {u"thread"_s, row.threadId},
            {u"person"_s, authorJson(row.person)},
            {u"kind"_s, toString(row.kind)},
            {u"audience"_s, toString(row.audience)},
            {u"stars"_s, row.stars ? QJsonValue(*row.stars) : QJsonValue()},
            {u"turn"_s, toString(row.turn)},
            {u"unread"_s, row.unread},
            {u"edited"_s, row.edited},
            {u"gone"_s, row.gone},
            {u"items"_s, row.itemCount},
            {u"snippet"_s, row.snippet},
            {u"last_at"_s, toRfc3339(row.lastAt)},
            {u"due_at"_s, timeOrNull(row.dueAt)},
            {u"owner"_s, row.owner},
            {u"case"_s, row.caseNumber ? QJsonValue(row.caseNumber->toString()) : QJsonValue()},
            {u"answer"_s, row.outbox ? QJsonValue(toString(*row.outbox)) : QJsonValue()}};
}

QJsonObject toJson(const ItemView &view)
{
    QJsonArray revisions;
    for (const Revision &revision : view.revisions)
        revisions.append(QJsonObject{{u"text"_s, revision.text},
                                     {u"seen_at"_s, toRfc3339(revision.seenAt)},
                                     {u"entry"_s, QString::number(revision.entry)}});
    QJsonArray media;
    for (const Media &one : view.item.media)
        media.append(
            QJsonObject{{u"kind"_s, one.kind}, {u"description"_s, one.description}, {u"address"_s, one.address}});
    QJsonObject object{{u"id"_s, view.id.toString()},
                       {u"remote_id"_s, view.item.remoteId},
                       {u"parent"_s, view.item.parentId},
                       {u"kind"_s, toString(view.item.kind)},
                       {u"direction"_s, toString(view.item.direction)},
                       {u"audience"_s, toString(view.item.audience)},
                       {u"author"_s, authorJson(view.item.author)},
                       {u"text"_s, view.item.text},
                       {u"language"_s, view.item.language},
                       {u"url"_s, view.item.url},
                       {u"media"_s, media},
                       {u"stars"_s, view.item.stars ? QJsonValue(*view.item.stars) : QJsonValue()},
                       {u"created_at"_s, toRfc3339(view.item.createdAt)},
                       {u"received_at"_s, toRfc3339(view.receivedAt)},
                       {u"revisions"_s, revisions},
                       {u"gone_at"_s, timeOrNull(view.goneAt)},
                       {u"sealed_at"_s, timeOrNull(view.sealedAt)},
                       {u"sent_by"_s, view.sentBy},
                       {u"looks_like"_s, view.looksLike ? QJsonValue(view.looksLike->handle) : QJsonValue()},
                       {u"entry"_s, QString::number(view.entry)}};
    object.insert(u"gone"_s, !view.gone                                          ? QJsonValue()
                             : *view.gone == RemoteGone::Reason::DeletedByAuthor ? QJsonValue(u"deleted-by-author"_s)
                                                                                 : QJsonValue(u"hidden-by-network"_s));
    return object;
}

QJsonObject toJson(const ConversationEvent &event)
{
    return {{u"event"_s, eventWord(event.kind)},
            {u"at"_s, toRfc3339(event.at)},
            {u"actor"_s, event.actor},
            {u"text"_s, event.text},
            {u"sealed_at"_s, timeOrNull(event.sealedAt)},
            {u"case"_s, event.caseNumber ? QJsonValue(event.caseNumber->toString()) : QJsonValue()},
            {u"entry"_s, QString::number(event.entry)}};
}

QJsonObject toJson(const OutboxView &answer)
{
    return {{u"id"_s, answer.id.toString()},
            {u"conversation"_s, answer.conversation.toString()},
            {u"state"_s, toString(answer.state)},
            {u"audience"_s, toString(answer.audience)},
            {u"text"_s, answer.text},
            {u"created_at"_s, toRfc3339(answer.createdAt)},
            {u"not_before"_s, timeOrNull(answer.notBefore)},
            {u"detail"_s, answer.detail},
            {u"attempts"_s, answer.attempts}};
}

QJsonObject toJson(const Case &value)
{
    QJsonArray conversations;
    for (const ConversationId id : value.conversations)
        conversations.append(id.toString());
    QJsonArray notes;
    for (const CaseNote &note : value.notes)
        notes.append(QJsonObject{{u"at"_s, toRfc3339(note.at)},
                                 {u"actor"_s, note.actor},
                                 {u"text"_s, note.text},
                                 {u"entry"_s, QString::number(note.entry)}});
    QJsonArray story;
    for (const CaseStep &step : value.story)
        story.append(QJsonObject{{u"conversation"_s, step.conversation.toString()},
                                 {u"network"_s, step.network},
                                 {u"direction"_s, toString(step.direction)},
                                 {u"author"_s, step.author.displayName()},
                                 {u"at"_s, toRfc3339(step.at)},
                                 {u"text"_s, step.text}});
    return {{u"number"_s, value.id.toString()},
            {u"title"_s, value.title},
            {u"status"_s, toString(value.status)},
            {u"owner"_s, value.owner},
            {u"person"_s, value.person},
            {u"opened_at"_s, toRfc3339(value.openedAt)},
            {u"changed_at"_s, toRfc3339(value.changedAt)},
            {u"conversations"_s, conversations},
            {u"story"_s, story},
            {u"notes"_s, notes}};
}

} // namespace indelible::cli
