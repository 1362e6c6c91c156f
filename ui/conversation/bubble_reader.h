// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/conversation/bubble_layout.h"

#include <QPlainTextEdit>

namespace indelible::ui {

/// The text of one message, opened in place for selecting, copying and reading word by word with a screen reader.
/// Plain text only; loads nothing. Closes itself by Esc and when it loses the focus.
class BubbleReader : public QPlainTextEdit
{
    Q_OBJECT
public:
    BubbleReader(const Theme &theme, const Bubble &bubble, const QColor &fill, QWidget *parent);

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
};

} // namespace indelible::ui
