// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/domain/case.h"
#include "app/domain/conversation.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <optional>

namespace indelible::session {
class Session;
}

namespace indelible::ui {

class ContextPanel;
class Prompter;
struct Here;

/// Brings the case of the opened conversation into the panel and what is done there to the service. Interface thread;
/// session, panel and prompter outlive it.
class CaseController : public QObject
{
    Q_OBJECT
public:
    CaseController(session::Session &session, ContextPanel &panel, Prompter &prompter, QObject *parent = nullptr);

    /// Another conversation, or the same one read again.
    void show(const ConversationRow &row);
    void close();
    /// Shows the case, or asks for the title of a new one.
    void openOrShow();

Q_SIGNALS:
    void said(const QString &text);

private:
    void load();
    void take(const std::optional<Case> &matter);
    void askTitle();
    void open(const QString &title);
    void askNumber();
    void link(const QString &typed);
    void rename();
    void setStatus(CaseStatus status);
    void change(std::optional<QString> title, std::optional<CaseStatus> status, std::optional<QString> owner);
    void addNote(const QString &text);
    void askBundle();
    void writeBundle(CaseId id, const QString &file);
    void done(QFuture<Result<void>> work, const QString &words);

    session::Session &m_session;
    ContextPanel &m_panel;
    Prompter &m_prompter;
    ConversationId m_conversation;
    QString m_person;
    std::optional<CaseId> m_number;
    std::optional<Case> m_case;
    quint64 m_generation = 0; ///< answers to an older question are dropped
};

} // namespace indelible::ui
