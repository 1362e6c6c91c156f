// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>
#include <optional>

struct GumboInternalNode;

namespace indelible::html {

/// Larger input is not parsed. In bytes.
constexpr qsizetype kLargestTree = 256 * 1024;

/// A parsed piece of HTML. Owns its nodes, which lie in one block of memory. Any thread.
class HtmlTree
{
public:
    /// Nothing where the tree would not fit into its memory: too large, too deep, or made to grow.
    [[nodiscard]] static std::optional<HtmlTree> parse(const QByteArray &utf8);

    [[nodiscard]] const GumboInternalNode *root() const { return m_root; }

private:
    HtmlTree(QByteArray source, std::unique_ptr<char[]> memory, const GumboInternalNode *root);

    QByteArray m_source; ///< nodes point into it
    std::unique_ptr<char[]> m_memory;
    const GumboInternalNode *m_root;
};

} // namespace indelible::html
