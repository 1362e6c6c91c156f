// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "ui/composer/composer_logic.h"
#include "ui/theme/theme.h"
#include "ui/widgets/surface.h"

#include <QString>

#include <optional>

class QVBoxLayout;

namespace indelible::ui {

class ActionRegistry;
class Button;
class ComposerBox;
class CounterLabel;
class IconLabel;
class PlainLabel;
class ReplyEditor;
class SegmentedControl;
class UndoStrip;

/// Where an answer or a note is written. Holds the words and who will see them; sends and saves nothing itself.
/// Interface thread; theme and actions outlive it.
class Composer : public Surface
{
    Q_OBJECT
public:
    Composer(const Theme &theme, const ActionRegistry &actions, QWidget *parent = nullptr);

    void setTarget(const ComposerTarget &target);
    [[nodiscard]] const ComposerTarget &target() const { return m_target; }

    /// Puts words there without draftChanged().
    void setDraft(const Draft &draft);
    [[nodiscard]] Draft draft() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] WriteAs writeAs() const;
    /// Turns to an answer (the conversation's usual one) or a note and puts the cursor into the text.
    void startReply();
    void startNote();
    /// Puts the focus where one goes on: into the words, or on Undo.
    void focusInside();
    /// The next of Public, Private and Note that is possible here.
    void switchAudience();

    /// The undo strip of an answer in place of the editor; nothing = back to writing.
    void showPending(const std::optional<OutboxView> &answer, Instant now);
    [[nodiscard]] bool isPending() const { return m_pending; }
    /// Send is off while a request is under way.
    void setBusy(bool busy);
    /// One sentence of what went wrong, over the text, until the next change.
    void showProblem(const QString &sentence);
    [[nodiscard]] bool canSend() const;
    [[nodiscard]] bool hasFocusInside() const;
    [[nodiscard]] ReplyEditor *editor() const { return m_editor; }
    [[nodiscard]] UndoStrip *undoStrip() const { return m_undo; }

protected:
    void resizeEvent(QResizeEvent *event) override;

Q_SIGNALS:
    /// The person changed words or audience.
    void draftChanged();
    void undoRequested();
    void sendNowRequested();

private:
    void buildTop(QVBoxLayout *column);
    void buildTools(QVBoxLayout *column, const ActionRegistry &actions);
    void setWriteAs(WriteAs as);
    void onChanged();
    void refresh();
    [[nodiscard]] QString hint() const;
    void showStrip();
    void openSendMenu(const ActionRegistry &actions);

    const Theme &m_theme;
    ComposerTarget m_target;
    ComposerBox *m_box;
    UndoStrip *m_undo;
    QWidget *m_writing; ///< everything but the undo strip
    SegmentedControl *m_segments;
    IconLabel *m_badge;
    PlainLabel *m_account;
    Surface *m_strip;
    IconLabel *m_stripIcon;
    PlainLabel *m_stripText;
    PlainLabel *m_problem;
    ReplyEditor *m_editor;
    PlainLabel *m_hint;
    CounterLabel *m_counter;
    Button *m_openPage; ///< where nothing can be sent: answers are given there
    Button *m_send;
    Button *m_sendMenu;
    bool m_pending = false;
    bool m_busy = false;
    bool m_quiet = false;
};

} // namespace indelible::ui
