// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/accounts/source_row.h"
#include "ui/models/time_words.h"

namespace indelible::ui {

/// One account on the accounts page. Interface thread.
class AccountRow : public SourceRow
{
    Q_OBJECT
public:
    explicit AccountRow(const Theme &theme, QWidget *parent = nullptr);

    void setAccount(const Account &account, const Capabilities &capabilities, const Here &here);
    [[nodiscard]] const Account &account() const { return m_account; }

Q_SIGNALS:
    void signInRequested();
    void checkRequested();
    void pauseRequested(bool paused);
    void aboutRequested();
    void storageRuleRequested(bool follows);
    void disconnectRequested();

private:
    void act();
    void openMenu(const QPoint &at);

    Account m_account;
};

/// "Public answers, messages · up to 300 characters", "Reading only · every morning".
[[nodiscard]] QString capabilityText(const Capabilities &capabilities);

} // namespace indelible::ui
