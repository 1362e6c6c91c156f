// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

namespace indelible::ui {

/// Says all the time that this is the practice inbox. Interface thread.
class PracticeStrip : public Surface
{
    Q_OBJECT
public:
    explicit PracticeStrip(const Theme &theme, QWidget *parent = nullptr);
};

} // namespace indelible::ui
