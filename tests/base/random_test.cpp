// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/random.h"
#include "tests/support/catch.h"

using namespace indelible;

TEST_CASE("random bytes are as many as were asked for, to the last of them, and never twice the same")
{
    for (const qsizetype count : {0, 1, 16, 255, 256, 257, 1000}) {
        const QByteArray bytes = randomBytes(count);
        CHECK(bytes.size() == count);
        CHECK((count < 16 || randomBytes(count) != bytes));
    }
    // A part that is never written would stay what it was in all of them.
    QByteArray seen(1000, '\0');
    for (int i = 0; i < 20; ++i) {
        const QByteArray first = randomBytes(seen.size());
        const QByteArray second = randomBytes(seen.size());
        for (qsizetype at = 0; at < seen.size(); ++at)
            seen[at] = static_cast<char>(seen.at(at) | (first.at(at) ^ second.at(at)));
    }
    CHECK_FALSE(seen.contains('\0'));
}
