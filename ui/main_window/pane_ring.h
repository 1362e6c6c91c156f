// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

class QWidget;

namespace indelible::ui {

/// The panes of the window in the order of reading, for F6 and Shift+F6. Interface thread; the widgets outlive it.
class PaneRing
{
public:
    /// `focus` puts the focus where one begins in that pane.
    void add(QWidget *pane, std::function<void()> focus);
    /// Goes from the pane with `focused` inside to the next one that can be seen; `step` is 1 or -1.
    void move(const QWidget *focused, int step) const;

private:
    struct Pane
    {
        QWidget *widget;
        std::function<void()> focus;
    };
    std::vector<Pane> m_panes;
};

} // namespace indelible::ui
