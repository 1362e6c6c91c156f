// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/domain/ids.h"
#include "app/domain/item.h"

#include <QString>

#include <optional>
#include <vector>

namespace indelible {

/// Where a case stands. Moving back is allowed and recorded. Stored; the values never change.
enum class CaseStatus { Heard = 1, Owned = 2, Promised = 3, PutRight = 4, Closed = 5 };

[[nodiscard]] QString toString(CaseStatus status); ///< "heard", "owned", "promised", "put-right", "closed"
[[nodiscard]] std::optional<CaseStatus> caseStatusFrom(const QString &text);

struct CaseNote
{
    Instant at;
    QString actor;
    QString text;
    qint64 entry = 0;
};

/// Something said in one of the conversations of a case.
struct CaseStep
{
    ConversationId conversation;
    QString network; ///< Network::id
    Direction direction = Direction::Incoming;
    Author author;
    Instant at;
    QString text; ///< as it is now; empty where it was sealed
};

/// A numbered matter of one person over any number of conversations.
struct Case
{
    CaseId id; ///< the number; never used twice
    QString title;
    CaseStatus status = CaseStatus::Heard;
    QString owner;  ///< team member; empty = nobody
    QString person; ///< who it is about, as shown when it was opened
    Instant openedAt;
    Instant changedAt;
    std::vector<ConversationId> conversations;
    std::vector<CaseNote> notes;
    std::vector<CaseStep> story; ///< of all its conversations, whatever the network: the newest, oldest of them first
};

} // namespace indelible
