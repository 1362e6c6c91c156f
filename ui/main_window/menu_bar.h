// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>

class QMainWindow;
class QMenuBar;

namespace indelible::ui {

class ActionRegistry;

/// The menu bar with every command: hidden until Alt or F10, gone again after use. On macOS it is the system's.
/// Interface thread; owned by the window.
class MenuBar : public QObject
{
    Q_OBJECT
public:
    MenuBar(QMainWindow *window, const ActionRegistry &actions);
    ~MenuBar() override;

    void toggle();
    [[nodiscard]] bool isShown() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show();
    void hide();

    QMainWindow *m_window;
    QMenuBar *m_bar;
    QPointer<QWidget> m_before; ///< what had the focus
    bool m_altAlone = false;
};

} // namespace indelible::ui
