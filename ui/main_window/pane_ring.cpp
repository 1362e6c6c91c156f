// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/pane_ring.h"

#include <QWidget>

#include <algorithm>
#include <utility>

namespace indelible::ui {

void PaneRing::add(QWidget *pane, std::function<void()> focus)
{
    m_panes.push_back({pane, std::move(focus)});
}

void PaneRing::move(const QWidget *focused, int step) const
{
    const auto count = static_cast<int>(m_panes.size());
    const auto inside = std::ranges::find_if(m_panes, [focused](const Pane &pane) {
        return focused && (pane.widget == focused || pane.widget->isAncestorOf(focused));
    });
    int at = inside == m_panes.end() ? (step > 0 ? -1 : 0) : static_cast<int>(inside - m_panes.begin());
    for (int tried = 0; tried < count; ++tried) {
        at = (at + step + count) % count;
        const Pane &pane = m_panes.at(static_cast<size_t>(at));
        if (pane.widget->isVisible()) {
            pane.focus();
            return;
        }
    }
}

} // namespace indelible::ui
