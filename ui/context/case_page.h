// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/case.h"
#include "ui/models/time_words.h"
#include "ui/theme/theme.h"

#include <QString>
#include <QWidget>

#include <optional>

class QPlainTextEdit;
class QStackedLayout;
class QVBoxLayout;

namespace indelible::ui {

class Button;
class EmptyState;
class Pill;
class PlainLabel;
class Timeline;

/// The case of a conversation: number, title, status, owner, notes; or the way to open one. Asks by signal, changes
/// nothing itself. Interface thread.
class CasePage : public QWidget
{
    Q_OBJECT
public:
    explicit CasePage(const Theme &theme, QWidget *parent = nullptr);

    void setCase(const std::optional<Case> &matter, const QString &member, const Here &here);
    /// Empties the field of a note that was added.
    void clearNote();
    /// Whether a case can leave as a bundle; not so until it is said.
    void setBundleOffered(bool offered);
    /// While one is being written.
    void setBundleBusy(bool busy);
    void focusFirst();
    [[nodiscard]] const std::optional<Case> &shownCase() const { return m_case; }

Q_SIGNALS:
    void openRequested();
    /// The conversation belongs to a case that there is already.
    void linkRequested();
    void renameRequested();
    void bundleRequested();
    void statusChosen(indelible::CaseStatus status);
    void ownerChosen(const QString &owner);
    void noteEntered(const QString &text);

private:
    void buildHead(QVBoxLayout *column);
    void openStatusMenu();
    void buildNotes(QVBoxLayout *column);
    void showNotes(const Case &matter, const Here &here);

    const Theme &m_theme;
    QStackedLayout *m_stack;
    EmptyState *m_none;
    QWidget *m_some;
    PlainLabel *m_number;
    Pill *m_chip;
    PlainLabel *m_title;
    PlainLabel *m_about;
    Button *m_bundle;
    Button *m_status;
    PlainLabel *m_owner;
    Button *m_take;
    PlainLabel *m_storyTitle;
    Timeline *m_story;
    QVBoxLayout *m_notes;
    QPlainTextEdit *m_note;
    Button *m_addNote;
    std::optional<Case> m_case;
    QString m_member;
};

} // namespace indelible::ui
