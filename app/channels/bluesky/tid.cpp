// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/tid.h"

#include <algorithm>
#include <string_view>

namespace indelible::channels::bluesky {

namespace {

constexpr std::string_view kAlphabet = "234567abcdefghijklmnopqrstuvwxyz";
constexpr qsizetype kLength = 13;
constexpr quint64 kTimeBits = 53;
constexpr quint64 kClockIdBits = 10;

} // namespace

TidGenerator::TidGenerator(RandomSource random)
{
    const QByteArray bytes = random(2);
    m_clockId = (static_cast<quint64>(static_cast<uchar>(bytes.at(0))) << 8 | static_cast<uchar>(bytes.at(1))) &
                ((1U << kClockIdBits) - 1);
}

QByteArray TidGenerator::next(Instant now)
{
    const qint64 sinceEpoch = std::max<qint64>(toMs(now), 0) * 1000;
    m_lastMicroseconds = std::max(static_cast<quint64>(sinceEpoch), m_lastMicroseconds + 1);
    quint64 value = (m_lastMicroseconds & ((quint64(1) << kTimeBits) - 1)) << kClockIdBits | m_clockId;
    QByteArray key(kLength, '2');
    for (qsizetype i = kLength - 1; i >= 0; --i) {
        key[i] = kAlphabet.at(value & 31U);
        value >>= 5U;
    }
    return key;
}

bool isTid(const QByteArray &key)
{
    // Thirteen letters hold 65 bits: the first may use four of its five, and the top one of those 64 must be clear.
    return key.size() == kLength && kAlphabet.find(key.at(0)) < 16 &&
           std::all_of(key.begin(), key.end(), [](char c) { return kAlphabet.find(c) != std::string_view::npos; });
}

} // namespace indelible::channels::bluesky
