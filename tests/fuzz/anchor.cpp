// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/anchor_mail.h"
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
    const Result<AnchorText> again = anchorFromText(read->key ? anchorText(*read, Instant()) : read->note);
    fuzz::require(again && again->note == read->note && again->key == read->key,
                  "an anchor comes back as it was written");
    const RecordNow now{
        record::soleCheckpoint(read->note)->origin, {QByteArray(record::kKeyBytes, 'k')}, 5, QByteArray(32, 'r')};
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

void tryMail(const QString &to)
{
    const QByteArray note = "x";
    const AnchorText anchored{note, record::NoteKey{QStringLiteral("indelible/x"), QByteArray(record::kKeyBytes, 'k')}};
    const Result<QByteArray> mail = anchorMail({anchored, Instant(), {}, to});
    if (!mail) {
        fuzz::require(!mail.error().detail.isEmpty(), "a refusal is said");
        return;
    }
    const QByteArray headers = mail->left(mail->indexOf("\r\n\r\n"));
    for (const QByteArray &line : headers.split('\n')) {
        const QByteArray name = line.left(line.indexOf(':'));
        fuzz::require(line.startsWith(' ') ||
                          QByteArrayList{"X-Unsent", "To", "Subject", "MIME-Version", "Content-Type"}.contains(name),
                      "no recipient adds a header");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    switch (input.choice(3)) {
    case 0:
        tryText(input.bytes());
        break;
    case 1:
        tryStamp(input.bytes());
        break;
    default:
        tryMail(QString::fromUtf8(input.bytes()));
    }
    return 0;
}
