// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/channel.h"
#include "app/channels/registry.h"
#include "app/cli/context.h"
#include "app/cli/json_output.h"
#include "app/session/account_service.h"
#include "app/sync/sync_engine.h"

#include <QFile>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

QByteArray secretFromStdin()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    return input.readLine().trimmed();
}

QString accountLine(const Account &account)
{
    const QString state = account.stateDetail.isEmpty() ? toString(account.state)
                                                        : toString(account.state) + u": "_s + account.stateDetail;
    return u"%1  %2  %3  %4"_s.arg(account.id.toString(), account.network, account.handle, state);
}

Result<Cadence> cadenceFrom(const QString &text)
{
    if (text.isEmpty())
        return Cadence::AtOnce;
    if (text == "day"_L1)
        return Cadence::Daily;
    if (text == "week"_L1)
        return Cadence::Weekly;
    return failure(ErrorKind::Usage, u"--digest takes 'day' or 'week'. Nothing was changed."_s);
}

/// A feed has no name and no password, but an address, which may itself be a secret: "-" reads it from standard input.
Result<channels::SignIn> byAddress(const Context &context)
{
    const QString address = context.arguments.value(1);
    channels::SignIn credentials;
    credentials.secret = address == "-"_L1 ? secretFromStdin() : address.toUtf8();
    credentials.words = context.options->value(u"words"_s).split(u',', Qt::SkipEmptyParts);
    const Result<Cadence> cadence = cadenceFrom(context.options->value(u"digest"_s));
    if (!cadence)
        return failure(cadence.error());
    credentials.cadence = *cadence;
    if (credentials.secret.isEmpty())
        return failure(ErrorKind::Usage,
                       u"Say the feed's address, or '-' to have it read from standard input. Nothing was changed."_s);
    return credentials;
}

Result<channels::SignIn> byPassword(const Context &context)
{
    if (!context.options->isSet(u"handle"_s) || !context.options->isSet(u"password-stdin"_s))
        return failure(
            ErrorKind::Usage,
            u"Say the network, --handle and --password-stdin (the password is read from standard input, never from the command line)."_s);
    channels::SignIn credentials;
    credentials.handle = context.options->value(u"handle"_s);
    credentials.server = QUrl(context.options->value(u"server"_s), QUrl::StrictMode);
    credentials.secret = secretFromStdin();
    if (credentials.secret.isEmpty())
        return failure(ErrorKind::Usage, u"No password came on standard input. Nothing was changed."_s);
    return credentials;
}

/// A Telegram bot has nothing but its token.
Result<channels::SignIn> byToken(const Context &context)
{
    if (!context.options->isSet(u"password-stdin"_s))
        return failure(
            ErrorKind::Usage,
            u"Say --password-stdin: the bot's token, which @BotFather shows, is read from standard input, never from the command line."_s);
    channels::SignIn credentials;
    credentials.server = QUrl(context.options->value(u"server"_s), QUrl::StrictMode);
    credentials.secret = secretFromStdin();
    if (credentials.secret.isEmpty())
        return failure(ErrorKind::Usage, u"No token came on standard input. Nothing was changed."_s);
    return credentials;
}

/// Not the command's result, which may be wanted as JSON.
void printPage(const QUrl &page)
{
    printError(u"Open this address in a browser on this computer and allow Indelible there; it waits five minutes: "_s +
               page.toString(QUrl::FullyEncoded));
}

Result<channels::SignIn> byBrowser(const Context &context, const QString &network)
{
    const QString named = context.arguments.value(1);
    const QString server = named.isEmpty() ? context.options->value(u"server"_s) : named;
    if (server.isEmpty())
        return failure(
            ErrorKind::Usage,
            u"Say the server of the account, for example 'indelible account add %1 mastodon.social'."_s.arg(network));
    channels::SignIn credentials;
    credentials.server = serverFrom(server);
    credentials.openPage = &printPage;
    return credentials;
}

channels::OAuthClient oauthClient(const Context &context)
{
    const auto address = [&context](const QString &option) {
        return QUrl(context.options->value(option), QUrl::StrictMode);
    };
    return {context.options->value(u"oauth-client"_s), address(u"oauth-authorize"_s), address(u"oauth-token"_s),
            context.options->value(u"oauth-scope"_s)};
}

