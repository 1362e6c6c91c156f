// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/conversation/bubble_layout.h"
#include "ui/theme/theme.h"

#include <QString>
#include <QWidget>

#include <functional>

namespace indelible::ui {

/// The dark strip that floats over the bottom of the window for a few seconds; long sentences take several lines. Never
/// takes the focus. Interface thread.
class Toast : public QWidget
{
    Q_OBJECT
public:
    Toast(const Theme &theme, QWidget *parent);
    void setContent(const QString &text, const QString &action, const QString &key, std::function<void()> act);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] QRect buttonRect() const;
    [[nodiscard]] int buttonWidth() const;
    /// Beside the words, on both sides.
    [[nodiscard]] int besides() const;
    [[nodiscard]] TextBlock words(int width) const;

    const Theme &m_theme;
    QString m_text;
    QString m_action;
    QString m_key;
    std::function<void()> m_act;
};

} // namespace indelible::ui
