// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/surface.h"

#include <QString>

namespace indelible::ui {

class StatusItem;

/// The line at the bottom: what fetching does, accounts that need a person, entries on the record. Interface thread.
class StatusStrip : public Surface
{
    Q_OBJECT
public:
    explicit StatusStrip(const Theme &theme, QWidget *parent = nullptr);

    void setFetch(const QString &text, const QString &iconName);
    /// `needing` of `all` accounts need the person.
    void setAccounts(int all, int needing);
    /// What is not known of, in a few words; `isDue` = somebody is to do something about it. Nothing is shown where it
    /// is empty.
    void setBlindSpots(const QString &text, bool isDue);
    /// Number of entries. Says nothing about whether they were verified.
    /// `state` = how it stands, in words.
    void setRecord(const QString &state, qint64 entries, bool broken);
    void focusFirst();

Q_SIGNALS:
    void fetchActivated();
    void accountsActivated();
    void recordActivated();

private:
    StatusItem *m_fetch;
    StatusItem *m_accounts;
    StatusItem *m_blind;
    StatusItem *m_record;
};

} // namespace indelible::ui
