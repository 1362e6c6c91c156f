// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_prose.h"

#include "app/channels/feeds/feed_address.h"
#include "app/html/html_text.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

QString withoutEllipsis(const QString &text)
{
    static const QRegularExpression ellipsis(u"\\s*(\\.\\.\\.|\u2026)$"_s);
    return QString(text).remove(ellipsis);
}

} // namespace

Prose proseOf(const FeedText &words)
{
    if (!words.isHtml)
        return {words.value, {}};
    html::HtmlText read = html::textOfHtml(words.value);
    for (TextLink &link : read.links)
        link.target = linkBehind(link.target);
    return {std::move(read.text), std::move(read.links)};
}

Prose joined(const Prose &title, Prose content)
{
    // Compared as it reads: the line breaks of the two need not be the same.
    const QString begin = withoutEllipsis(title.text.simplified());
    if (begin.isEmpty() || content.text.left(2 * title.text.size() + 16).simplified().startsWith(begin))
        return content;
    const QString head = title.text.simplified() + (content.text.isEmpty() ? QString() : u"\n\n"_s);
    content.text.prepend(head);
    for (TextLink &link : content.links)
        link.start += head.size();
    return content;
}

} // namespace indelible::channels::feeds
