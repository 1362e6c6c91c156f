// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/html/html_text.h"

#include "app/html/html_tree.h"
#include "app/html/text_writer.h"
#include "app/html/without_tags.h"

#include <QRegularExpression>
#include <QUrl>

#include <vector>

#include <gumbo.h>

using namespace Qt::StringLiterals;

namespace indelible::html {

namespace {

constexpr qsizetype kLongestTarget = 4096;

enum class Role { Inline, Paragraph, Line, Cell, Item, Break, Link, Pre, Quote, Picture, Nothing };

Role roleOf(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_BR:
        return Role::Break;
    case GUMBO_TAG_A:
        return Role::Link;
    case GUMBO_TAG_IMG:
        return Role::Picture;
    case GUMBO_TAG_PRE:
        return Role::Pre;
    case GUMBO_TAG_BLOCKQUOTE:
        return Role::Quote;
    case GUMBO_TAG_LI:
        return Role::Item;
    case GUMBO_TAG_P:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
        return Role::Paragraph;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
        return Role::Line;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
        return Role::Cell;
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
        return Role::Nothing;
    default:
        return Role::Inline;
    }
}

/// A server's own emoji is a picture that stands for ":code:"; other pictures say nothing here.
QString emojiIn(const GumboElement &element)
{
    static const QRegularExpression code(u"\\A:\\w{1,100}:\\z"_s, QRegularExpression::UseUnicodePropertiesOption);
    const GumboAttribute *words = gumbo_get_attribute(&element.attributes, "alt");
    const QString said = words ? QString::fromUtf8(words->value) : QString();
    return code.match(said).hasMatch() ? said : QString();
}

/// An element that is being read.
struct Open
{
    const GumboNode *node = nullptr;
    Role role = Role::Inline;
    unsigned next = 0; ///< child
    int items = 0;     ///< list items so far
    bool isOuterLink = false;
};

/// One tree's reading, without recursion.
class Reader
{
public:
    HtmlText read(const GumboNode *root)
    {
        m_open.push_back({root});
        while (!m_open.empty()) {
            const GumboVector &children = m_open.back().node->v.element.children;
            if (m_open.back().next == children.length) {
                const Open closed = m_open.back();
                m_open.pop_back();
                close(closed);
                continue;
            }
            take(static_cast<const GumboNode *>(children.data[m_open.back().next++]));
        }
        return m_writer.finish();
    }

private:
    void take(const GumboNode *node)
    {
        switch (node->type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_CDATA:
        case GUMBO_NODE_WHITESPACE:
            if (m_preformatted > 0)
                m_writer.appendVerbatim(QString::fromUtf8(node->v.text.text));
            else
                m_writer.append(QString::fromUtf8(node->v.text.text));
            break;
        case GUMBO_NODE_ELEMENT:
            open(node);
            break;
        case GUMBO_NODE_DOCUMENT:
        case GUMBO_NODE_COMMENT:
        case GUMBO_NODE_TEMPLATE:
            break;
        }
    }

    void open(const GumboNode *node)
    {
        const GumboElement &element = node->v.element;
        Open opened{node, element.tag_namespace == GUMBO_NAMESPACE_HTML ? roleOf(element.tag) : Role::Nothing};
        if (opened.role == Role::Nothing)
            return;
        switch (opened.role) {
        case Role::Break:
            m_writer.breakLine();
            break;
        case Role::Item:
            beginItem();
            break;
        case Role::Cell:
            m_writer.append(u" ");
            break;
        case Role::Link:
            opened.isOuterLink = beginLink(element);
            break;
        case Role::Quote:
            m_writer.openQuote();
            break;
        case Role::Pre:
            ++m_preformatted;
            break;
        case Role::Picture:
            m_writer.append(emojiIn(element));
            break;
        case Role::Paragraph:
        case Role::Line:
        case Role::Inline:
        case Role::Nothing:
            break;
        }
        separate(opened.role);
        m_open.push_back(opened);
    }

    void close(const Open &closed)
    {
        if (closed.isOuterLink)
            m_writer.closeLink();
        m_inLink = m_inLink && !closed.isOuterLink;
        if (closed.role == Role::Quote)
            m_writer.closeQuote();
        if (closed.role == Role::Pre)
            --m_preformatted;
        separate(closed.role);
        if (closed.role == Role::Item)
            m_writer.separate(1);
    }

    void separate(Role role)
    {
        if (role == Role::Paragraph || role == Role::Quote || role == Role::Pre)
            m_writer.separate(m_open.empty() || m_open.back().role != Role::Item ? 2 : 1);
        else if (role == Role::Line)
            m_writer.separate(1);
    }

    void beginItem()
    {
        Open &list = m_open.back();
        const bool numbered = list.node->v.element.tag == GUMBO_TAG_OL;
        ++list.items;
        m_writer.beginItem(numbered ? QString::number(list.items) + u'.' : u"\u2022"_s);
    }

    bool beginLink(const GumboElement &element)
    {
        if (m_inLink)
            return false;
        const GumboAttribute *href = gumbo_get_attribute(&element.attributes, "href");
        const std::optional<QString> target = href ? linkTarget(QString::fromUtf8(href->value)) : std::nullopt;
        if (!target)
            return false;
        m_inLink = true;
        m_writer.openLink(*target);
        return true;
    }

    TextWriter m_writer;
    std::vector<Open> m_open;
    int m_preformatted = 0;
    bool m_inLink = false;
};

} // namespace

HtmlText textOfHtml(const QString &html)
{
    const std::optional<HtmlTree> tree = HtmlTree::parse(html.toUtf8());
    return tree ? Reader().read(tree->root()) : HtmlText{withoutTags(html), {}};
}

std::optional<QString> linkTarget(const QString &href)
{
    const QUrl url(href.trimmed(), QUrl::StrictMode);
    const bool web = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (!url.isValid() || !web || url.host().isEmpty())
        return std::nullopt;
    const QString target = url.toString(QUrl::FullyEncoded);
    if (url.authority(QUrl::FullyEncoded).contains(u'@') || target.size() > kLongestTarget)
        return std::nullopt;
    return target;
}

} // namespace indelible::html
