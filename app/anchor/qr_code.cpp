// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/qr_code.h"

#include <memory>

#include <qrencode.h>

namespace indelible::anchor {

namespace {

constexpr unsigned int kUtf8 = 26; // its number among the extended channel interpretations (AIM ITS/04-023)

struct Free
{
    void operator()(QRinput *input) const { QRinput_free(input); }
    void operator()(QRcode *code) const { QRcode_free(code); }
};

} // namespace

std::optional<QrCode> qrCode(const QByteArray &text)
{
    const std::unique_ptr<QRinput, Free> input(QRinput_new2(0, QR_ECLEVEL_M)); // 0: as small as will do
    if (!input || QRinput_appendECIheader(input.get(), kUtf8) != 0 ||
        QRinput_append(input.get(), QR_MODE_8, static_cast<int>(text.size()),
                       reinterpret_cast<const unsigned char *>(text.constData())) != 0)
        return std::nullopt;
    const std::unique_ptr<QRcode, Free> code(QRcode_encodeInput(input.get()));
    if (!code)
        return std::nullopt;
    QrCode squares{code->width, {}};
    const int count = code->width * code->width;
    squares.dark.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        squares.dark.push_back((code->data[i] & 1) != 0); // the other bits say what the square is for
    return squares;
}

} // namespace indelible::anchor
