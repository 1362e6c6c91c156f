// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/seal/holds.h"

#include "app/record/log.h"
#include "app/store/case_table.h"
#include "app/store/conversation_table.h"
#include "app/store/seal_table.h"

#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::seal {

namespace {

QByteArray subjectOf(store::Connection &connection, const HoldTarget &target)
{
    if (const ConversationId *id = std::get_if<ConversationId>(&target))
        return store::requireConversation(connection, *id).subject;
    const CaseId id = std::get<CaseId>(target);
    return store::caseSubject(connection, store::requireCase(connection, id).id);
}

std::optional<HoldTarget> targetOf(store::Connection &connection, const QByteArray &subject)
{
    if (const std::optional<CaseId> id = store::findCase(connection, subject))
        return *id;
    if (const std::optional<ConversationId> id = store::conversationOfSubject(connection, subject))
        return *id;
    return std::nullopt;
}

} // namespace

qint64 placeHold(store::Connection &connection, const Clock &clock, quint32 member, const HoldTarget &target,
                 const QString &reason, QDate review)
{
    const QByteArray subject = subjectOf(connection, target);
    if (reason.trimmed().isEmpty())
        throw store::StoreException(ErrorKind::Rejected, u"A hold needs a reason. Nothing was stored."_s);
    if (!review.isValid() || review <= toDateTime(clock.now()).date())
        throw store::StoreException(
            ErrorKind::Rejected, u"A hold needs a day to come on which it is looked at again. Nothing was stored."_s);
    store::HoldRow row{0, subject, reason.trimmed(), review.toString(Qt::ISODate), false};
    record::Log log(connection, clock);
    row.entry = log.append({record::Kind::Hold, subject, member, true,
                            QJsonObject{{u"reason"_s, row.reason}, {u"review"_s, row.review}, {u"state"_s, u"on"_s}}});
    store::insertHold(connection, row);
    return row.entry;
}

void releaseHold(store::Connection &connection, const Clock &clock, quint32 member, qint64 hold)
{
    const std::vector<store::HoldRow> holds = store::readHolds(connection);
    const auto found =
        std::ranges::find_if(holds, [hold](const store::HoldRow &row) { return row.entry == hold && !row.released; });
    if (found == holds.end())
        throw store::StoreException(
            ErrorKind::NotFound,
            u"There is no hold %1. Nothing was changed; 'indelible record hold list' shows them."_s.arg(hold));
    record::Log log(connection, clock);
    const qint64 entry = log.append(
        {record::Kind::Hold, found->subject, member, true, QJsonObject{{u"hold"_s, hold}, {u"state"_s, u"off"_s}}});
    store::insertRelease(connection, entry, hold);
}

std::vector<Hold> holdsNow(store::Connection &connection)
{
    std::vector<Hold> holds;
    for (const store::HoldRow &row : store::readHolds(connection)) {
        const std::optional<HoldTarget> target = row.released ? std::nullopt : targetOf(connection, row.subject);
        if (target)
            holds.push_back({row.entry, *target, row.reason, QDate::fromString(row.review, Qt::ISODate)});
    }
    return holds;
}

QStringList holdsOn(store::Connection &connection, const HoldTarget &target)
{
    QStringList sentences;
    for (const Hold &hold : holdsNow(connection)) {
        if (hold.target != target)
            continue;
        const CaseId *caseId = std::get_if<CaseId>(&hold.target);
        const QString what = caseId ? u"Case %1"_s.arg(caseId->toString())
                                    : u"Conversation %1"_s.arg(std::get<ConversationId>(hold.target).toString());
        sentences.append(u"%1 is on hold (%2) until it is looked at again on %3: %4."_s.arg(
            what, QString::number(hold.entry), hold.review.toString(Qt::ISODate), hold.reason));
    }
    return sentences;
}

} // namespace indelible::seal
