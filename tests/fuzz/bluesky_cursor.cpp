// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_cursor.h"
#include "tests/fuzz/fuzz.h"

using namespace indelible;
using namespace indelible::channels::bluesky;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const fuzz::Input input(data, size);
    const channels::Cursor once = writePosition(readPosition(input.bytes()));
    fuzz::require(writePosition(readPosition(once)) == once, "a position comes back as it was written");
    return 0;
}
