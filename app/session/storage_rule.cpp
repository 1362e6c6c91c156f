// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/storage_rule.h"

#include "app/base/spawn.h"
#include "app/seal/seal_service.h"
#include "app/session/account_service.h"

#include <QPointer>

#include <QCoroFuture>

#include <chrono>

using namespace Qt::StringLiterals;

namespace indelible::session {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kFirst = 10min;
constexpr std::chrono::milliseconds kEvery = 24h;

} // namespace

StorageRule::StorageRule(AccountService &accounts, seal::SealService &seals, QObject *parent)
    : QObject(parent)
    , m_accounts(accounts)
    , m_seals(seals)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_timer.start(kEvery);
        spawn(applyNow().then([](const Result<qint64> &sealed) {
            return sealed ? Result<void>() : Result<void>(failure(sealed.error()));
        }),
              "following the storage rule of a network");
    });
}

void StorageRule::start()
{
    m_timer.start(kFirst);
}

QCoro::Task<Result<qint64>> StorageRule::applyNow()
{
    const QPointer<StorageRule> alive(this);
    const std::vector<Account> accounts = m_accounts.accounts();
    qint64 sealed = 0;
    for (const Account &account : accounts) {
        if (!account.followsStorageRule)
            continue;
        const Result<seal::Plan> plan = co_await m_seals.plan(seal::AccountRule{account.id, std::nullopt});
        if (!alive)
            co_return sealed;
        if (!plan)
            co_return failure(plan.error());
        if (plan->entries.isEmpty() || !plan->obstacles.isEmpty())
            continue;
        QCoro::Task<Result<seal::SealReport>> sealing = m_seals.seal(*plan, u"network-rule"_s, plan->entries.size());
        const Result<seal::SealReport> report = co_await sealing;
        if (!report)
            co_return failure(report.error());
        sealed += report->sealed;
        if (!alive)
            break;
    }
    co_return sealed;
}

} // namespace indelible::session
