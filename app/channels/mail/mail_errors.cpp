// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_errors.h"

#include "app/base/text.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr qsizetype kQuotedGraphemes = 200;

QString withSaid(const QString &sentence, const QString &text)
{
    const QString said = snippetOf(wellFormed(text), kQuotedGraphemes);
    return said.isEmpty() ? sentence : sentence + u" It says: "_s + isolated(said);
}

QString signInSentence()
{
    return u"The mail server does not accept the password. What was fetched stays; sign in again, with an app password where the provider wants one."_s;
}

struct Row
{
    const char *code;
    ErrorKind kind;
    const char *sentence;
};

// RFC 5530, section 3, and what servers of note send besides.
// clang-format off
constexpr Row kImap[] = {
    {"UNAVAILABLE", ErrorKind::ServerTrouble, "The mail server cannot do this now. Nothing is lost; it will be asked again."},
    {"INUSE", ErrorKind::ServerTrouble, "The mailbox is in use by another program. Nothing is lost; it will be asked again."},
    {"SERVERBUG", ErrorKind::ServerTrouble, "The mail server failed. Nothing is lost; it will be asked again."},
    {"LIMIT", ErrorKind::RateLimited, "The mail server asks to slow down."},
    {"THROTTLED", ErrorKind::RateLimited, "The mail server asks to slow down."},
    {"CONTACTADMIN", ErrorKind::Forbidden, "The mail server wants you to talk to whoever runs it."},
    {"OVERQUOTA", ErrorKind::Forbidden, "The mailbox is full, or has been read more than the server allows."},
    {"PRIVACYREQUIRED", ErrorKind::Forbidden, "The mail server wants an encrypted connection. Check its address and port."},
    {"NOPERM", ErrorKind::Forbidden, "The mail server does not allow this account to do that."},
    {"REFERRAL", ErrorKind::Rejected, "The mail server sends us to another one, which was not asked. Check the server's address."},
    {"NONEXISTENT", ErrorKind::NotFound, "The mail server has no such folder any more."},
};
// clang-format on

} // namespace

Error imapError(const QByteArray &code, const QString &text, bool isSignIn)
{
    const QByteArray name = code.trimmed().toUpper();
    const auto row = std::ranges::find_if(kImap, [&name](const Row &each) { return name == each.code; });
    Error error;
    error.code = QString::fromLatin1(name);
    error.provablyNotProcessed = true;
    if (row != std::end(kImap)) {
        error.kind = row->kind;
        error.detail = withSaid(QString::fromLatin1(row->sentence), text);
    } else if (isSignIn || name == "AUTHENTICATIONFAILED" || name == "AUTHORIZATIONFAILED" || name == "EXPIRED") {
        error.kind = ErrorKind::Unauthorised;
        error.detail = withSaid(signInSentence(), text);
    } else {
        error.kind = ErrorKind::Rejected;
        error.detail = withSaid(u"The mail server refuses this."_s, text);
    }
    return error;
}

Error smtpError(int status, const QString &text, bool isSignIn)
{
    static const QRegularExpression enhanced(u"\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b"_s);
    const QString code = enhanced.match(text).captured(1);
    Error error;
    error.code = code.isEmpty() ? QString::number(status) : code;
    error.provablyNotProcessed = true;
    const bool refusesPassword = status == 535 || status == 534 || status == 530 || code == "5.7.30"_L1;
    if (refusesPassword || (isSignIn && status >= 500)) {
        error.kind = ErrorKind::Unauthorised;
        error.detail = withSaid(signInSentence(), text);
    } else if (code.startsWith("4.7."_L1) || code == "5.4.5"_L1) {
        error.kind = ErrorKind::RateLimited;
        error.detail = withSaid(u"The mail server takes no more mails for now."_s, text);
    } else if (status < 500) {
        error.kind = ErrorKind::ServerTrouble;
        error.detail =
            withSaid(u"The mail server cannot take the answer now. It was not sent; it is tried again."_s, text);
    } else if (code.startsWith("5.1."_L1) || status == 553) {
        error.kind = ErrorKind::NotFound;
        error.detail = withSaid(u"The mail server knows no such address. Nothing was sent."_s, text);
    } else if (status == 554 || code.startsWith("5.7."_L1)) {
        error.kind = ErrorKind::Forbidden;
        error.detail = withSaid(u"The mail server does not allow this answer to be sent."_s, text);
    } else {
        error.kind = ErrorKind::Rejected;
        error.detail = withSaid(u"The mail server refuses the answer. Nothing was sent."_s, text);
    }
    return error;
}

Error ofTokens(Error error)
{
    if (error.kind == ErrorKind::Unauthorised)
        error.detail =
            u"The mail server does not accept the provider’s sign-in. What was fetched stays; sign in again, and check that the OAuth client may read and send mails."_s;
    return error;
}

tl::unexpected<Error> notImap()
{
    return failure(Error{
        ErrorKind::InvalidReply,
        u"The mail server answers something that is not IMAP. Nothing of it was taken over; check the address and the port."_s,
        {},
        {},
        {},
        true});
}

QString unclearSentence()
{
    return u"The connection to the mail server broke before it said whether it has the answer. It may have gone out; it is looked up."_s;
}

} // namespace indelible::channels::mail
