// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_text.h"

#include "app/base/text.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <iterator>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

struct NamedLetter
{
    const char *name;
    char16_t letter;
};

// Letters beyond Latin-1 that feeds use by name. Those of Latin-1 are in kLatinNames.
constexpr NamedLetter kNamed[] = {
    {"ndash", 0x2013},  {"mdash", 0x2014},  {"lsquo", 0x2018},  {"rsquo", 0x2019},  {"sbquo", 0x201A},
    {"ldquo", 0x201C},  {"rdquo", 0x201D},  {"bdquo", 0x201E},  {"dagger", 0x2020}, {"bull", 0x2022},
    {"hellip", 0x2026}, {"permil", 0x2030}, {"prime", 0x2032},  {"lsaquo", 0x2039}, {"rsaquo", 0x203A},
    {"euro", 0x20AC},   {"trade", 0x2122},  {"larr", 0x2190},   {"uarr", 0x2191},   {"rarr", 0x2192},
    {"darr", 0x2193},   {"minus", 0x2212},  {"ne", 0x2260},     {"le", 0x2264},     {"ge", 0x2265},
    {"ensp", 0x2002},   {"emsp", 0x2003},   {"thinsp", 0x2009}, {"zwnj", 0x200C},   {"zwj", 0x200D},
    {"OElig", 0x0152},  {"oelig", 0x0153},  {"Scaron", 0x0160}, {"scaron", 0x0161}, {"Yuml", 0x0178},
};

// From U+00A0 on, in order (HTML 4.01, 24.2.1).
constexpr auto kLatinNames =
    "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute "
    "micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig "
    "Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash "
    "Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute "
    "ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc "
    "uuml yacute thorn yuml"_L1;

/// The encoding that the XML declaration names; empty where there is none. Read from the first bytes alone.
QByteArray declaredEncoding(const QByteArray &bytes)
{
    constexpr qsizetype kLongestDeclaration = 200;
    const QString head = QString::fromLatin1(bytes.left(kLongestDeclaration)).trimmed();
    static const QRegularExpression declaration(u"^<\\?xml[^>]*\\bencoding\\s*=\\s*[\"']([A-Za-z0-9._:-]+)"_s);
    return declaration.match(head).captured(1).toLatin1();
}

QByteArray usualName(const QByteArray &name)
{
    const QByteArray lower = name.trimmed().toLower();
    if (lower == "iso-8859-1" || lower == "latin1" || lower == "us-ascii" || lower == "ascii" || lower == "cp1252")
        return "windows-1252";
    // A document whose declaration could be read byte by byte is not in UTF-16, whatever it says.
    return lower.isEmpty() || lower.startsWith("utf-16") || lower == "utf8" ? QByteArrayLiteral("utf-8") : lower;
}

bool isXmlLetter(char32_t letter)
{
    return letter == 0x9 || letter == 0xA || letter == 0xD || (letter >= 0x20 && letter <= 0xD7FF) ||
           (letter >= 0xE000 && letter <= 0xFFFD) || (letter >= 0x10000 && letter <= 0x10FFFF);
}

/// The reference that begins with the '&' in front of `rest`, as it may stand: itself, a replacement, or "&amp;" where
/// it is no reference. `length` = how much of `rest` it takes.
QString mendedReference(QStringView rest, qsizetype *length)
{
    constexpr qsizetype kLongestName = 32;
    *length = 0;
    const qsizetype end = rest.left(kLongestName).indexOf(u';');
    if (end < 1)
        return u"&amp;"_s;
    const QStringView name = rest.left(end);
    if (!name.startsWith(u'#')) {
        const bool isName = name.front().isLetter() && std::ranges::all_of(name, [](QChar unit) {
                                return unit.isLetterOrNumber() || unit == u'_' || unit == u'-' || unit == u'.';
                            });
        return isName ? u"&"_s : u"&amp;"_s;
    }
    const bool isHex = name.startsWith("#x"_L1, Qt::CaseInsensitive);
    bool isNumber = false;
    const uint letter = name.mid(isHex ? 2 : 1).toString().toUInt(&isNumber, isHex ? 16 : 10);
    if (!isNumber)
        return u"&amp;"_s;
    if (isXmlLetter(letter))
        return u"&"_s;
    *length = end + 1;
    return QString(QChar(QChar::ReplacementCharacter));
}

