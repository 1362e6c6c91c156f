// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_session.h"
#include "tests/fuzz/fuzz.h"

using namespace indelible;
using namespace indelible::channels::bluesky;

namespace {

void requireComesBack(const Session &session)
{
    const QByteArray written = writeSession(session);
    const Result<Session> read = readSession(written);
    fuzz::require(read.has_value() && writeSession(*read) == written, "a session comes back from the keychain");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    switch (input.choice(4)) {
    case 0:
        if (const Result<SessionAnswer> answer =
                parseSession(input.bytes(), QUrl(QStringLiteral("https://pds.example")), true))
            requireComesBack(answer->session);
        break;
    case 1:
        if (const Result<Session> session = readSession(input.bytes()))
            requireComesBack(*session);
        break;
    case 2:
        (void)scopeOf(input.text());
        break;
    default: {
        const QString handle = normalisedHandle(input.text());
        fuzz::require(normalisedHandle(handle).size() <= handle.size(), "a handle gets no longer");
    }
    }
    return 0;
}
