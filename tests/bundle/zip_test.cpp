// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/tools.h"
#include "app/bundle/zip.h"
#include "tests/bundle/hand_made.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using bundle::Files;
using bundle::NamedFile;
using bundle::packed;
using bundle::unpacked;

namespace {

std::vector<NamedFile> namedFiles(const Files &files)
{
    return {{bundle::kTableName, files.table},
            {bundle::kLinesName, files.lines},
            {bundle::kCheckpointName, files.checkpoint},
            {bundle::kKeyName, files.key}};
}

std::vector<NamedFile> withAnchors(const Files &files)
{
    std::vector<NamedFile> named = namedFiles(files);
    named.push_back({bundle::kAnchorsName, files.anchors});
    return named;
}

QByteArray zipOf(const std::vector<NamedFile> &files)
{
    return packed(files, fromMs(1'795'338'000'000)).value();
}

QString refusalOf(const QByteArray &zip)
{
    const auto result = unpacked(zip);
    return result ? QString() : result.error().detail;
}

} // namespace

TEST_CASE("anchors are packed and unpacked with the rest")
{
    const Files files = test::anchoredBundle();
    CHECK(unpacked(zipOf(withAnchors(files))).value() == files);
}

TEST_CASE("what is packed is unpacked as it was, helpers beside it or not")
{
    const Files files = test::littleBundle();
    auto named = namedFiles(files);
    CHECK(unpacked(zipOf(named)).value() == files);
    for (const NamedFile &tool : bundle::toolsFor(files))
        named.push_back(tool);
    CHECK(named.size() == 7);
    CHECK(unpacked(zipOf(named)).value() == files);
}

TEST_CASE("no bit of a zip can change what comes out of it")
{
    const Files files = test::littleBundle();
    QByteArray zip = zipOf(namedFiles(files));
    int others = 0;
    for (qsizetype at = 0; at < zip.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            zip[at] = static_cast<char>(zip.at(at) ^ (1 << bit));
            const auto result = unpacked(zip);
            others += result && *result != files ? 1 : 0;
            zip[at] = static_cast<char>(zip.at(at) ^ (1 << bit));
        }
    }
    CHECK(others == 0);
}

TEST_CASE("what is no zip is said so")
{
    const QByteArray zip = zipOf(namedFiles(test::littleBundle()));
    CHECK(refusalOf({}).startsWith("This is no zip file"_L1));
    CHECK(refusalOf("PK\x03\x04 and so on").startsWith("This is no zip file"_L1));
    CHECK(refusalOf(zip.chopped(1)).startsWith("This is no zip file"_L1));
    QByteArray commented = zip + ' ';
    commented[zip.size() - 2] = 1; // as the zip's own comment
    CHECK(refusalOf(commented).startsWith("This is no zip file"_L1));
    CHECK(refusalOf(zip + ' ').startsWith("This is no zip file"_L1));
    CHECK(refusalOf(zip.left(zip.size() / 2)).startsWith("This is no zip file"_L1));
}

TEST_CASE("a zip with a file too many, too few or twice is no bundle")
{
    auto named = namedFiles(test::littleBundle());
    named.push_back({u"evidence.pdf"_s, "x"});
    CHECK(refusalOf(zipOf(named)).contains("evidence.pdf in it does not belong"_L1));
    named.back().name = u"../case.csv"_s;
    CHECK(refusalOf(zipOf(named)).contains("does not belong"_L1));
    named.pop_back();
    named.erase(named.begin() + 1);
    CHECK(refusalOf(zipOf(named)).contains("case.jsonl is missing"_L1));
    // libzip itself refuses to write one name twice, so it is patched in.
    named.push_back({u"case.csW"_s, "x"});
    QByteArray twice = zipOf(named);
    twice.replace("case.csW", "case.csv");
    CHECK_FALSE(refusalOf(twice).isEmpty());
}

TEST_CASE("a zip bomb is not unpacked")
{
    const Files files = test::littleBundle();
    auto named = namedFiles(files);
    named.at(1).bytes = QByteArray(17 * 1024 * 1024, 'a');
    // The writer refuses what no reader would take.
    REQUIRE_FALSE(packed(named, fromMs(0)).has_value());
    CHECK(packed(named, fromMs(0)).error().detail.contains("too large for a bundle"_L1));
    // Stored sizes that lie: what comes out is neither cut to them nor read beyond.
    QByteArray zip = zipOf(namedFiles(files));
    const auto put = [&zip](qsizetype at, quint32 value) {
        for (int i = 0; i < 4; ++i)
            zip[at + i] = static_cast<char>(value >> (8 * i));
    };
    const qsizetype entry = zip.indexOf("PK\x01\x02");
    put(entry + 24, 255U << 20); // the size of the first file in the directory, and in front of its data
    put(zip.indexOf("PK\x03\x04") + 22, 255U << 20);
    CHECK(refusalOf(zip).startsWith("This zip unpacks to more"_L1));
    put(entry + 24, 10);
    put(zip.indexOf("PK\x03\x04") + 22, 10);
    CHECK(refusalOf(zip).startsWith("This is no zip file"_L1));
}

TEST_CASE("the page carries the bundle, and a policy that lets nothing run but its own script")
{
    const Files files{"a</script>", "b", "c", "d", "e"};
    const QByteArray page = bundle::verifierPage(
        "<meta @SCRIPT@ @STYLE@><style>s</style><script type=\"application/json\">@BUNDLE@</script><script>x</script>",
        files);
    CHECK(page.contains("'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='")); // of "x"
    CHECK(page.contains("'sha256-BDpxh3TFcr2KJa2+sb/NXAJWrhHOz5+cP5JdDlK+r4k='")); // of "s"
    CHECK(page.contains("\"case.csv\":\"YTwvc2NyaXB0Pg==\""));
    CHECK_FALSE(page.contains('@'));
}
