// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/random.h"

#include <algorithm>
#include <stdexcept>
#include <unistd.h>

namespace indelible {

namespace {

constexpr qsizetype kMostAtOnce = 256; // getentropy(3)

} // namespace

QByteArray randomBytes(qsizetype count)
{
    // Not QRandomGenerator: it asks the processor (RDSEED), which takes a tenth of the time of appending an entry.
    QByteArray bytes(count, Qt::Uninitialized);
    for (qsizetype at = 0; at < count; at += kMostAtOnce) {
        if (::getentropy(bytes.data() + at, static_cast<size_t>(std::min(count - at, kMostAtOnce))) != 0)
            throw std::runtime_error("the operating system gives no random numbers");
    }
    return bytes;
}

} // namespace indelible
