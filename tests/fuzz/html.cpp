// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/text.h"
#include "app/html/html_text.h"
#include "app/html/without_tags.h"
#include "tests/fuzz/fuzz.h"

#include <QUrl>

using namespace indelible;
using namespace Qt::StringLiterals;

namespace {

void requireGoodLinks(const html::HtmlText &read)
{
    qsizetype end = 0;
    for (const TextLink &link : read.links) {
        fuzz::require(link.start >= end && link.length > 0 && link.start + link.length <= read.text.size(),
                      "links lie in their text, one after the other");
        end = link.start + link.length;
        const QUrl url(link.target, QUrl::StrictMode);
        fuzz::require(url.scheme() == "https"_L1 || url.scheme() == "http"_L1, "a link leads to the web");
        fuzz::require(url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty(), "a link names a host alone");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    const QString text = input.choice(2) == 0 ? input.text() : wellFormed(input.rawText());
    const html::HtmlText read = html::textOfHtml(text);
    fuzz::require(wellFormed(read.text) == read.text, "a text is well-formed");
    fuzz::require(read.text.isEmpty() || (!read.text.endsWith(u'\n') && !read.text.startsWith(u'\n')),
                  "no lines are left over");
    requireGoodLinks(read);
    const QString words = html::withoutTags(text);
    fuzz::require(wellFormed(words) == words, "words are well-formed");
    return 0;
}
