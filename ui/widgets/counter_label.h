// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plain_label.h"

namespace indelible::ui {

/// The meter of the composer: "193 / 4,096". Neutral; amber in the last tenth; red over the maximum. Its width does not
/// jump while typing. Unit and maximum come from the account (TextLimit).
class CounterLabel : public PlainLabel
{
    Q_OBJECT
public:
    enum class State { Neutral, Near, Over };

    explicit CounterLabel(const Theme &theme, QWidget *parent = nullptr);

    /// `maximum` 0 = no limit: only the number is shown.
    void setCount(qsizetype used, qsizetype maximum);
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] static State stateOf(qsizetype used, qsizetype maximum);

private:
    State m_state = State::Neutral;
};

} // namespace indelible::ui
