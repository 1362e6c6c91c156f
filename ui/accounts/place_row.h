// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/coverage.h"
#include "ui/accounts/source_row.h"
#include "ui/models/time_words.h"

namespace indelible::ui {

/// One place of the coverage map that is no account. Interface thread.
class PlaceRow : public SourceRow
{
    Q_OBJECT
public:
    explicit PlaceRow(const Theme &theme, QWidget *parent = nullptr);

    void setPlace(const Coverage &place, const Here &here);
    [[nodiscard]] const Coverage &place() const { return m_place; }

Q_SIGNALS:
    void lookedRequested();
    void openRequested();
    void changeRequested();

private:
    void act();
    void openMenu(const QPoint &at);

    Coverage m_place;
};

} // namespace indelible::ui
