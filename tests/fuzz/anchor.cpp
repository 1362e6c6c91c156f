// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/anchor_proof.h"
#include "app/anchor/anchor_text.h"
#include "app/anchor/time_stamp.h"
#include "tests/fuzz/fuzz.h"

using namespace indelible;
using namespace indelible::anchor;

namespace {

void tryText(const QByteArray &bytes)
{
    const Result<AnchorText> read = anchorFromText(bytes);
    if (!read) {
        fuzz::require(!read.error().detail.isEmpty(), "a refusal is said");
        return;
    }
    const Result<AnchorText> again = anchorFromText(anchorText(*read, Instant()));
    fuzz::require(again && again->note == read->note && again->key == read->key,
                  "an anchor comes back as it was written");
    const RecordNow now{read->key.name, {QByteArray(record::kKeyBytes, 'k')}, 5, QByteArray(32, 'r')};
    const auto subtree = [](int, qint64) { return QByteArray(32, 'h'); };
    fuzz::require(!proveAnchor(*read, now, subtree), "nothing is proven for a record that has another key");
}

void tryStamp(const QByteArray &bytes)
{
    static const TrustStore nobody = trustStore({}).value();
    static const StampRequest request = stampRequest("note", QByteArray(16, 'n'));
    fuzz::require(!verifyStamp(bytes, request, nobody), "no time stamp is believed that was not asked for");
    (void)stampTime(bytes);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    if (input.choice(2) == 0)
        tryText(input.bytes());
    else
        tryStamp(input.bytes());
    return 0;
}
