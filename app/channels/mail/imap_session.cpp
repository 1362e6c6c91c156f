// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/imap_session.h"

#include "app/base/text.h"
#include "app/channels/mail/imap_driver.h"
#include "app/channels/mail/imap_values.h"
#include "app/channels/mail/mail_errors.h"
#include "app/channels/mail/mail_oauth.h"

#include <QRegularExpression>

#include <cstring>
#include <limits>
#include <mutex>

#include <libetpan/libetpan.h>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr qint64 kMostAnswered = 1024 * 1024;
constexpr qint64 kMostListed = 16 * 1024 * 1024;
constexpr int kBytesPerSecond = 32 * 1024;
constexpr std::chrono::seconds kFarewell{1};

bool isDone(int code)
{
    return code == MAILIMAP_NO_ERROR || code == MAILIMAP_NO_ERROR_AUTHENTICATED ||
           code == MAILIMAP_NO_ERROR_NON_AUTHENTICATED;
}

} // namespace

ImapSession::ImapSession(Patience patience)
    : m_stream(patience)
{
    // Otherwise long answers, which are people's mails, are kept in files in /tmp.
    static std::once_flag once;
    std::call_once(once, [] { mmap_string_set_ceil(std::numeric_limits<size_t>::max()); });
    m_imap = mailimap_new(0, nullptr);
}

ImapSession::~ImapSession()
{
    // Says LOGOUT, where there is somebody left to hear it.
    m_stream.hurry(kFarewell);
    mailimap_free(m_imap);
}

void ImapSession::begin(qint64 mostBytes, std::chrono::milliseconds extra)
{
    m_stream.begin(mostBytes, extra);
}

void ImapSession::takeAlert()
{
    const mailimap_response_info *info = m_imap->imap_response_info;
    if (info && info->rsp_alert)
        m_alert = snippetOf(wellFormed(QString::fromUtf8(info->rsp_alert)), 200);
}

Result<void> ImapSession::check(int code, bool isSignIn)
{
    takeAlert();
    if (m_stream.failed()) {
        m_isBroken = true;
        return failure(*m_stream.failed());
    }
    if (isDone(code))
        return {};
    const QString said = m_imap->imap_response ? QString::fromUtf8(m_imap->imap_response) : QString();
    switch (code) {
    case MAILIMAP_ERROR_STREAM:
    case MAILIMAP_ERROR_FATAL:
    case MAILIMAP_ERROR_CONNECTION_REFUSED:
    case MAILIMAP_ERROR_DONT_ACCEPT_CONNECTION: {
        m_isBroken = true;
        Error error = imapError("UNAVAILABLE", said, false);
        return failure(std::move(error));
    }
    case MAILIMAP_ERROR_BAD_STATE:
    case MAILIMAP_ERROR_PARSE:
    case MAILIMAP_ERROR_PROTOCOL:
    case MAILIMAP_ERROR_MEMORY:
    case MAILIMAP_ERROR_INVAL:
        m_isBroken = true;
        return notImap();
    default:
        break;
    }
    const mailimap_response_info *info = m_imap->imap_response_info;
    const QByteArray name(info && info->rsp_atom ? info->rsp_atom : "");
    return failure(imapError(name, said, isSignIn));
}

Result<QByteArray> ImapSession::askPlainly(const QByteArray &tag, const QByteArray &command)
{
    constexpr int kMostLines = 100;
    begin(kMostAnswered);
    if (const Result<void> written = m_stream.write(tag + ' ' + command + "\r\n"); !written)
        return failure(written.error());
    QByteArray answer;
    for (int i = 0; i < kMostLines; ++i) {
        Result<QByteArray> line = m_stream.readLine();
        if (!line)
            return line;
        answer += *line + '\n';
        if (line->startsWith(tag + ' '))
            return answer;
        // A refused token: the server says why and wants an empty line before it says no.
        if (line->startsWith("+ ") && command.startsWith("AUTHENTICATE"))
            INDELIBLE_TRY(m_stream.write("\r\n"));
        else if (!line->startsWith("* "))
            break;
    }
    return notImap();
}

Result<void> ImapSession::encryptIfOffered()
{
    const Result<QByteArray> greeting = m_stream.readLine();
    if (!greeting)
        return failure(greeting.error());
    if (!greeting->startsWith("* "))
        return notImap();
    const Result<QByteArray> abilities = askPlainly("c1", "CAPABILITY");
    if (!abilities)
        return failure(abilities.error());
    if (abilities->toUpper().contains(" STARTTLS")) {
        const Result<QByteArray> agreed = askPlainly("c2", "STARTTLS");
        if (!agreed)
            return failure(agreed.error());
        if (!agreed->toUpper().contains("C2 OK"))
            return failure(imapError("PRIVACYREQUIRED", QString::fromUtf8(*agreed), false));
        INDELIBLE_TRY(m_stream.startTls());
    }
    m_stream.giveBack(*greeting + "\r\n");
    return {};
}

Result<void> ImapSession::signIn(const Session &session)
{
    INDELIBLE_TRY(m_stream.connectTo(session.imap));
    begin(kMostAnswered);
    if (session.imap.security == MailServer::Security::StartTls)
        INDELIBLE_TRY(encryptIfOffered());
    if (!m_stream.isSafe())
        return failure(
            ErrorKind::Forbidden,
            u"The mail server %1 offers no encryption, so the password was not sent. Check the address and the port."_s
                .arg(session.imap.host));
    begin(kMostAnswered);
    INDELIBLE_TRY(check(mailimap_connect(m_imap, streamOver(&m_stream))));
    if (session.tokens)
        return signInByToken(session);
    begin(kMostAnswered);
    const QByteArray user = session.address.toUtf8();
    return check(mailimap_login(m_imap, user.constData(), session.password.constData()), true);
}

