// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "app/domain/conversation.h"
#include "ui/theme/theme.h"

#include <QAbstractListModel>
#include <QString>

#include <optional>
#include <vector>

namespace indelible::ui {

/// One row of the navigation, ready to be painted.
struct NavigationRow
{
    std::optional<View> view; ///< a view of the inbox, or
    AccountId account;        ///< one account's conversations
    QString text;
    QString icon;      ///< of a view
    QString network;   ///< mark of an account
    int count = 0;     ///< 0 = no badge
    bool warm = false; ///< the count stands in an amber pill
    QString stateIcon; ///< of an account that does not simply work; takes the place of the count
    Token stateColour = Token::WarnText;
    QString toolTip; ///< what the state means

    friend bool operator==(const NavigationRow &, const NavigationRow &) = default;
};

/// The views of the inbox with their badges.
[[nodiscard]] std::vector<NavigationRow> viewRows(const InboxCounts &counts);

/// Accounts that are not disconnected, with how many conversations need a reply there.
[[nodiscard]] std::vector<NavigationRow> accountRows(const std::vector<Account> &accounts, const InboxCounts &counts);

/// "Needs a reply", as a title.
[[nodiscard]] QString viewTitle(View view);

/// "1,204", or "999+" from where counting stops.
[[nodiscard]] QString badgeText(int count);

/// Rows of the navigation; updates rows in place so that the chosen one stays chosen. Interface thread.
class NavigationModel : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<NavigationRow> rows);
    [[nodiscard]] const NavigationRow &at(int row) const { return m_rows.at(static_cast<size_t>(row)); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<NavigationRow> m_rows;
};

} // namespace indelible::ui
