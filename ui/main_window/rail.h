// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/surface.h"

#include <QList>
#include <QString>

class QButtonGroup;

namespace indelible::ui {

class RailButton;

/// The areas of the program at the start of the window: Inbox, Record and, at the bottom, Settings. One Tab stop; arrow
/// keys move. Interface thread.
class Rail : public Surface
{
    Q_OBJECT
public:
    enum class Area { Inbox, Record, Settings };

    explicit Rail(const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] Area current() const;
    /// Without areaChosen().
    void setCurrent(Area area);
    /// Number on an area; 0 = none.
    void setBadge(Area area, int count);
    void setToolTip(Area area, const QString &text);
    void focusCurrent();

Q_SIGNALS:
    void areaChosen(indelible::ui::Rail::Area area);

private:
    void applyTheme();

    const Theme &m_theme;
    QButtonGroup *m_group;
    QList<RailButton *> m_buttons; ///< by Area
};

} // namespace indelible::ui
