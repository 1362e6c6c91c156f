// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "app/domain/conversation.h"
#include "ui/navigation/navigation_model.h"
#include "ui/widgets/surface.h"

#include <optional>
#include <vector>

namespace indelible::ui {

class Button;
class NavigationList;
class PlainLabel;

/// What the inbox can list: its views and, below them, the channels. 198 wide, or 56 with icons alone. Interface
/// thread.
class Navigation : public Surface
{
    Q_OBJECT
public:
    explicit Navigation(const Theme &theme, QWidget *parent = nullptr);

    void setCounts(const InboxCounts &counts);
    void setAccounts(const std::vector<Account> &accounts);
    /// Marks a row without saying so.
    void select(View view);
    void selectAccount(AccountId account);
    void setCollapsed(bool collapsed);
    /// Shows the button that connects another account.
    void setCanConnect(bool can);
    [[nodiscard]] bool isCollapsed() const { return m_collapsed; }
    void focusCurrent();
    [[nodiscard]] const InboxCounts &counts() const { return m_counts; }

Q_SIGNALS:
    void viewChosen(indelible::View view);
    void accountChosen(indelible::AccountId account);
    void connectRequested();

private:
    void fill();
    void onChosen(NavigationList *list, int row);
    void applyTheme();

    const Theme &m_theme;
    NavigationModel m_views;
    NavigationModel m_channels;
    NavigationList *m_viewList;
    NavigationList *m_channelList;
    PlainLabel *m_title;
    Button *m_connect;
    InboxCounts m_counts;
    std::vector<Account> m_accounts;
    bool m_collapsed = false;
};

} // namespace indelible::ui
