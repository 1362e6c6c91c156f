// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/account_notice.h"

#include "app/base/text.h"
#include "app/domain/coverage.h"
#include "app/domain/network.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

struct AccountNotice
{
    Q_DECLARE_TR_FUNCTIONS(AccountNotice)
};

QString handleOf(const Account &account)
{
    return isolated(displayText(account.handle.isEmpty() ? account.name : account.handle));
}

bool isFeed(const Account &account)
{
    return account.channel == "feed"_L1;
}

/// Where a network forgets what nobody fetched in time, "limited" means that something may have been missed; signing in
/// again would bring nothing back.
bool mayLackSomething(const Account &account)
{
    return account.state == AccountState::Limited && (isFeed(account) || account.channel == "telegram"_L1);
}

BannerContent lacksSomething(const Account &account)
{
    return {Tone::Warn,
            u"shield-alert"_s,
            isFeed(account)
                ? AccountNotice::tr("The feed %1 may not be complete.").arg(isolated(displayText(account.name)))
                : AccountNotice::tr("What came for %1 may not be complete.").arg(handleOf(account)),
            account.stateDetail,
            {},
            {},
            0};
}

/// What there is to say of a feed, which has nobody to sign in as and nothing to be allowed.
BannerContent feedTrouble(const Account &account)
{
    const QString name = isolated(displayText(account.name));
    return {Tone::Warn,
            u"key-round"_s,
            AccountNotice::tr("The address of the feed %1 is not known any more.").arg(name),
            AccountNotice::tr("Connect it again to fetch what you missed. What was received stays on record."),
            AccountNotice::tr("Connect again"),
            account.stateDetail,
            0};
}

/// "3 minutes"; at least one.
QString minutesUntil(Instant then, Instant now)
{
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(then - now).count();
    return minutes <= 1 ? AccountNotice::tr("1 minute")
                        : AccountNotice::tr("%n minutes", nullptr, static_cast<int>(minutes));
}

QString oneOrMore(int count, const QString &none, const QString &one, const QString &more)
{
    if (count == 0)
        return none;
    return count == 1 ? one : more;
}

/// "Tried 4 times since 14:05."
QString triedText(const FailedRounds &failed, const Here &here)
{
    const QString since = momentText(failed.since, here);
    return failed.count <= 1 ? AccountNotice::tr("Tried at %1.").arg(since)
                             : AccountNotice::tr("Tried %n times since %1.", nullptr, failed.count).arg(since);
}

int severity(AccountState state)
{
    switch (state) {
    case AccountState::SignedOut:
        return 5;
    case AccountState::ServerTrouble:
        return 4;
    case AccountState::Offline:
        return 3;
    case AccountState::SlowedDown:
        return 2;
    case AccountState::Limited:
        return 1;
    case AccountState::Live:
    case AccountState::Paused:
    case AccountState::Disconnected:
        return 0;
    }
    Q_UNREACHABLE();
}

QString signInText(const Account &account)
{
    if (accountAction(account) != AccountAction::SignIn)
        return {};
    return isFeed(account) ? AccountNotice::tr("Connect again") : AccountNotice::tr("Sign in again");
}

BannerContent slowedDown(const Account &account, const Here &here)
{
    const QString name = network(account.network).name;
    BannerContent content{
        Tone::Accent, u"hourglass"_s, AccountNotice::tr("%1 asked us to slow down.").arg(name), {}, {}, {}, 0};
    content.text =
        account.retryAt && *account.retryAt > here.now
            ? AccountNotice::tr("New messages may arrive up to %1 late. Nothing is lost and you can keep writing.")
                  .arg(minutesUntil(*account.retryAt, here.now))
            : AccountNotice::tr("New messages may arrive late. Nothing is lost and you can keep writing.");
    return content;
}

BannerContent serverTrouble(const Account &account, const Here &here)
{
    const QString host = account.server.host().isEmpty() ? network(account.network).name : account.server.host();
    BannerContent content{Tone::Danger,
                          u"wifi-off"_s,
                          AccountNotice::tr("%1 does not answer as it should.").arg(host),
                          {},
                          AccountNotice::tr("Try now"),
                          account.stateDetail,
                          0};
    QStringList sentences;
    if (account.failed.count > 0)
        sentences.append(triedText(account.failed, here));
    sentences.append(account.retryAt && *account.retryAt > here.now
                         ? AccountNotice::tr("Next try in %1.").arg(minutesUntil(*account.retryAt, here.now))
                         : AccountNotice::tr("It is tried again by itself."));
    sentences.append(
        oneOrMore(account.waitingAnswers, AccountNotice::tr("Nothing is lost; what you write is kept."),
                  AccountNotice::tr("Nothing is lost; 1 reply waits here."),
                  AccountNotice::tr("Nothing is lost; %n replies wait here.", nullptr, account.waitingAnswers)));
    content.text = sentences.join(u' ');
    return content;
}

