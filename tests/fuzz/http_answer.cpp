// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/body_decoder.h"
#include "app/net/retry_policy.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace indelible;

namespace {

constexpr qint64 kMost = 64 * 1024;

Result<QByteArray> unpacked(const QByteArray &bytes, qsizetype step)
{
    net::BodyDecoder decoder(QStringLiteral("host"), kMost);
    INDELIBLE_TRY(decoder.setEncoding("gzip"));
    for (qsizetype at = 0; at < bytes.size(); at += step)
        INDELIBLE_TRY(decoder.feed(bytes.mid(at, step)));
    return decoder.finish();
}

void tryBody(const QByteArray &bytes)
{
    const Result<QByteArray> whole = unpacked(bytes, std::max<qsizetype>(bytes.size(), 1));
    const Result<QByteArray> pieces = unpacked(bytes, 7);
    fuzz::require(whole.has_value() == pieces.has_value(), "a body does not depend on how it comes");
    if (whole)
        fuzz::require(*whole == *pieces && whole->size() <= kMost, "a body is never longer than allowed");
}

void tryPause(const QByteArray &bytes)
{
    const Instant now = fromMs(1'795'338'000'000);
    net::Headers headers;
    for (const QByteArray &line : bytes.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        headers.emplace_back(line.left(colon), line.mid(colon + 1));
    }
    for (const auto &pause : {net::retryAfterOf(headers, now), net::exhaustedFor(headers, now)})
        fuzz::require(!pause || (pause->count() >= 0 && *pause <= net::kLongestPause),
                      "no server is believed for ever");
    const std::optional<Error> error = net::errorFor(429, headers, now, QStringLiteral("host"));
    fuzz::require(error && error->retryAfter && *error->retryAfter <= net::kLongestPause, "429 always says how long");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    if (input.choice(2) == 0)
        tryBody(input.bytes());
    else
        tryPause(input.bytes());
    return 0;
}