void ImapSession::takeBuffered()
{
    mailstream *stream = m_imap->imap_stream;
    m_stream.giveBack(QByteArray(stream->read_buffer, static_cast<qsizetype>(stream->read_buffer_len)));
    stream->read_buffer_len = 0;
}

Result<void> ImapSession::signInByToken(const Session &session)
{
    takeBuffered();
    Result<QByteArray> answer = askPlainly("c3", "AUTHENTICATE XOAUTH2 " + xoauth2(session));
    if (!answer)
        return failure(answer.error());
    static const QRegularExpression last(u"^c3 (\\S+)(?: \\[([^\\]]*)\\])?(.*)$"_s,
                                         QRegularExpression::MultilineOption);
    const QRegularExpressionMatch said = last.match(QString::fromUtf8(*answer));
    if (said.captured(1) != "OK"_L1)
        return failure(ofTokens(imapError(said.captured(2).toLatin1(), said.captured(3), true)));
    m_imap->imap_state = MAILIMAP_STATE_AUTHENTICATED;
    return {};
}

Result<const SpecialFolders *> ImapSession::specialFolders()
{
    if (m_folders)
        return &*m_folders;
    begin(kMostListed);
    clist *folders = nullptr;
    INDELIBLE_TRY(check(mailimap_list(m_imap, "", "*", &folders)));
    m_folders = specialFoldersIn(folders);
    mailimap_list_result_free(folders);
    return &*m_folders;
}

Result<Folder> ImapSession::examine(const QByteArray &folder)
{
    begin(kMostAnswered);
    INDELIBLE_TRY(check(mailimap_examine(m_imap, folder.constData())));
    const mailimap_selection_info *info = m_imap->imap_selection_info;
    if (!info || info->sel_uidvalidity == 0)
        return failure(ErrorKind::InvalidReply,
                       u"The mail server does not number its mails in a lasting way. Nothing of it was taken over."_s);
    return Folder{info->sel_uidvalidity, info->sel_uidnext, info->sel_exists};
}

Result<std::vector<quint32>> ImapSession::search(mailimap_search_key *key)
{
    begin(kMostListed);
    clist *found = nullptr;
    const int code = mailimap_uid_search(m_imap, nullptr, key, &found);
    mailimap_search_key_free(key);
    INDELIBLE_TRY(check(code));
    std::vector<quint32> uids = numbersIn(found);
    mailimap_search_result_free(found);
    return uids;
}

Result<std::vector<quint32>> ImapSession::uidsAbove(quint32 last)
{
    if (last == std::numeric_limits<quint32>::max())
        return std::vector<quint32>();
    return search(mailimap_search_key_new_uid(mailimap_set_new_interval(last + 1, 0)));
}

Result<std::vector<quint32>> ImapSession::uidsSince(QDate day)
{
    return search(mailimap_search_key_new_since(mailimap_date_new(day.day(), day.month(), day.year())));
}

Result<std::vector<quint32>> ImapSession::uidsOf(const QString &messageId)
{
    const QByteArray id = messageId.toLatin1();
    // NOLINTNEXTLINE(clang-analyzer-unix.Malloc): the key owns both copies
    return search(mailimap_search_key_new_header(strdup("Message-ID"), strdup(id.constData())));
}

Result<std::vector<Listed>> ImapSession::list(const std::vector<quint32> &uids)
{
    begin(kMostAnswered);
    clist *answer = nullptr;
    const int code = fetchSizes(m_imap, uids, &answer);
    INDELIBLE_TRY(check(code));
    std::vector<Listed> mails = listedIn(answer);
    mailimap_fetch_list_free(answer);
    return mails;
}

Result<QHash<quint32, QByteArray>> ImapSession::fetch(const std::vector<Listed> &mails, qint64 mostBytes)
{
    // Some servers count the size in their own way, but none is wrong by half.
    qint64 expected = 0;
    std::vector<quint32> uids;
    for (const Listed &mail : mails) {
        expected += qMin(mail.size, mostBytes);
        uids.push_back(mail.uid);
    }
    begin(kMostAnswered + 2 * expected, std::chrono::seconds(expected / kBytesPerSecond));
    clist *answer = nullptr;
    const int code = fetchBodies(m_imap, uids, mostBytes, &answer);
    INDELIBLE_TRY(check(code));
    QHash<quint32, QByteArray> bodies = bodiesIn(answer);
    mailimap_fetch_list_free(answer);
    return bodies;
}

Result<void> ImapSession::append(const QByteArray &folder, const QByteArray &message)
{
    begin(kMostAnswered, std::chrono::seconds(message.size() / kBytesPerSecond));
    mailimap_flag_list *flags = mailimap_flag_list_new_empty();
    mailimap_flag_list_add(flags, mailimap_flag_new_seen());
    const int code = mailimap_append(m_imap, folder.constData(), flags, nullptr, message.constData(),
                                     static_cast<size_t>(message.size()));
    mailimap_flag_list_free(flags);
    return check(code);
}

Result<void> ImapSession::markAnswered(const QString &messageId)
{
    begin(kMostAnswered);
    INDELIBLE_TRY(check(mailimap_select(m_imap, "INBOX")));
    const Result<std::vector<quint32>> uids = uidsOf(messageId);
    if (!uids)
        return failure(uids.error());
    for (const quint32 uid : *uids) {
        begin(kMostAnswered);
        INDELIBLE_TRY(check(storeAnswered(m_imap, uid)));
    }
    return {};
}

} // namespace indelible::channels::mail
