// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace indelible::fuzz {

/// What must hold for every input; the fuzzer keeps the input that breaks it.
inline void require(bool truth, const char *what)
{
    if (truth)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// The input. `choice` takes its first byte, for targets that try several parsers.
class Input
{
public:
    Input(const uint8_t *data, size_t size)
        : m_bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size))
    {
    }
    unsigned choice(unsigned among)
    {
        const unsigned first = m_bytes.isEmpty() ? 0 : static_cast<unsigned char>(m_bytes.front());
        m_bytes.remove(0, 1);
        return first % among;
    }
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] QString text() const { return QString::fromUtf8(m_bytes); }
    /// Any code units, lone surrogates included.
    [[nodiscard]] QString rawText() const
    {
        return QString(reinterpret_cast<const QChar *>(m_bytes.constData()), m_bytes.size() / 2);
    }

private:
    QByteArray m_bytes;
};

} // namespace indelible::fuzz