/// The end of what must stay as it is from `at` on (a CDATA section, a comment), or `at` itself.
qsizetype endOfUntouched(const QString &xml, qsizetype at)
{
    const QStringView rest = QStringView(xml).mid(at);
    const bool isCdata = rest.startsWith("<![CDATA["_L1);
    if (!isCdata && !rest.startsWith("<!--"_L1))
        return at;
    const QLatin1StringView mark = isCdata ? "]]>"_L1 : "-->"_L1;
    const qsizetype end = xml.indexOf(mark, at);
    return end < 0 ? xml.size() : end + mark.size();
}

QString withoutControls(QString text)
{
    text.removeIf([](QChar unit) { return !unit.isSurrogate() && !isXmlLetter(unit.unicode()); });
    return text;
}

} // namespace

Result<QString> decodedDocument(const QByteArray &bytes, const QByteArray &charset)
{
    const std::optional<QStringConverter::Encoding> marked = QStringConverter::encodingForData(bytes);
    if (marked) {
        QStringDecoder decoder(*marked);
        const QString text = decoder.decode(bytes);
        return wellFormed(text);
    }
    const QByteArray declared = declaredEncoding(bytes);
    const QByteArray name = usualName(declared.isEmpty() ? charset : declared);
    QStringDecoder decoder(name.constData());
    if (!decoder.isValid() && name == "windows-1252")
        decoder = QStringDecoder(QStringConverter::Latin1);
    if (!decoder.isValid())
        return unreadable(
            u"it is written in the encoding '%1', which is not known here"_s.arg(QString::fromLatin1(name.left(40))));
    const QString text = decoder.decode(bytes);
    return wellFormed(text);
}

QByteArray charsetOf(const QByteArray &contentType)
{
    static const QRegularExpression parameter(u";\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:-]+)"_s,
                                              QRegularExpression::CaseInsensitiveOption);
    return parameter.match(QString::fromLatin1(contentType)).captured(1).toLatin1();
}

QString mendedXml(const QString &xml)
{
    const QString text = withoutControls(xml).trimmed();
    QString mended;
    mended.reserve(text.size() + text.size() / 16);
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text.at(at) == u'<') {
            const qsizetype end = endOfUntouched(text, at);
            mended += QStringView(text).sliced(at, std::max<qsizetype>(end - at, 1));
            at = std::max(end - 1, at);
        } else if (text.at(at) == u'&') {
            qsizetype length = 0;
            mended += mendedReference(QStringView(text).mid(at + 1), &length);
            at += length;
        } else {
            mended += text.at(at);
        }
    }
    return mended;
}

QString htmlEntity(const QString &name)
{
    const QByteArray wanted = name.toLatin1();
    const auto found = std::ranges::find_if(kNamed, [&](const NamedLetter &entry) { return wanted == entry.name; });
    if (found != std::end(kNamed))
        return QString(QChar(found->letter));
    static const QStringList latin = QString(kLatinNames).split(u' ');
    const qsizetype index = latin.indexOf(name);
    constexpr char16_t kFirstLatin = 0xA0;
    return index < 0 ? QString() : QString(QChar(static_cast<char16_t>(kFirstLatin + index)));
}

bool looksLikeHtml(const QString &text)
{
    static const QRegularExpression sign(
        u"</?[A-Za-z][A-Za-z0-9]*(\\s[^<>]*)?/?>|&(#\\d+|#[xX][0-9A-Fa-f]+|[A-Za-z]\\w*);"_s);
    return sign.match(text).hasMatch();
}

tl::unexpected<Error> unreadable(const QString &problem)
{
    return failure(
        ErrorKind::InvalidReply,
        u"The feed could not be read: %1. Nothing of it was taken over; it will be asked for again."_s.arg(problem));
}

} // namespace indelible::channels::feeds
