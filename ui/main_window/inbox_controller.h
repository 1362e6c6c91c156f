// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/domain/conversation.h"
#include "ui/composer/answer_controller.h"
#include "ui/context/case_controller.h"
#include "ui/main_window/attachment_controller.h"
#include "ui/main_window/conversation_commands.h"
#include "ui/main_window/inbox_parts.h"
#include "ui/models/time_words.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

namespace indelible::ui {

/// What the inbox does: lists a view, an account or a search, opens conversations, marks, assigns, counts. The commands
/// of the registry that concern a conversation end here. Interface thread; everything given outlives it.
class InboxController : public QObject
{
    Q_OBJECT
public:
    explicit InboxController(const InboxParts &parts, QObject *parent = nullptr);

    /// Reads the first page and the counts.
    void start();
    void search(const QString &words);
    /// Opens the first conversation of the list, as soon as the list is there.
    void selectFirst();
    void openConversation(ConversationId id);
    [[nodiscard]] ConversationId current() const;
    /// "Needs a reply", for the window's title.
    [[nodiscard]] QString title() const;
    void saveDraftNow() { m_answers.saveDraftNow(); }

Q_SIGNALS:
    void titleChanged();
    void countsChanged(const indelible::InboxCounts &counts);
    /// The person left the search for a view: the field is to be emptied.
    void searchEnded();
    /// The list's first page, the counts and the opened conversation, if any, are there.
    void settled();

private:
    void connectViews();
    void connectServices();
    void connectAnswers();
    void apply();
    void showTitle();
    void refreshCounts();
    void onListLoaded(bool first);
    void onOpened();
    void onRefreshed();
    void onChanged(const QList<ConversationId> &ids);
    void showCurrent(const ConversationView &view);
    [[nodiscard]] Here here() const;
    void report(const Error &error);
    void maybeSettled();

    InboxParts m_parts;
    AnswerController m_answers;
    CaseController m_cases;
    ConversationCommands m_commands;
    AttachmentController m_attachments;
    InboxQuery m_base; ///< without the search
    QString m_search;
    InboxCounts m_counts;
    QTimer m_countSoon;
    bool m_counted = false;
    bool m_selectFirst = false;
};

} // namespace indelible::ui
