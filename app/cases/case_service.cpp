// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cases/case_service.h"

#include "app/base/random.h"
#include "app/base/when_done.h"
#include "app/record/item_body.h"
#include "app/record/log.h"
#include "app/store/case_table.h"
#include "app/store/conversation_table.h"
#include "app/store/database.h"
#include "app/store/inbox_reader.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace indelible::cases {

namespace {

constexpr int kMostSteps = 50;

Case readWhole(store::Connection &connection, CaseId id)
{
    Case value = store::requireCase(connection, id);
    value.conversations = store::conversationsOfCase(connection, id);
    for (store::StoredStep &stored : store::storyOfCase(connection, id, kMostSteps)) {
        if (!stored.body.isEmpty())
            stored.step.text = record::itemFromBody(stored.body).text;
        value.story.push_back(std::move(stored.step));
    }
    for (const store::StoredEvent &event : store::eventsOfCase(connection, id)) {
        if (event.kind == ConversationEvent::Kind::Note)
            value.notes.push_back({event.at, event.memberName,
                                   QJsonDocument::fromJson(event.body).object().value("text"_L1).toString(),
                                   event.entry});
    }
    return value;
}

void linkTo(store::Connection &connection, CaseId id, ConversationId conversation)
{
    const ConversationRow row = store::readRow(connection, conversation);
    if (row.caseNumber && *row.caseNumber != id)
        throw store::StoreException(
            ErrorKind::Conflict,
            u"This conversation already belongs to case %1. Nothing was changed."_s.arg(row.caseNumber->toString()));
    store::setCase(connection, conversation, id);
}

} // namespace

CaseService::CaseService(store::Database &database, const Clock &clock, quint32 member, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_clock(clock)
    , m_member(member)
{
}

QFuture<Result<CaseId>> CaseService::open(ConversationId conversation, QString title)
{
    auto written = m_database.write([this, conversation, title = title.trimmed()](store::Connection &connection) {
        if (title.isEmpty())
            throw store::StoreException(ErrorKind::Rejected, u"A case needs a title. Nothing was stored."_s);
        const ConversationRow row = store::readRow(connection, conversation);
        const store::NewCase made{randomBytes(record::kIdBytes), title, row.person.displayName(), m_clock.now()};
        const CaseId id = store::insertCase(connection, made);
        linkTo(connection, id, conversation);
        record::Log log(connection, m_clock);
        const QByteArray conversationSubject = store::requireConversation(connection, conversation).subject;
        const QJsonObject body{{u"case"_s, id.toString()},
                               {u"conversation"_s, QString::fromLatin1(conversationSubject.toHex())},
                               {u"person"_s, made.person},
                               {u"text"_s, title}};
        const qint64 entry = log.append({record::Kind::CaseOpen, made.subject, m_member, true, body});
        store::insertEvent(connection,
                           {conversation, id, ConversationEvent::Kind::CaseOpened, m_clock.now(), m_member, entry});
        return id;
    });
    return andThen(this, std::move(written), [this, conversation](Result<CaseId> id) {
        if (id)
            Q_EMIT changed({conversation});
        return id;
    });
}

/// A change of one case, announced to its conversations once it is stored.
template<typename Function>
auto CaseService::changeCase(CaseId id, Function function)
{
    auto written = m_database.write([id, function = std::move(function)](store::Connection &connection) {
        function(connection, store::requireCase(connection, id));
        return store::conversationsOfCase(connection, id);
    });
    return andThen(this, std::move(written), [this](Result<std::vector<ConversationId>> conversations) -> Result<void> {
        if (!conversations)
            return failure(conversations.error());
        Q_EMIT changed(QList<ConversationId>(conversations->begin(), conversations->end()));
        return {};
    });
}

QFuture<Result<void>> CaseService::link(CaseId id, ConversationId conversation)
{
    return changeCase(id, [this, conversation](store::Connection &connection, Case value) {
        linkTo(connection, value.id, conversation);
        record::Log log(connection, m_clock);
        const QByteArray subject = store::requireConversation(connection, conversation).subject;
        log.append({record::Kind::CaseState, store::caseSubject(connection, value.id), m_member, true,
                    QJsonObject{{u"linked"_s, QString::fromLatin1(subject.toHex())}}});
        value.changedAt = m_clock.now();
        store::updateCase(connection, value);
    });
}

QFuture<Result<void>> CaseService::change(CaseId id, CaseChange change)
{
    return changeCase(id, [this, change = std::move(change)](store::Connection &connection, Case value) {
        QJsonObject body;
        if (change.title && change.title->trimmed().isEmpty())
            throw store::StoreException(ErrorKind::Rejected, u"A case needs a title. Nothing was changed."_s);
        if (change.title && *change.title != value.title) {
            value.title = change.title->trimmed();
            body.insert("title"_L1, value.title);
        }
        if (change.status && *change.status != value.status) {
            value.status = *change.status;
            body.insert("status"_L1, toString(value.status));
        }
        if (change.owner && *change.owner != value.owner) {
            value.owner = *change.owner;
            body.insert("owner"_L1, value.owner);
        }
        if (body.isEmpty())
            return;
        value.changedAt = m_clock.now();
        store::updateCase(connection, value);
        record::Log log(connection, m_clock);
        log.append({record::Kind::CaseState, store::caseSubject(connection, value.id), m_member, true, body});
    });
}

QFuture<Result<void>> CaseService::addNote(CaseId id, QString text)
{
    return changeCase(id, [this, text = std::move(text)](store::Connection &connection, Case value) {
        if (text.trimmed().isEmpty())
            throw store::StoreException(ErrorKind::Rejected, u"A note needs words. Nothing was stored."_s);
        record::Log log(connection, m_clock);
        const qint64 entry = log.append({record::Kind::Note, store::caseSubject(connection, value.id), m_member, true,
                                         QJsonObject{{u"text"_s, text}}});
        store::insertEvent(connection, {{}, value.id, ConversationEvent::Kind::Note, m_clock.now(), m_member, entry});
        value.changedAt = m_clock.now();
        store::updateCase(connection, value);
    });
}

QFuture<Result<Case>> CaseService::get(CaseId id)
{
    return m_database.read([id](store::Connection &connection) { return readWhole(connection, id); });
}

QFuture<Result<std::vector<Case>>> CaseService::list()
{
    return m_database.read([](store::Connection &connection) {
        std::vector<Case> cases;
        for (const Case &value : store::readCases(connection))
            cases.push_back(readWhole(connection, value.id));
        return cases;
    });
}

} // namespace indelible::cases
