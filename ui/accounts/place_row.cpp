// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/place_row.h"

#include "app/base/text.h"
#include "ui/accounts/coverage_words.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace indelible::ui {

PlaceRow::PlaceRow(const Theme &theme, QWidget *parent)
    : SourceRow(theme, parent)
{
    connect(this, &SourceRow::actionTriggered, this, &PlaceRow::act);
    connect(this, &SourceRow::menuRequested, this, &PlaceRow::openMenu);
}

void PlaceRow::setPlace(const Coverage &place, const Here &here)
{
    m_place = place;
    const CoverageLook look = coverageLook(place.state);
    SourceLook row;
    row.network = place.network.isEmpty() ? displayText(place.name) : place.network;
    row.name = displayText(place.name);
    row.line = coverageCareText(place);
    row.stateIcon = look.icon;
    row.stateColour = look.colour;
    row.state = coverageStateText(place, here);
    row.action = place.everyDays > 0 ? tr("I have looked") : tr("Look by hand…");
    row.hasMenu = place.place.isValid();
    setLook(row);
}

void PlaceRow::act()
{
    if (m_place.everyDays > 0)
        Q_EMIT lookedRequested();
    else
        Q_EMIT changeRequested();
}

void PlaceRow::openMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Open the page"), this, &PlaceRow::openRequested)->setEnabled(!m_place.address.isEmpty());
    menu->addAction(tr("Change…"), this, &PlaceRow::changeRequested);
    menu->popup(at);
}

} // namespace indelible::ui
