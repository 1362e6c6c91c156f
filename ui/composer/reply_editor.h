// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QPlainTextEdit>

namespace indelible::ui {

/// Where answers are written: plain text, 3 to 12 lines high by its content, what is over the limit underlined.
/// Interface thread.
class ReplyEditor : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit ReplyEditor(const Theme &theme, QWidget *parent = nullptr);

    /// Underlines what stands after this many UTF-16 units.
    void markExcess(qsizetype from);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// Ctrl+Z while there is nothing to undo in the text.
    void undoSendRequested();
    void focusChanged(bool focused);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    void applyTheme();

    const Theme &m_theme;
    qsizetype m_excessFrom = -1;
};

} // namespace indelible::ui
