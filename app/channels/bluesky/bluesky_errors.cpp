// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_errors.h"

#include "app/base/text.h"
#include "app/channels/json_reader.h"
#include "app/net/http_client.h"

#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

namespace {

constexpr qsizetype kQuotedGraphemes = 200;

// clang-format off
constexpr ErrorRow kTable[] = {
    {"ExpiredToken", ErrorKind::Unauthorised, true, "The Bluesky sign-in has run out. Nothing is lost; sign in again."},
    {"InvalidToken", ErrorKind::Unauthorised, true, "The Bluesky server does not accept the sign-in any more. Nothing is lost; sign in again."},
    {"AuthMissing", ErrorKind::Unauthorised, true, "The Bluesky server asks for a sign-in. Nothing is lost; sign in again."},
    {"AuthenticationRequired", ErrorKind::Unauthorised, true, "The Bluesky server refused the handle or the app password. Check both and sign in again."},
    {"AuthFactorTokenRequired", ErrorKind::Unauthorised, true, "This is the account's main password, which Bluesky guards by e-mail. Make an app password in Bluesky's settings and use that."},
    {"AccountTakedown", ErrorKind::Unauthorised, true, "Bluesky has taken this account down. What was fetched stays; Bluesky has to be asked about the account."},
    {"AccountDeactivated", ErrorKind::Unauthorised, true, "This Bluesky account is deactivated. Activate it on Bluesky, then sign in again."},
    {"RateLimitExceeded", ErrorKind::RateLimited, true, "The Bluesky server asks to slow down. It is left alone for a while and then asked again."},
    {"InvalidSwap", ErrorKind::Conflict, false, "There is another post under this answer's key. Look at the thread on Bluesky before sending again."},
    {"RecordNotFound", ErrorKind::NotFound, false, "Bluesky has no such post."},
    {"NotFound", ErrorKind::NotFound, false, "Bluesky does not show this post any more."},
    {"HandleNotFound", ErrorKind::NotFound, false, "Bluesky knows nobody by this handle."},
    {"RepoNotFound", ErrorKind::NotFound, false, "Bluesky knows no such account."},
    {"InvalidConvo", ErrorKind::NotFound, false, "This private conversation does not exist any more, or this account has left it."},
    {"ReplyTargetNotFound", ErrorKind::NotFound, false, "The message that this answers is not there any more."},
    {"BlockedActor", ErrorKind::Forbidden, false, "This account has blocked the person; Bluesky delivers nothing between the two."},
    {"BlockedByActor", ErrorKind::Forbidden, false, "The person has blocked this account; Bluesky delivers nothing between the two."},
    {"BlockedSubject", ErrorKind::Forbidden, false, "One of the two has blocked the other; Bluesky delivers nothing between them."},
    {"MessagesDisabled", ErrorKind::Forbidden, false, "The person takes no private messages. Answer in public instead."},
    {"NotFollowedBySender", ErrorKind::Forbidden, false, "The person takes private messages only from accounts they follow. Answer in public instead."},
    {"RecipientNotFound", ErrorKind::Forbidden, false, "The person's account does not exist any more."},
    {"AccountSuspended", ErrorKind::Forbidden, false, "Bluesky has suspended private messages for one of the two accounts."},
    {"ConvoLocked", ErrorKind::Forbidden, false, "This private conversation is locked; nothing can be sent to it."},
    {"InvalidRequest", ErrorKind::Rejected, false, "The Bluesky server refuses this request."},
    {"MethodNotImplemented", ErrorKind::Rejected, false, "The Bluesky server cannot do this."},
    {"UpstreamFailure", ErrorKind::ServerTrouble, false, "The Bluesky server cannot reach the service behind it. It will be asked again."},
    {"InternalServerError", ErrorKind::ServerTrouble, false, "The Bluesky server failed. It will be asked again."},
};
// clang-format on

/// The permission for private messages is missing: the server calls that an invalid token too.
bool lacksMessagePermission(const QString &code, const QString &message)
{
    return code == "InvalidToken"_L1 && message.contains("bad token method"_L1, Qt::CaseInsensitive);
}

Error errorOf(int status, const QString &code, const QString &message)
{
    Error error;
    error.code = code;
    error.httpStatus = status;
    if (lacksMessagePermission(code, message)) {
        error.kind = ErrorKind::Forbidden;
        error.detail =
            u"This app password does not allow private messages. Make one that does in Bluesky's settings and sign in again."_s;
        return error;
    }
    const auto row = std::find_if(std::begin(kTable), std::end(kTable),
                                  [&](const ErrorRow &candidate) { return code == QLatin1StringView(candidate.code); });
    const bool known = row != std::end(kTable);
    error.kind = known ? row->kind : kindOfStatus(status);
    error.provablyNotProcessed = known ? row->notProcessed : status == 401 || status == 429;
    error.detail = known ? QString::fromLatin1(row->sentence)
                         : u"The Bluesky server refused the request with status %1."_s.arg(status);
    const QString said = snippetOf(message, kQuotedGraphemes);
    if (!said.isEmpty() && (!known || error.kind == ErrorKind::Rejected))
        error.detail += u" It says: %1"_s.arg(isolated(said));
    return error;
}

} // namespace

std::span<const ErrorRow> errorTable()
{
    return kTable;
}

Result<QByteArray> readAnswer(const net::HttpResponse &response)
{
    const bool isPage = response.contentType.contains("html") || response.body.trimmed().startsWith('<');
    if (response.status >= 200 && response.status < 300 && !isPage)
        return response.body;
    if (isPage) {
        Error error =
            invalidReply(u"it is a web page, not data; the address may be wrong, or a page of the network in between"_s)
                .value();
        error.httpStatus = response.status;
        return failure(std::move(error));
    }
    const QJsonObject said = readObject(response.body).value_or(QJsonObject());
    return failure(errorOf(response.status, wellFormed(said.value("error"_L1).toString()),
                           wellFormed(said.value("message"_L1).toString())));
}

bool asksForRefresh(const Error &error)
{
    return error.kind == ErrorKind::Unauthorised &&
           (error.code == "ExpiredToken"_L1 || error.code == "InvalidToken"_L1);
}

tl::unexpected<Error> signInAgain(const QString &reason)
{
    Error error;
    error.kind = ErrorKind::Unauthorised;
    error.detail = reason + u" What was fetched stays; sign in again with an app password."_s;
    error.provablyNotProcessed = true;
    return failure(std::move(error));
}

} // namespace indelible::channels::bluesky
