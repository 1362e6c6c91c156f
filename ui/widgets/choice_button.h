// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/button.h"

#include <QStringList>

namespace indelible::ui {

/// A button that shows which of a few choices is taken, and opens them as a menu. Interface thread.
class ChoiceButton : public Button
{
    Q_OBJECT
public:
    /// `name` says for screen readers what is chosen here: "Order: %1".
    ChoiceButton(const Theme &theme, Kind kind, Size size, QString name, const QString &iconName = {},
                 QWidget *parent = nullptr);

    /// At least one; the first is taken.
    void setChoices(const QStringList &choices);
    /// Says nothing.
    void setCurrent(int choice);
    [[nodiscard]] int current() const { return m_current; }

Q_SIGNALS:
    /// A person chose another one, or the same again.
    void chosen(int choice);

private:
    void openMenu();

    QString m_name;
    QStringList m_choices;
    int m_current = 0;
};

} // namespace indelible::ui
