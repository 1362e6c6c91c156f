// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/surface.h"

#include <QString>

namespace indelible::ui {

class ActionRegistry;
class AvatarWidget;
class Button;
class PlainLabel;
class SearchField;

/// The strip at the top: menu, business, search, check now, help, own avatar. Interface thread.
class TopBar : public Surface
{
    Q_OBJECT
public:
    TopBar(const Theme &theme, const ActionRegistry &actions, QWidget *parent = nullptr);

    void setBusiness(const QString &name);
    void setMember(const QString &name);
    void setBusy(bool busy);
    void focusSearch();
    [[nodiscard]] SearchField *searchField() const { return m_search; }
    /// Empties the field; says searchChanged("") at once.
    void clearSearch();

Q_SIGNALS:
    /// As the field says it: when the typing pauses.
    void searchChanged(const QString &text);
    /// Enter or Down: on to the results.
    void searchLeft();

private:
    void buildSearch(const ActionRegistry &actions);
    void applyTheme();

    const Theme &m_theme;
    Button *m_menu;
    PlainLabel *m_business;
    SearchField *m_search;
    Button *m_check;
    Button *m_help;
    AvatarWidget *m_avatar;
};

} // namespace indelible::ui
