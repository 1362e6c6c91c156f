// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

class QVBoxLayout;

namespace indelible::ui {

/// What stands in the window before the first account: what the program is for, and the ways to begin. Interface
/// thread.
class FirstRunPage : public Surface
{
    Q_OBJECT
public:
    explicit FirstRunPage(const Theme &theme, QWidget *parent = nullptr);

Q_SIGNALS:
    void connectRequested(const QString &channel);
    void practiceRequested();

private:
    void buildChoices(const Theme &theme, QVBoxLayout *column);
};

} // namespace indelible::ui
