// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace indelible::ui {

class Button;
class IconLabel;
class PlainLabel;

/// The undo window of an answer: "Sending privately in 7 s" with Undo and Send now, and a line that shortens. Shows
/// what the outbox says; holds no time of its own. Interface thread.
class UndoStrip : public QWidget
{
    Q_OBJECT
public:
    explicit UndoStrip(const Theme &theme, QWidget *parent = nullptr);

    void show(const OutboxView &answer, const QString &networkName, Instant now);
    void focusUndo();

Q_SIGNALS:
    void undoRequested();
    void sendNowRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    IconLabel *m_icon;
    PlainLabel *m_text;
    PlainLabel *m_where;
    Button *m_undo;
    Button *m_now;
    bool m_private = false;
    double m_left = 0.0; ///< share of the window that is left
};

} // namespace indelible::ui
