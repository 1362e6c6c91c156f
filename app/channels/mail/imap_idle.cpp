// SPDX-License-Identifier: GPL-3.0-or-later
// What ImapSession does to be told of changes. By hand: libetpan would wait without an end that we could set.
#include "app/channels/mail/imap_session.h"
#include "app/channels/mail/imap_values.h"
#include "app/channels/mail/mail_errors.h"

#include <libetpan/libetpan.h>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr qint64 kMostTold = 1024 * 1024;
constexpr int kMostLines = 1'000;
const QByteArray kTag = QByteArrayLiteral("i1");

} // namespace

Result<bool> ImapSession::offersIdle()
{
    begin(kMostTold);
    mailimap_capability_data *abilities = nullptr;
    INDELIBLE_TRY(check(mailimap_capability(m_imap, &abilities)));
    mailimap_capability_data_free(abilities);
    return mailimap_has_idle(m_imap) != 0;
}

Result<ImapSession::Told> ImapSession::readTold()
{
    const Result<QByteArray> line = m_stream.readLine();
    if (!line)
        return failure(line.error());
    if (line->startsWith('+'))
        return Told::GoAhead;
    if (line->startsWith(kTag + " OK"))
        return Told::Done;
    if (line->startsWith(kTag + ' '))
        return failure(imapError({}, QString::fromUtf8(line->mid(kTag.size())), false));
    if (line->startsWith("* BYE"))
        return failure(imapError("UNAVAILABLE", QString::fromUtf8(line->mid(5)), false));
    if (!line->startsWith("* "))
        return notImap();
    return tellsOfMail(*line) ? Told::News : Told::Nothing;
}

Result<bool> ImapSession::readUntil(Told end)
{
    bool isNews = false;
    for (int i = 0; i < kMostLines; ++i) {
        const Result<Told> told = readTold();
        if (!told)
            return failure(told.error());
        if (*told == end)
            return isNews;
        isNews = isNews || *told == Told::News;
    }
    return notImap();
}

Result<bool> ImapSession::beginIdle()
{
    m_isBroken = true; // libetpan knows nothing of what is said from here on
    begin(kMostTold);
    takeBuffered();
    if (const Result<void> written = m_stream.write(kTag + " IDLE\r\n"); !written)
        return failure(written.error());
    return readUntil(Told::GoAhead);
}

Result<bool> ImapSession::waitIdle(std::chrono::milliseconds limit)
{
    begin(kMostTold, limit);
    Result<bool> came = m_stream.waitForBytes(limit);
    if (!came || !*came)
        return came;
    begin(kMostTold);
    const Result<Told> told = readTold();
    if (!told)
        return failure(told.error());
    return *told == Told::News || *told == Told::Nothing ? Result<bool>(*told == Told::News) : notImap();
}

Result<bool> ImapSession::endIdle()
{
    begin(kMostTold);
    if (const Result<void> written = m_stream.write("DONE\r\n"); !written)
        return failure(written.error());
    return readUntil(Told::Done);
}

} // namespace indelible::channels::mail
