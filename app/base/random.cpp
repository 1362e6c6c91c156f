// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/random.h"

#include <QRandomGenerator>

namespace indelible {

QByteArray randomBytes(qsizetype count)
{
    const qsizetype words = (count + 3) / 4;
    QByteArray bytes(words * 4, Qt::Uninitialized);
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32 *>(bytes.data()), words);
    bytes.truncate(count);
    return bytes;
}

} // namespace indelible
