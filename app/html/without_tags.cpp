// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/html/without_tags.h"

#include "app/html/text_writer.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::html {

namespace {

constexpr qsizetype kLongestReference = 10;

QStringView nameOf(QStringView tag)
{
    qsizetype end = 0;
    while (end < tag.size() && (tag.at(end).isLetterOrNumber() || tag.at(end) == u'/'))
        ++end;
    return tag.first(end);
}

bool isOneOf(QStringView name, std::initializer_list<QLatin1StringView> names)
{
    return std::any_of(names.begin(), names.end(),
                       [name](QLatin1StringView one) { return name.compare(one, Qt::CaseInsensitive) == 0; });
}

/// Behind the tag that begins at `at`, or, for what has no words inside, behind its end tag.
qsizetype behindTag(QStringView html, qsizetype at, TextWriter &writer)
{
    const QStringView tag = html.sliced(at + 1);
    const QStringView name = nameOf(tag);
    QLatin1StringView end = ">"_L1;
    if (tag.startsWith("!--"_L1))
        end = "-->"_L1;
    else if (isOneOf(name, {"script"_L1, "style"_L1}))
        end = name.size() == 6 ? "</script>"_L1 : "</style>"_L1;
    else if (isOneOf(name, {"br"_L1, "br/"_L1, "li"_L1, "div"_L1, "/div"_L1, "tr"_L1}))
        writer.separate(1);
    else if (isOneOf(name,
                     {"p"_L1, "/p"_L1, "pre"_L1, "/pre"_L1, "blockquote"_L1, "/blockquote"_L1, "ul"_L1, "/ul"_L1}))
        writer.separate(2);
    const qsizetype found = html.indexOf(end, at, Qt::CaseInsensitive);
    return found < 0 ? html.size() : found + end.size();
}

QString numbered(QStringView digits)
{
    const bool hex = digits.startsWith(u'x', Qt::CaseInsensitive);
    bool read = false;
    const uint code = hex ? digits.sliced(1).toUInt(&read, 16) : digits.toUInt(&read, 10);
    return read && code > 0 && code <= 0x10FFFF ? QString::fromUcs4(reinterpret_cast<const char32_t *>(&code), 1)
                                                : QString();
}

/// The character that "&name;" stands for, and how many units that takes; nothing = it is no reference.
std::pair<QString, qsizetype> referenceAt(QStringView html, qsizetype at)
{
    static constexpr std::array kNamed{std::pair{"amp"_L1, u'&'},   std::pair{"lt"_L1, u'<'},
                                       std::pair{"gt"_L1, u'>'},    std::pair{"quot"_L1, u'"'},
                                       std::pair{"apos"_L1, u'\''}, std::pair{"nbsp"_L1, u'\u00a0'}};
    const qsizetype end = html.mid(at, kLongestReference).indexOf(u';');
    if (end < 2)
        return {};
    const QStringView name = html.sliced(at + 1, end - 1);
    if (name.startsWith(u'#'))
        return {numbered(name.sliced(1)), end + 1};
    for (const auto &[word, letter] : kNamed) {
        if (name == word)
            return {QString(QChar(letter)), end + 1};
    }
    return {};
}

bool beginsTag(QStringView html, qsizetype at)
{
    if (html.at(at) != u'<' || at + 1 >= html.size())
        return false;
    const QChar next = html.at(at + 1);
    return next.isLetter() || next == u'/' || next == u'!' || next == u'?';
}

} // namespace

QString withoutTags(const QString &html)
{
    TextWriter writer;
    for (qsizetype at = 0; at < html.size();) {
        if (beginsTag(html, at)) {
            at = behindTag(html, at, writer);
            continue;
        }
        if (html.at(at) == u'&') {
            const auto [letters, length] = referenceAt(html, at);
            if (!letters.isEmpty()) {
                writer.append(letters);
                at += length;
                continue;
            }
        }
        writer.append(QStringView(html).sliced(at, 1));
        ++at;
    }
    return writer.finish().text;
}

} // namespace indelible::html
