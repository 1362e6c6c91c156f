// SPDX-License-Identifier: GPL-3.0-or-later
// The words of stored and printed states. They are part of the JSON output and of the record: never change one.
#include "app/domain/case.h"
#include "app/domain/conversation.h"

#include <array>

using namespace Qt::StringLiterals;

namespace indelible {

QString toString(Turn turn)
{
    switch (turn) {
    case Turn::NeedsReply:
        return u"needs-reply"_s;
    case Turn::Waiting:
        return u"waiting"_s;
    case Turn::Done:
        return u"done"_s;
    case Turn::Quiet:
        return u"quiet"_s;
    }
    Q_UNREACHABLE();
}

QString toString(View view)
{
    switch (view) {
    case View::NeedsReply:
        return u"needs-reply"_s;
    case View::DueSoon:
        return u"due-soon"_s;
    case View::Mine:
        return u"mine"_s;
    case View::NotYetOwned:
        return u"not-yet-owned"_s;
    case View::Waiting:
        return u"waiting"_s;
    case View::Done:
        return u"done"_s;
    case View::Everything:
        return u"everything"_s;
    }
    Q_UNREACHABLE();
}

std::optional<View> viewFrom(const QString &text)
{
    for (const View view : {View::NeedsReply, View::DueSoon, View::Mine, View::NotYetOwned, View::Waiting, View::Done,
                            View::Everything}) {
        if (toString(view) == text)
            return view;
    }
    return std::nullopt;
}

QString toString(OutboxState state)
{
    switch (state) {
    case OutboxState::Queued:
        return u"queued"_s;
    case OutboxState::Sending:
        return u"sending"_s;
    case OutboxState::Sent:
        return u"sent"_s;
    case OutboxState::Failed:
        return u"failed"_s;
    case OutboxState::Unknown:
        return u"unknown"_s;
    case OutboxState::Undone:
        return u"undone"_s;
    }
    Q_UNREACHABLE();
}

QString toString(CaseStatus status)
{
    switch (status) {
    case CaseStatus::Heard:
        return u"heard"_s;
    case CaseStatus::Owned:
        return u"owned"_s;
    case CaseStatus::Promised:
        return u"promised"_s;
    case CaseStatus::PutRight:
        return u"put-right"_s;
    case CaseStatus::Closed:
        return u"closed"_s;
    }
    Q_UNREACHABLE();
}

std::optional<CaseStatus> caseStatusFrom(const QString &text)
{
    for (const CaseStatus status :
         {CaseStatus::Heard, CaseStatus::Owned, CaseStatus::Promised, CaseStatus::PutRight, CaseStatus::Closed}) {
        if (toString(status) == text)
            return status;
    }
    return std::nullopt;
}

} // namespace indelible
