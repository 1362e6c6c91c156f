// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QButtonGroup;

namespace indelible::ui {

/// All, Reviews, Mentions, Private: which kinds the thread list shows. One Tab stop. Interface thread.
class FilterPills : public QWidget
{
    Q_OBJECT
public:
    explicit FilterPills(const Theme &theme, QWidget *parent = nullptr);
    /// Without filterChosen().
    void setFilter(KindFilter filter);
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void filterChosen(indelible::KindFilter filter);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QButtonGroup *m_group;
};

} // namespace indelible::ui
