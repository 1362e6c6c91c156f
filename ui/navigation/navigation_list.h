// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/navigation/navigation_model.h"
#include "ui/theme/theme.h"

#include <QListView>

namespace indelible::ui {

/// A part of the navigation: rows 30 high with icon or network mark, words, and a count or a state at the end. As high
/// as its rows; moving with the keys chooses. Interface thread; theme and model outlive it.
class NavigationList : public QListView
{
    Q_OBJECT
public:
    NavigationList(const Theme &theme, NavigationModel &model, QWidget *parent = nullptr);

    /// Marks a row without rowChosen(); -1 marks none.
    void select(int row);
    void setCollapsed(bool collapsed);
    /// May scroll where there is no room for all rows.
    void setMayShrink(bool may) { m_mayShrink = may; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void rowChosen(int row);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void applyTheme();

    const Theme &m_theme;
    bool m_quiet = false;
    bool m_mayShrink = true;
};

} // namespace indelible::ui
