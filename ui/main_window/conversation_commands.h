// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "ui/main_window/inbox_parts.h"

#include <QObject>
#include <QPoint>
#include <QString>

namespace indelible::ui {

class AnswerController;
class CaseController;

/// The commands of the registry that concern the opened conversation: done, seen, owner, case, link, undo. Interface
/// thread; parts and controllers outlive it.
class ConversationCommands : public QObject
{
    Q_OBJECT
public:
    ConversationCommands(const InboxParts &parts, AnswerController &answers, CaseController &cases);

    /// Words and enabled states for what is opened; null = nothing is.
    void fit(const ConversationView *view);
    /// Marks done and goes on to the next one where it is the opened one.
    void markDone(ConversationId id);
    void assign(ConversationId id, const QString &owner);
    /// Takes back the answer in its undo window, else the last Done.
    void undo();
    void popMenu(ConversationId id, const QPoint &position);

Q_SIGNALS:
    /// An invalid id: show none.
    void openWanted(indelible::ConversationId id);

private:
    void connectCommands();
    void moveBy(int step);
    void toggleDone();
    void openAgain(ConversationId id);
    void toggleSeen();
    void assignToMe();
    [[nodiscard]] QString link() const;
    [[nodiscard]] ConversationId neighbour(ConversationId id) const;

    InboxParts m_parts;
    AnswerController &m_answers;
    CaseController &m_cases;
    ConversationId m_lastDone; ///< what Undo opens again
};

} // namespace indelible::ui
