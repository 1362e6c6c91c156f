// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "ui/theme/theme.h"

#include <QList>
#include <QString>
#include <QWidget>

namespace indelible::ui {

/// One plain fact about an account: an icon, what it is about, and one or two sentences.
struct AccountFact
{
    QString icon;
    QString title;
    QString text;
};

/// Which kind of account the facts are about.
enum class SourceKind { Account, Bot, Feed, Mailbox };
/// By Account::channel.
[[nodiscard]] SourceKind sourceKind(const QString &channel);

/// What is read, what is sent, and what disconnecting does: said before an account is connected.
[[nodiscard]] QList<AccountFact> connectFacts(SourceKind kind);
/// What else there is to know of an account that is connected: what does not arrive, and what the network asks of those
/// who keep copies.
[[nodiscard]] QList<AccountFact> keepingFacts(const Account &account);

/// Plain facts, one under or beside the other. Interface thread.
class ConnectFacts : public QWidget
{
    Q_OBJECT
public:
    enum class Shape { Rows, Columns };
    ConnectFacts(const Theme &theme, Shape shape, const QList<AccountFact> &facts, QWidget *parent = nullptr);
};

} // namespace indelible::ui