BannerContent offline(const Account &account)
{
    return {Tone::Accent,
            u"wifi-off"_s,
            AccountNotice::tr("You are offline."),
            oneOrMore(account.waitingAnswers,
                      AccountNotice::tr("Keep writing. Replies wait here until the connection is back."),
                      AccountNotice::tr("Keep writing. 1 reply waits here until the connection is back."),
                      AccountNotice::tr("Keep writing. %n replies wait here until the connection is back.", nullptr,
                                        account.waitingAnswers)),
            AccountNotice::tr("Try now"),
            account.stateDetail,
            0};
}

BannerContent signedOut(const Account &account, const Here &here)
{
    const QString name = network(account.network).name;
    const QString who = account.failed.count > 0
                            ? AccountNotice::tr("%1 signed you out of %2 (%3).")
                                  .arg(name, handleOf(account), momentText(account.failed.since, here))
                            : AccountNotice::tr("%1 signed you out of %2.").arg(name, handleOf(account));
    const QString kept = oneOrMore(
        account.waitingAnswers, AccountNotice::tr("What you write is kept and does not go out until then."),
        AccountNotice::tr("1 reply is kept and does not go out until then."),
        AccountNotice::tr("%n replies are kept and do not go out until then.", nullptr, account.waitingAnswers));
    return {Tone::Warn,
            u"key-round"_s,
            who,
            AccountNotice::tr("Sign in again to fetch what you missed. %1").arg(kept),
            signInText(account),
            account.stateDetail,
            0};
}

} // namespace

AccountLook accountLook(AccountState state)
{
    switch (state) {
    case AccountState::Live:
        return {u"circle-check"_s, Token::OkText, AccountNotice::tr("Up to date")};
    case AccountState::SignedOut:
        return {u"key-round"_s, Token::WarnText, AccountNotice::tr("Signed out")};
    case AccountState::SlowedDown:
        return {u"hourglass"_s, Token::WarnText, AccountNotice::tr("Slowed down")};
    case AccountState::Offline:
        return {u"wifi-off"_s, Token::Text2, AccountNotice::tr("Offline")};
    case AccountState::ServerTrouble:
        return {u"wifi-off"_s, Token::DangerText, AccountNotice::tr("Cannot reach the server")};
    case AccountState::Limited:
        return {u"shield-alert"_s, Token::WarnText, AccountNotice::tr("Not everything is allowed")};
    case AccountState::Paused:
        return {u"pause"_s, Token::Text2, AccountNotice::tr("Paused")};
    case AccountState::Disconnected:
        return {u"plug"_s, Token::Text3, AccountNotice::tr("Disconnected")};
    }
    Q_UNREACHABLE();
}

AccountLook accountLook(const Account &account, Instant now)
{
    if (account.state == AccountState::Live && !isWatchedNow(account, now))
        return {u"clock"_s, Token::Text2, AccountNotice::tr("Not checked lately")};
    return accountLook(account.state);
}

QString accountStateText(const Account &account, const Here &here)
{
    if (account.state == AccountState::Live) {
        if (!account.lastGoodFetch)
            return AccountNotice::tr("Connected, not fetched yet");
        const QString moment = momentText(*account.lastGoodFetch, here);
        return isWatchedNow(account, here.now) ? AccountNotice::tr("Up to date, %1").arg(moment)
                                               : AccountNotice::tr("Last checked %1").arg(moment);
    }
    if (account.state == AccountState::SlowedDown && account.retryAt)
        return AccountNotice::tr("Slowed down until %1").arg(clockText(*account.retryAt, here));
    if (mayLackSomething(account))
        return AccountNotice::tr("Perhaps not complete");
    return accountLook(account.state).text;
}

