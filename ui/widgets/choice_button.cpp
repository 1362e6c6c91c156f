// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/choice_button.h"

#include <QActionGroup>
#include <QMenu>

namespace indelible::ui {

ChoiceButton::ChoiceButton(const Theme &theme, Kind kind, Size size, QString name, const QString &iconName,
                           QWidget *parent)
    : Button(theme, kind, size, {}, iconName, parent)
    , m_name(std::move(name))
{
    setMenuMark(true);
    connect(this, &QAbstractButton::clicked, this, &ChoiceButton::openMenu);
}

void ChoiceButton::setChoices(const QStringList &choices)
{
    m_choices = choices;
    setCurrent(0);
}

void ChoiceButton::setCurrent(int choice)
{
    m_current = choice;
    setText(m_choices.at(choice));
    setName(m_name.arg(m_choices.at(choice)));
    updateGeometry();
}

void ChoiceButton::openMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *group = new QActionGroup(menu);
    for (int choice = 0; choice < m_choices.size(); ++choice) {
        // A name is not a place for a key.
        QAction *action = menu->addAction(QString(m_choices.at(choice)).replace(u'&', QStringLiteral("&&")));
        action->setCheckable(true);
        action->setChecked(choice == m_current);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice] {
            setCurrent(choice);
            Q_EMIT chosen(choice);
        });
    }
    menu->popup(mapToGlobal(QPoint(0, height())));
}

} // namespace indelible::ui