/// The address stands beside the command, as of other accounts the server does.
Result<channels::SignIn> byMailAddress(const Context &context)
{
    const QString address = context.arguments.value(1);
    const bool isByBrowser = context.options->isSet(u"oauth-client"_s);
    const bool isByPassword = context.options->isSet(u"password-stdin"_s);
    if (address.isEmpty() || !context.options->isSet(u"imap"_s) || !(isByPassword || isByBrowser))
        return failure(
            ErrorKind::Usage,
            u"Say the mail address, --imap and --smtp with the servers (--smtp may be left out to sign in again), and --password-stdin (the password is read from standard input, never from the command line) or --oauth-client."_s);
    channels::SignIn credentials;
    credentials.handle = address;
    credentials.server = serverFrom(context.options->value(u"imap"_s));
    if (context.options->isSet(u"smtp"_s))
        credentials.sendingServer = serverFrom(context.options->value(u"smtp"_s));
    if (isByPassword)
        credentials.secret = secretFromStdin();
    if (isByBrowser) {
        credentials.oauth = oauthClient(context);
        credentials.openPage = &printPage;
    }
    return credentials;
}

Result<channels::SignIn> credentialsFor(const Context &context, const QString &network)
{
    if (network == "feed"_L1)
        return byAddress(context);
    if (network == "telegram"_L1)
        return byToken(context);
    if (network == "mail"_L1)
        return byMailAddress(context);
    return channels::signsInByBrowser(network) ? byBrowser(context, network) : byPassword(context);
}

CommandTask add(Context context)
{
    const QString network = context.arguments.value(0);
    Result<channels::SignIn> credentials = credentialsFor(context, network);
    if (!credentials)
        co_return failUsage(context, credentials.error().detail);
    const Result<Account> account =
        co_await context.session->accounts().connectAccount(network, std::move(*credentials));
    if (!account)
        co_return fail(context, account.error());
    print(context, {{u"account"_s, toJson(*account)}}, {u"Connected: "_s + accountLine(*account)});
    co_return kDone;
}

CommandTask list(Context context)
{
    QJsonArray accounts;
    QStringList lines;
    for (const Account &account : context.session->accounts().accounts()) {
        accounts.append(toJson(account));
        lines.append(accountLine(account));
    }
    if (lines.isEmpty())
        lines.append(
            u"No account is connected yet. 'indelible account add bluesky --handle you.example --password-stdin' or 'indelible account add mastodon mastodon.social' connects one."_s);
    print(context, {{u"accounts"_s, accounts}}, lines);
    co_return kDone;
}

CommandTask check(Context context)
{
    const QString asked = context.arguments.value(0);
    const Account *account = accountArgument(context, asked);
    if (!account)
        co_return failNoSuchAccount(context, asked);
    const AccountId id = account->id;
    const Result<sync::SyncReport> report =
        co_await context.session->sync().syncAccount(id, sync::SyncEngine::Depth::Usual);
    if (!report)
        co_return fail(context, report.error());
    print(context, {{u"works"_s, true}, {u"new_items"_s, report->newItems}},
          {u"The account works. %1 new."_s.arg(report->newItems)});
    co_return kDone;
}

CommandTask changeState(Context context, QCoro::Task<Result<void>> (*change)(session::AccountService &, AccountId))
{
    const QString asked = context.arguments.value(0);
    const Account *account = accountArgument(context, asked);
    if (!account)
        co_return failNoSuchAccount(context, asked);
    const AccountId id = account->id;
    const Result<void> changed = co_await change(context.session->accounts(), id);
    if (!changed)
        co_return fail(context, changed.error());
    const Account now = *context.session->accounts().account(id);
    print(context, {{u"account"_s, toJson(now)}}, {accountLine(now)});
    co_return kDone;
}

CommandTask pause(Context context)
{
    return changeState(std::move(context),
                       [](session::AccountService &accounts, AccountId id) { return accounts.pause(id, true); });
}

CommandTask resume(Context context)
{
    return changeState(std::move(context),
                       [](session::AccountService &accounts, AccountId id) { return accounts.pause(id, false); });
}

