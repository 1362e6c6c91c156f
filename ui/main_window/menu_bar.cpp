// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/menu_bar.h"

#include "ui/main_window/action_registry.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QTimer>

namespace indelible::ui {

MenuBar::MenuBar(QMainWindow *window, const ActionRegistry &actions)
    : QObject(window)
    , m_window(window)
    , m_bar(window->menuBar())
{
    for (QMenu *menu : actions.makeMenus(m_bar)) {
        m_bar->addMenu(menu);
        // Going from one menu to the next hides one and shows the other: look afterwards.
        connect(menu, &QMenu::aboutToHide, this, [this] {
            QTimer::singleShot(0, this, [this] {
                if (!m_bar->activeAction())
                    hide();
            });
        });
    }
    if (m_bar->isNativeMenuBar())
        return;
    m_bar->hide();
    qApp->installEventFilter(this);
}

MenuBar::~MenuBar() = default;

bool MenuBar::isShown() const
{
    return m_bar->isVisible();
}

void MenuBar::toggle()
{
    if (m_bar->isNativeMenuBar())
        return;
    if (isShown())
        hide();
    else
        show();
}

void MenuBar::show()
{
    m_before = QApplication::focusWidget();
    m_bar->show();
    m_bar->setFocus(Qt::MenuBarFocusReason);
    m_bar->setActiveAction(m_bar->actions().constFirst());
}

void MenuBar::hide()
{
    m_bar->hide();
    const QWidget *focus = QApplication::focusWidget();
    if (m_before && (!focus || focus == m_bar))
        m_before->setFocus(Qt::MenuBarFocusReason);
}

bool MenuBar::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress: {
        const auto *key = static_cast<QKeyEvent *>(event);
        m_altAlone = key->key() == Qt::Key_Alt && key->modifiers() == Qt::AltModifier && !key->isAutoRepeat();
        break;
    }
    case QEvent::KeyRelease:
        if (m_altAlone && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Alt && m_window->isActiveWindow()) {
            m_altAlone = false;
            toggle();
        }
        break;
    case QEvent::MouseButtonPress:
    case QEvent::ShortcutOverride:
        if (event->type() == QEvent::MouseButtonPress || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Alt)
            m_altAlone = false;
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace indelible::ui
