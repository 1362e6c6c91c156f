// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_errors.h"

#include "app/base/text.h"
#include "app/channels/json_reader.h"
#include "app/net/http_client.h"

#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

constexpr qsizetype kQuotedGraphemes = 200;

struct Row
{
    int status = 0;
    const char *sentence = nullptr;
};

// docs.joinmastodon.org, methods and entities/Error, and what snac2 2.75 answers (tried 2026-11-22). 429 and 5xx are
// HttpClient's.
// clang-format off
constexpr Row kSentences[] = {
    {400, "The Mastodon server refuses this request."},
    {401, "The Mastodon server does not accept the sign-in any more. Nothing is lost; sign in again."},
    {403, "The Mastodon server does not allow this account to do that."},
    {404, "The Mastodon server does not show this any more."},
    {410, "This is gone from the Mastodon server."},
    {422, "The Mastodon server refuses this: it is too long, or what it answers is not there any more."},
};
// clang-format on

Error errorOf(int status, const QString &code, const QString &explanation)
{
    const auto row = std::find_if(std::begin(kSentences), std::end(kSentences),
                                  [status](const Row &candidate) { return candidate.status == status; });
    Error error;
    error.kind = kindOfStatus(status);
    error.code = code;
    error.httpStatus = status;
    error.provablyNotProcessed = status == 401 || status == 429;
    error.detail = row != std::end(kSentences)
                       ? QString::fromLatin1(row->sentence)
                       : u"The Mastodon server refused the request with status %1."_s.arg(status);
    const QString said = snippetOf(explanation.isEmpty() ? code : explanation, kQuotedGraphemes);
    if (!said.isEmpty() && status != 401)
        error.detail += u" It says: %1"_s.arg(isolated(said));
    return error;
}

} // namespace

Result<QByteArray> readAnswer(const net::HttpResponse &response)
{
    const bool isPage = response.contentType.contains("html") || response.body.trimmed().startsWith('<');
    const bool worked = response.status >= 200 && response.status < 300;
    if (worked && !isPage)
        return response.body;
    if (worked) {
        Error error =
            invalidReply(u"it is a web page, not data; the address may be wrong, or a page of the network in between"_s)
                .value();
        error.httpStatus = response.status;
        return failure(std::move(error));
    }
    const QJsonObject said = isPage ? QJsonObject() : readObject(response.body).value_or(QJsonObject());
    return failure(errorOf(response.status, wellFormed(said.value("error"_L1).toString()),
                           wellFormed(said.value("error_description"_L1).toString())));
}

tl::unexpected<Error> signInAgain(const QString &reason)
{
    Error error;
    error.kind = ErrorKind::Unauthorised;
    error.detail = reason + u" What was fetched stays; sign in again."_s;
    error.provablyNotProcessed = true;
    return failure(std::move(error));
}

} // namespace indelible::channels::mastodon
