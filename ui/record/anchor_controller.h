// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/record/anchor_dialog.h"

#include <QObject>
#include <QPointer>

namespace indelible::session {
class Session;
}
namespace indelible::anchor {
struct AnchorReport;
}

namespace indelible::ui {

class Prompter;

/// Asks who keeps a checkpoint, in which form and in which file, has it written, and says where it is and what to do
/// with it. Interface thread; theme, session and prompter outlive it.
class AnchorController : public QObject
{
    Q_OBJECT
public:
    /// Its dialog stands over `window`.
    AnchorController(const Theme &theme, session::Session &session, Prompter &prompter, QWidget *window);

    void ask();
    /// Null while there is none.
    [[nodiscard]] AnchorDialog *dialog() const { return m_dialog; }

Q_SIGNALS:
    void said(const QString &text);

private:
    void askFile(const AnchorChoice &choice);
    void write(const AnchorChoice &choice, const QString &file);
    [[nodiscard]] QString wordsFor(const AnchorChoice &choice, const anchor::AnchorReport &report,
                                   const QString &file) const;

    const Theme &m_theme;
    session::Session &m_session;
    Prompter &m_prompter;
    QWidget *m_window;
    QPointer<AnchorDialog> m_dialog;
};

} // namespace indelible::ui
