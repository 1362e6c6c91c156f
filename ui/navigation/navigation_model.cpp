// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/navigation_model.h"

#include "app/base/text.h"
#include "app/domain/network.h"
#include "ui/accounts/account_notice.h"
#include "ui/models/time_words.h"
#include "ui/widgets/plain_label.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

NavigationRow viewRow(View view, const QString &icon, int count, bool warm = false)
{
    NavigationRow row;
    row.view = view;
    row.text = viewTitle(view);
    row.icon = icon;
    row.count = count;
    row.warm = warm;
    return row;
}

} // namespace

QString viewTitle(View view)
{
    switch (view) {
    case View::NeedsReply:
        return QCoreApplication::translate("Navigation", "Needs a reply");
    case View::DueSoon:
        return QCoreApplication::translate("Navigation", "Due soon");
    case View::Mine:
        return QCoreApplication::translate("Navigation", "Mine");
    case View::NotYetOwned:
        return QCoreApplication::translate("Navigation", "Not yet owned");
    case View::Waiting:
        return QCoreApplication::translate("Navigation", "Waiting for them");
    case View::Done:
        return QCoreApplication::translate("Navigation", "Done");
    case View::Everything:
        return QCoreApplication::translate("Navigation", "Everything");
    }
    Q_UNREACHABLE();
}

QString badgeText(int count)
{
    return count >= InboxCounts::kCountLimit ? u"999+"_s : readersLocale().toString(count);
}

std::vector<NavigationRow> viewRows(const InboxCounts &counts)
{
    return {viewRow(View::NeedsReply, u"reply"_s, counts.needsReply),
            viewRow(View::DueSoon, u"alarm-clock"_s, counts.dueSoon, true),
            viewRow(View::Mine, u"user-round"_s, counts.mine),
            viewRow(View::NotYetOwned, u"circle-dot"_s, counts.notYetOwned),
            viewRow(View::Waiting, u"hourglass"_s, counts.waiting),
            viewRow(View::Done, u"circle-check"_s, 0),
            viewRow(View::Everything, u"archive"_s, 0)};
}

std::vector<NavigationRow> accountRows(const std::vector<Account> &accounts, const InboxCounts &counts)
{
    std::vector<NavigationRow> rows;
    for (const Account &account : accounts) {
        if (account.state == AccountState::Disconnected)
            continue;
        NavigationRow row;
        row.account = account.id;
        row.text = displayText(account.name.isEmpty() ? account.handle : account.name);
        row.network = account.network;
        const auto found = std::ranges::find(counts.needsReplyByAccount, account.id, &std::pair<AccountId, int>::first);
        row.count = found == counts.needsReplyByAccount.end() ? 0 : found->second;
        const AccountLook look = accountLook(account.state);
        row.stateIcon = account.state == AccountState::Live ? QString() : look.icon;
        row.stateColour = look.colour;
        row.toolTip = account.state == AccountState::Live ? network(account.network).name
                                                          : u"%1: %2"_s.arg(network(account.network).name, look.text);
        rows.push_back(std::move(row));
    }
    return rows;
}

void NavigationModel::setRows(std::vector<NavigationRow> rows)
{
    const int before = static_cast<int>(m_rows.size());
    const int after = static_cast<int>(rows.size());
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_rows = std::move(rows);
        endInsertRows();
    } else if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_rows = std::move(rows);
        endRemoveRows();
    } else if (m_rows == rows) {
        return;
    } else {
        m_rows = std::move(rows);
    }
    if (after > 0)
        Q_EMIT dataChanged(index(0), index(after - 1));
}

int NavigationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant NavigationModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const NavigationRow &row = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.text;
    case Qt::ToolTipRole:
        return row.toolTip.isEmpty() ? QVariant() : plainToolTip(row.toolTip);
    case Qt::AccessibleTextRole: {
        QString text = row.text;
        if (row.count > 0)
            text += u", "_s +
                    (row.view ? badgeText(row.count)
                              : QCoreApplication::translate("Navigation", "%1 need a reply").arg(badgeText(row.count)));
        if (!row.stateIcon.isEmpty())
            text += u", "_s + row.toolTip;
        return text;
    }
    default:
        return {};
    }
}

} // namespace indelible::ui