AccountAction accountAction(const Account &account)
{
    switch (account.state) {
    case AccountState::SignedOut:
        if (account.retryAt)
            return AccountAction::TryNow;
        [[fallthrough]];
    case AccountState::Disconnected:
        // The practice network has no passwords.
        return account.channel != "practice"_L1 ? AccountAction::SignIn : AccountAction::None;
    case AccountState::Limited:
        return account.channel != "practice"_L1 && !mayLackSomething(account) ? AccountAction::SignIn
                                                                              : AccountAction::None;
    case AccountState::ServerTrouble:
    case AccountState::Offline:
        return AccountAction::TryNow;
    case AccountState::Paused:
        return AccountAction::Resume;
    case AccountState::Live:
    case AccountState::SlowedDown:
        return AccountAction::None;
    }
    Q_UNREACHABLE();
}

std::optional<BannerContent> accountBanner(const Account &account, const Here &here)
{
    const QString name = network(account.network).name;
    switch (account.state) {
    case AccountState::SignedOut:
        if (account.retryAt)
            return BannerContent{
                Tone::Warn,
                u"key-round"_s,
                AccountNotice::tr("The keychain does not give out the sign-in of %1.").arg(handleOf(account)),
                AccountNotice::tr("Unlock it; then everything goes on by itself. Nothing is lost."),
                AccountNotice::tr("Try now"),
                account.stateDetail,
                0};
        if (isFeed(account))
            return feedTrouble(account);
        return signedOut(account, here);
    case AccountState::SlowedDown:
        return slowedDown(account, here);
    case AccountState::Offline:
        return offline(account);
    case AccountState::ServerTrouble:
        return serverTrouble(account, here);
    case AccountState::Limited:
        if (mayLackSomething(account))
            return lacksSomething(account);
        return BannerContent{Tone::Warn,
                             u"shield-alert"_s,
                             AccountNotice::tr("%1 does not allow everything for %2.").arg(name, handleOf(account)),
                             account.stateDetail.isEmpty() ? AccountNotice::tr("The rest still arrives.")
                                                           : account.stateDetail,
                             signInText(account),
                             {},
                             0};
    case AccountState::Live:
    case AccountState::Paused:
    case AccountState::Disconnected:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

std::optional<AccountAlert> worstAlert(const std::vector<Account> &accounts, bool secretsLast, const Here &here)
{
    const Account *worst = nullptr;
    int shown = 0;
    bool anyReal = false;
    for (const Account &account : accounts) {
        const bool watched = account.state != AccountState::Disconnected;
        anyReal = anyReal || (watched && account.channel != "practice"_L1);
        if (severity(account.state) == 0)
            continue;
        ++shown;
        if (!worst || severity(account.state) > severity(worst->state))
            worst = &account;
    }
    const bool keychain = anyReal && !secretsLast;
    if (worst) {
        AccountAlert alert{worst->id, accountAction(*worst), *accountBanner(*worst, here)};
        alert.content.others = shown - 1 + (keychain ? 1 : 0);
        return alert;
    }
    if (!keychain)
        return std::nullopt;
    return AccountAlert{
        {},
        AccountAction::None,
        {Tone::Accent,
         u"key-round"_s,
         AccountNotice::tr("Passwords are kept until you quit."),
         AccountNotice::tr("No keychain answers on this computer, so you will be asked to sign in again next time."),
         {},
         {},
         0}};
}

int accountsNeedingPerson(const std::vector<Account> &accounts)
{
    return static_cast<int>(std::ranges::count_if(accounts, [](const Account &account) {
        return account.state == AccountState::SignedOut || account.state == AccountState::Limited;
    }));
}

QString errorSentence(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Offline:
        return AccountNotice::tr("There is no connection. Nothing was sent; try again when you are online.");
    case ErrorKind::Timeout:
        return AccountNotice::tr("The server did not answer in time. Try again in a moment.");
    case ErrorKind::RateLimited:
        return AccountNotice::tr("The server asks to wait a little. Try again in a few minutes.");
    case ErrorKind::DiskFull:
        return AccountNotice::tr("There is no room left on the disk. Nothing was changed; make room and try again.");
    case ErrorKind::Cancelled:
    case ErrorKind::Unauthorised:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Rejected:
    case ErrorKind::ServerTrouble:
    case ErrorKind::InvalidReply:
    case ErrorKind::Storage:
    case ErrorKind::NewerSchema:
    case ErrorKind::InUse:
    case ErrorKind::Damaged:
    case ErrorKind::Secrets:
    case ErrorKind::Usage:
    case ErrorKind::Internal:
        // These are particular: the services say in one sentence what happened and what to do.
        return error.detail;
    }
    Q_UNREACHABLE();
}

} // namespace indelible::ui
