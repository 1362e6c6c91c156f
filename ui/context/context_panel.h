// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/case.h"
#include "app/domain/conversation.h"
#include "ui/models/time_words.h"
#include "ui/widgets/surface.h"

#include <QString>

#include <optional>

class QStackedWidget;
class QTabBar;

namespace indelible::ui {

class CasePage;
class PersonPage;

/// Beside a conversation: the person, and the case. 288 wide. Interface thread.
class ContextPanel : public Surface
{
    Q_OBJECT
public:
    enum class Tab { Person, Case };

    explicit ContextPanel(const Theme &theme, QWidget *parent = nullptr);

    void setView(const ConversationView &view, const Here &here);
    void setCase(const std::optional<Case> &matter, const QString &member, const Here &here);
    /// Nothing is open.
    void clear();
    void showTab(Tab tab);
    [[nodiscard]] Tab currentTab() const;
    [[nodiscard]] CasePage *casePage() const { return m_case; }
    void focusTabs();

private:
    void applyTheme();

    const Theme &m_theme;
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    PersonPage *m_person;
    CasePage *m_case;
};

} // namespace indelible::ui