CommandTask storageRule(Context context)
{
    const bool follows = context.options->isSet(u"follow"_s);
    if (follows == context.options->isSet(u"keep"_s))
        co_return failUsage(
            context,
            u"Say --follow (what its author deletes there is erased here for ever, once a day, ten minutes after the window or sync begins) or --keep (it stays on record)."_s);
    co_return co_await (follows
                            ? changeState(context, [](session::AccountService &accounts,
                                                      AccountId id) { return accounts.followStorageRule(id, true); })
                            : changeState(context, [](session::AccountService &accounts, AccountId id) {
                                  return accounts.followStorageRule(id, false);
                              }));
}

CommandTask disconnectAccount(Context context)
{
    return changeState(std::move(context),
                       [](session::AccountService &accounts, AccountId id) { return accounts.disconnectAccount(id); });
}

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({u"handle"_s, u"The account's name on the network."_s, u"handle"_s});
    parser.addOption({u"server"_s, u"Where to sign in, if not at the network's usual place."_s, u"url"_s});
    parser.addOption({u"password-stdin"_s, u"Read the (app) password or token from standard input."_s});
    parser.addOption({u"imap"_s, u"Of a mailbox: the server it is read from; port 143 means STARTTLS."_s, u"host"_s});
    parser.addOption(
        {u"smtp"_s, u"Of a mailbox: the server that takes answers; port 587 means STARTTLS."_s, u"host"_s});
    parser.addOption(
        {u"oauth-client"_s,
         u"Of a mailbox: sign in on the provider's page, with the id of an OAuth client of your own; its secret, if it has one, by --password-stdin."_s,
         u"id"_s});
    parser.addOption({u"oauth-authorize"_s, u"That page; known for Google and Microsoft."_s, u"url"_s});
    parser.addOption({u"oauth-token"_s, u"The provider's token endpoint; known for Google and Microsoft."_s, u"url"_s});
    parser.addOption({u"oauth-scope"_s, u"What to ask for; known for Google and Microsoft."_s, u"scope"_s});
    parser.addOption(
        {u"words"_s, u"Of a feed: take only what mentions one of these, separated by commas."_s, u"words"_s});
    parser.addOption(
        {u"digest"_s,
         u"Of a feed: its items come in together, at seven in the morning of every day or Monday; else as they are found."_s,
         u"day|week"_s});
}

} // namespace

std::vector<Command> accountCommands()
{
    return {
        {u"account add"_s,
         u"bluesky --handle H [--server URL] --password-stdin | mastodon SERVER | telegram --password-stdin | mail ADDRESS --imap HOST[:PORT] [--smtp HOST[:PORT]] --password-stdin | mail ADDRESS --imap HOST[:PORT] [--smtp HOST[:PORT]] --oauth-client ID [--oauth-authorize URL --oauth-token URL --oauth-scope S] [--password-stdin] | feed ADDRESS [--words W,W] [--digest day|week]"_s,
         u"Connects an account, a mailbox or a feed."_s, Access::Make, &addOptions, &add},
        {u"account list"_s, {}, u"Lists the accounts and how they are."_s, Access::Read, nullptr, &list},
        {u"account check"_s, u"A"_s, u"Fetches an account once and says whether it works."_s, Access::Write, nullptr,
         &check},
        {u"account pause"_s, u"A"_s, u"Stops fetching and sending for an account."_s, Access::Write, nullptr, &pause},
        {u"account resume"_s, u"A"_s, u"Goes on with a paused account."_s, Access::Write, nullptr, &resume},
        {u"account storage-rule"_s, u"A --follow | --keep"_s,
         u"Erases what authors delete there as well, once a day while the program runs, or keeps it."_s, Access::Write,
         [](QCommandLineParser &parser) {
             parser.addOption({u"follow"_s, u"Erase it here too."_s});
             parser.addOption({u"keep"_s, u"Keep it (as it is unless said otherwise)."_s});
         },
         &storageRule},
        {u"account disconnect"_s, u"A"_s, u"Signs out and forgets the tokens; everything fetched stays."_s,
         Access::Write, nullptr, &disconnectAccount},
    };
}

} // namespace indelible::cli
