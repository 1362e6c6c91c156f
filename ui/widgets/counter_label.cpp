// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/counter_label.h"

#include <QLocale>

namespace indelible::ui {

CounterLabel::CounterLabel(const Theme &theme, QWidget *parent)
    : PlainLabel(theme, TextRole::Small, Token::Text3, QFont::Normal, parent)
{
    setTrailing(true);
}

CounterLabel::State CounterLabel::stateOf(qsizetype used, qsizetype maximum)
{
    if (maximum <= 0)
        return State::Neutral;
    if (used > maximum)
        return State::Over;
    return (maximum - used) * 10 <= maximum ? State::Near : State::Neutral;
}

void CounterLabel::setCount(qsizetype used, qsizetype maximum)
{
    m_state = stateOf(used, maximum);
    const QLocale locale;
    const QString most = locale.toString(maximum);
    setText(maximum > 0 ? tr("%1 / %2", "letters used, letters allowed").arg(locale.toString(used), most)
                        : locale.toString(used));
    // Room for the widest number there can be without a jump, so that the buttons beside it stand still.
    setMinimumWidth(maximum > 0 ? fontMetrics().horizontalAdvance(tr("%1 / %2").arg(most, most)) : 0);
    switch (m_state) {
    case State::Neutral:
        setColour(Token::Text3);
        setAccessibleName(text());
        break;
    case State::Near:
        setColour(Token::WarnText);
        setAccessibleName(tr("%1 left").arg(locale.toString(maximum - used)));
        break;
    case State::Over:
        setColour(Token::DangerText);
        setAccessibleName(tr("%1 too many").arg(locale.toString(used - maximum)));
        break;
    }
}

} // namespace indelible::ui
