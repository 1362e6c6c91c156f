// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/html/html_tree.h"

#include <csetjmp>
#include <cstddef>

#include <gumbo.h>

namespace indelible::html {

namespace {

// Some 10,000 nodes: twice what a long mail has. Only what is used of it is ever touched.
constexpr std::size_t kMemory = 4 * 1024 * 1024;

struct Arena
{
    char *next = nullptr;
    std::size_t left = 0;
    std::jmp_buf full = {};
};

void *take(void *userdata, std::size_t size)
{
    auto *arena = static_cast<Arena *>(userdata);
    constexpr std::size_t kAlign = alignof(std::max_align_t);
    if (size > arena->left || arena->left - size < kAlign)
        std::longjmp(arena->full, 1); // Gumbo does not look whether it got something
    const std::size_t rounded = (size + kAlign - 1) / kAlign * kAlign;
    char *piece = arena->next;
    arena->next += rounded;
    arena->left -= rounded;
    return piece;
}

void giveBack(void * /*userdata*/, void * /*piece*/)
{
    // The whole block goes at once.
}

/// Nothing here has a destructor, and between this and take() there is only C: leaving by longjmp skips nothing.
const GumboNode *parseWithin(Arena *arena, const char *data, std::size_t size)
{
    if (setjmp(arena->full) != 0)
        return nullptr;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = &take;
    options.deallocator = &giveBack;
    options.userdata = arena;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_BODY;
    return gumbo_parse_with_options(&options, data, size)->root;
}

} // namespace

HtmlTree::HtmlTree(QByteArray source, std::unique_ptr<char[]> memory, const GumboInternalNode *root)
    : m_source(std::move(source))
    , m_memory(std::move(memory))
    , m_root(root)
{
}

std::optional<HtmlTree> HtmlTree::parse(const QByteArray &utf8)
{
    if (utf8.size() > kLargestTree)
        return std::nullopt;
    auto memory = std::make_unique_for_overwrite<char[]>(kMemory);
    Arena arena;
    arena.next = memory.get();
    arena.left = kMemory;
    const GumboNode *root = parseWithin(&arena, utf8.constData(), static_cast<std::size_t>(utf8.size()));
    if (!root)
        return std::nullopt;
    return HtmlTree(utf8, std::move(memory), root);
}

} // namespace indelible::html
