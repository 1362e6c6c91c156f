// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/imap_driver.h"

#include <cstdlib>
#include <cstring>

namespace indelible::channels::mail {

namespace {

constexpr size_t kBufferSize = 8192;

MailStream &streamOf(mailstream_low *low)
{
    return *static_cast<MailStream *>(low->data);
}

ssize_t lowRead(mailstream_low *low, void *buffer, size_t size)
{
    const QByteArray bytes = streamOf(low).read(static_cast<qint64>(size));
    if (bytes.isEmpty())
        return -1;
    std::memcpy(buffer, bytes.constData(), static_cast<size_t>(bytes.size()));
    return bytes.size();
}

ssize_t lowWrite(mailstream_low *low, const void *buffer, size_t size)
{
    const QByteArray bytes(static_cast<const char *>(buffer), static_cast<qsizetype>(size));
    return streamOf(low).write(bytes) ? static_cast<ssize_t>(size) : -1;
}

int lowClose(mailstream_low *)
{
    return 0;
}

int lowDescriptor(mailstream_low *low)
{
    return streamOf(low).descriptor();
}

void lowFree(mailstream_low *low)
{
    std::free(low); // the stream is ImapSession's
}

void lowCancel(mailstream_low *) {}

} // namespace

mailstream *streamOver(MailStream *stream)
{
    static mailstream_low_driver driver{lowRead, lowWrite, lowClose, lowDescriptor, lowFree, lowCancel,
                                        nullptr, nullptr,  nullptr,  nullptr,       nullptr};
    return mailstream_new(mailstream_low_new(stream, &driver), kBufferSize);
}

} // namespace indelible::channels::mail
