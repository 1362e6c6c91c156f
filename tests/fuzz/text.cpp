// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/text.h"
#include "app/base/clock.h"
#include "app/base/file_name.h"
#include "app/channels/bluesky/bluesky_facets.h"
#include "app/domain/quoted_text.h"
#include "tests/fuzz/fuzz.h"

using namespace indelible;

namespace {

void tryText(const QString &text)
{
    const QString good = wellFormed(text);
    fuzz::require(good.size() == text.size() && good.isValidUtf16(), "nothing but lone surrogates is replaced");
    fuzz::require(wellFormed(good) == good, "good text stays");
    const QString shown = displayText(good);
    fuzz::require(displayText(shown) == shown, "text to be painted stays");
    const qsizetype quote = quoteStart(good);
    fuzz::require(quote == good.size() || (quote > 0 && quote < good.size() && good.at(quote - 1) == u'\n'),
                  "a quotation is whole lines below others");
    const QString name = safeFileName(text);
    fuzz::require(!name.isEmpty() && !name.contains(u'/') && !name.startsWith(u'.') && safeFileName(name) == name &&
                      name.toUtf8().size() <= kMostFileNameBytes,
                  "a file has a name of its own in one folder");
    const QString snippet = snippetOf(good, 20);
    fuzz::require(graphemeCount(snippet) <= 21 && !snippet.contains(u'\n'), "a snippet is one short line");
}

void tryFacets(const QString &text)
{
    const QString good = wellFormed(text);
    QHash<QString, QString> dids;
    for (const QString &handle : channels::bluesky::mentionedHandles(good))
        dids.insert(handle, QStringLiteral("did:plc:someone"));
    const QJsonArray facets = channels::bluesky::makeFacets(good, dids);
    const std::vector<TextLink> links = channels::bluesky::readFacets(good, channels::JsonReader(QJsonValue(facets)));
    fuzz::require(links.size() == static_cast<size_t>(facets.size()), "the facets we write we can read");
    for (const TextLink &link : links)
        fuzz::require(link.start >= 0 && link.start + link.length <= good.size(), "a link lies in its text");
}

void tryTime(const QString &text)
{
    if (const std::optional<Instant> time = fromRfc3339(text))
        fuzz::require(fromRfc3339(toRfc3339(*time)) == time, "a moment comes back as it was written");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    switch (input.choice(4)) {
    case 0:
        tryText(input.text());
        break;
    case 1:
        tryText(input.rawText());
        break;
    case 2:
        tryFacets(input.text());
        break;
    default:
        tryTime(input.text());
    }
    return 0;
}
