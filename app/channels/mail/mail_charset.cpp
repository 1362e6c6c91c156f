// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_charset.h"

#include "app/base/text.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <optional>

#include <glib.h>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

/// Windows-1252 where it differs from Latin 1 (WHATWG Encoding, 2026): 0x80 to 0x9F.
constexpr std::array<char16_t, 32> kWindows1252{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

QString fromWindows1252(const QByteArray &bytes)
{
    QString text = QString::fromLatin1(bytes);
    for (QChar &unit : text) {
        if (unit.unicode() >= 0x80 && unit.unicode() < 0xA0)
            unit = QChar(kWindows1252[unit.unicode() - 0x80U]);
    }
    return text;
}

std::optional<QString> fromUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(bytes);
    return decoder.hasError() ? std::nullopt : std::optional<QString>(text);
}

/// A name that cannot be mistaken for a path or an option of the converter.
bool isCharsetName(const QByteArray &name)
{
    constexpr qsizetype kLongestName = 40;
    return !name.isEmpty() && name.size() <= kLongestName && std::ranges::all_of(name, [](char letter) {
        return g_ascii_isalnum(letter) || letter == '-' || letter == '_' || letter == '.' || letter == ':';
    });
}

std::optional<QString> converted(const QByteArray &bytes, const QByteArray &charset)
{
    if (!isCharsetName(charset))
        return std::nullopt;
    gsize written = 0;
    gchar *utf8 = g_convert(bytes.constData(), bytes.size(), "UTF-8", charset.constData(), nullptr, &written, nullptr);
    if (!utf8)
        return std::nullopt;
    std::optional<QString> text = fromUtf8(QByteArray(utf8, static_cast<qsizetype>(written)));
    g_free(utf8);
    return text;
}

bool isUtf8OrLess(const QByteArray &name)
{
    return name.isEmpty() || name == "utf-8" || name == "utf8" || name == "us-ascii" || name == "ascii";
}

/// ISO 8859-1 is what those write who mean Windows-1252.
bool isLatin1(const QByteArray &name)
{
    return name == "iso-8859-1" || name == "latin1" || name == "windows-1252" || name == "cp1252";
}

} // namespace

QString decoded(const QByteArray &bytes, const QByteArray &charset)
{
    const QByteArray name = charset.trimmed().toLower();
    std::optional<QString> text;
    if (isLatin1(name))
        text = fromWindows1252(bytes);
    else if (!isUtf8OrLess(name))
        text = converted(bytes, name);
    if (!text)
        text = fromUtf8(bytes);
    return cleanText(text ? std::move(*text) : fromWindows1252(bytes));
}

QString cleanText(QString text)
{
    text.replace("\r\n"_L1, "\n"_L1);
    text.replace(u'\r', u'\n');
    text.removeIf([](QChar unit) {
        const bool isControl = unit.unicode() < 0x20 || (unit.unicode() >= 0x7F && unit.unicode() < 0xA0);
        return isControl && unit != u'\n' && unit != u'\t';
    });
    if (text.startsWith(QChar(QChar::ByteOrderMark)))
        text.remove(0, 1);
    return wellFormed(std::move(text));
}

} // namespace indelible::channels::mail
