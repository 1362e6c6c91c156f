// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/seal/erasure_list.h"
#include "tests/fuzz/fuzz.h"

using namespace indelible;
using namespace indelible::seal;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const fuzz::Input input(data, size);
    const Result<ErasureList> list = erasuresFrom(input.bytes());
    if (!list)
        return 0;
    fuzz::require(list->logId.size() == 16 && list->key.size() == 32, "a list says whose it is");
    const Result<ErasureList> again = erasuresFrom(erasureBytes(*list));
    fuzz::require(again && again->logId == list->logId && again->key == list->key && again->leaves == list->leaves &&
                      again->marks == list->marks,
                  "a list comes back as it was written");
    // Whatever is cut off its end: what is left is the beginning of the list, or no list.
    const Result<ErasureList> cut = erasuresFrom(input.bytes().chopped(input.bytes().size() / 3));
    fuzz::require(!cut || (cut->key == list->key && cut->marks == list->marks.first(cut->marks.size())),
                  "what is broken off adds nothing");
    return 0;
}
