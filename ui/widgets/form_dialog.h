// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QDialog>
#include <QString>

#include <functional>

class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace indelible::ui {

class PlainLabel;

/// A dialog that asks for a few things and then does something that takes a while: a head, what the subclass puts under
/// it, a sentence where something went wrong, and a thin bar while it goes on. It is as tall as its words need, also
/// when they change; it never shrinks under the person's hand. Window-modal and gone once it is closed: show it with
/// open(). Interface thread; theme outlives it.
class FormDialog : public QDialog
{
    Q_OBJECT
public:
    /// `width` in design pixels; `title` is also the window's.
    FormDialog(const Theme &theme, int width, const QString &title, QWidget *parent = nullptr);

protected:
    /// Beside `badge`: the title and one line that says what this is about.
    void addHead(QWidget *badge, const QString &line);
    /// What is hidden until it is needed: the error, the bar. `work` names for screen readers what goes on.
    void addError(QVBoxLayout *column);
    void addProgress(QVBoxLayout *column, const QString &work);
    /// Below everything: Cancel, and the button that Enter presses, which calls `start`.
    QPushButton *addButtons(const QString &primary, const std::function<void()> &start);
    /// Says what went wrong, and puts the cursor where it can be mended.
    void showError(const QString &sentence, QWidget *mend);
    bool event(QEvent *event) override;

    [[nodiscard]] const Theme &theme() const { return m_theme; }
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }
    [[nodiscard]] PlainLabel *title() const { return m_title; }
    [[nodiscard]] PlainLabel *error() const { return m_error; }
    [[nodiscard]] QProgressBar *progress() const { return m_progress; }

private:
    void grow();

    const Theme &m_theme;
    QVBoxLayout *m_column;
    PlainLabel *m_title;
    PlainLabel *m_error;
    QProgressBar *m_progress;
};

} // namespace indelible::ui
