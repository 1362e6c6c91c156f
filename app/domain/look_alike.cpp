// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/look_alike.h"

#include "app/domain/network.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/uversion.h>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace indelible {

namespace {

constexpr qsizetype kLongestName = 200;  ///< longer ones are cut: nobody reads on
constexpr qsizetype kShortestHandle = 4; ///< shorter ones are alike by chance
constexpr qsizetype kShortestName = 8;   ///< first names are shared by many
constexpr qsizetype kShortestStem = 6;   ///< without its server a handle may be anybody's

/// Put to a name by those who pretend to be its service. Without marks, in small letters.
constexpr std::array kServiceWords{
    "customerservice"_L1,
    "kundenservice"_L1,
    "kundendienst"_L1,
    "atendimento"_L1,
    "assistance"_L1,
    "assistenza"_L1,
    "helpdesk"_L1,
    "customer"_L1,
    "giveaway"_L1,
    "official"_L1,
    "officiel"_L1,
    "offiziell"_L1,
    "ufficiale"_L1,
    "contact"_L1,
    "oficial"_L1,
    "service"_L1,
    "soporte"_L1,
    "support"_L1,
    "suporte"_L1,
    "admin"_L1,
    "gifts"_L1,
    "hilfe"_L1,
    "owner"_L1,
    "promo"_L1,
    "ayuda"_L1,
    "aide"_L1,
    "care"_L1,
    "gift"_L1,
    "help"_L1,
    "info"_L1,
    "real"_L1,
    "team"_L1,
    "desk"_L1,
    "the"_L1,
    "hq"_L1,
};

/// Runs a function of ICU's that writes into a buffer and tells how long the result is.
template<typename Function>
QString fromIcu(const QString &text, Function function)
{
    QString result(text.size() * 4 + 16, Qt::Uninitialized);
    UErrorCode status = U_ZERO_ERROR;
    const int32_t length =
        function(reinterpret_cast<const UChar *>(text.utf16()), static_cast<int32_t>(text.size()),
                 reinterpret_cast<UChar *>(result.data()), static_cast<int32_t>(result.size()), &status);
    // Whatever does not fit is no name: it stays as it is, and looks like nothing else.
    if (U_FAILURE(status))
        return text;
    result.truncate(length);
    return result;
}

QString normalized(const QString &text, const UNormalizer2 *form)
{
    return fromIcu(text,
                   [form](const UChar *source, int32_t length, UChar *target, int32_t capacity, UErrorCode *status) {
                       return unorm2_normalize(form, source, length, target, capacity, status);
                   });
}

const UNormalizer2 *instance(const UNormalizer2 *(*get)(UErrorCode *))
{
    UErrorCode status = U_ZERO_ERROR;
    return get(&status);
}

QString withoutMarks(const QString &text)
{
    static const UNormalizer2 *const decomposed = instance(&unorm2_getNFDInstance);
    QString result;
    for (const char32_t letter : normalized(text, decomposed).toUcs4()) {
        const int8_t category = u_charType(static_cast<UChar32>(letter));
        if (category != U_NON_SPACING_MARK && category != U_ENCLOSING_MARK)
            result += QChar::fromUcs4(letter);
    }
    return result;
}

QString skeleton(const QString &text)
{
    // Made once and only read from then on, which ICU allows on any thread.
    static const USpoofChecker *const checker = [] {
        UErrorCode status = U_ZERO_ERROR;
        return uspoof_open(&status);
    }();
    return fromIcu(text, [](const UChar *source, int32_t length, UChar *target, int32_t capacity, UErrorCode *status) {
        return uspoof_getSkeleton(checker, 0, source, length, target, capacity, status);
    });
}

bool isAscii(const QString &text)
{
    return std::ranges::all_of(text, [](QChar letter) { return letter.unicode() < 0x80; });
}

/// Letters of which only the capitals are alike: 'м' is no Latin letter to ICU, 'М' is.
QString throughCapitals(const QString &text)
{
    QString result;
    for (const char32_t letter : text.toUcs4()) {
        const QString one = QString::fromUcs4(&letter, 1);
        const QString capital = isAscii(skeleton(one)) ? one : skeleton(one.toUpper());
        result += isAscii(capital) ? capital.toLower() : one;
    }
    return result;
}

/// Small letters, one way to write each, marks left out, nothing left out that nobody sees.
QString plainForm(const QString &handle)
{
    static const UNormalizer2 *const compatible = instance(&unorm2_getNFKCInstance);
    return withoutMarks(normalized(handle.left(kLongestName), compatible).toCaseFolded());
}

/// Without what parts words: spaces, points, strokes, signs.
QString compact(const QString &look)
{
    QString result;
    for (const char32_t letter : look.toUcs4()) {
        if (u_isalnum(static_cast<UChar32>(letter)))
            result += QChar::fromUcs4(letter);
    }
    return result;
}

/// What stands before the server, where a network has such handles: "me@host", and "me.host" on Bluesky. Nothing of a
/// mail address, since "info" and "kontakt" belong to everybody.
QString stemOf(const QString &network, const QString &handle)
{
    if (network == "email"_L1)
        return {};
    return network == "bluesky"_L1 ? handle.section(u'.', 0, 0) : handle.section(u'@', 0, 0);
}

/// A mail address belongs to whoever has its host.
QString hostOf(const QString &network, const QString &handle)
{
    return network == "email"_L1 ? handle.section(u'@', 1) : QString();
}

/// Looks of the words above, as they stand in the look of a name.
const QStringList &serviceLooks()
{
    static const QStringList looks = [] {
        QStringList result;
        for (const QLatin1StringView word : kServiceWords)
            result.append(compact(lookOf(word)));
        return result;
    }();
    return looks;
}

/// Takes one word off the front, or a digit, which may look like l or o; false where there is neither.
bool takeServiceWord(QString &rest, int &words)
{
    for (const QString &word : serviceLooks()) {
        if (rest.startsWith(word)) {
            rest.remove(0, word.size());
            ++words;
            return true;
        }
    }
    if (!rest.front().isDigit() && rest.front() != u'l' && rest.front() != u'o')
        return false;
    rest.remove(0, 1);
    return true;
}

bool areServiceWords(QString before, QString after)
{
    int words = 0;
    for (QString *rest : {&before, &after}) {
        while (!rest->isEmpty()) {
            if (!takeServiceWord(*rest, words))
                return false;
        }
    }
    return words > 0;
}

/// "marigoldsupport", "the real marigold".
bool isOfService(const QString &name, const QString &own)
{
    if (own.size() < kShortestHandle || name.size() <= own.size())
        return false;
    const qsizetype at = name.indexOf(own);
    return at >= 0 && areServiceWords(name.left(at), name.mid(at + own.size()));
}

/// One letter more, less or another.
bool isOneLetterAway(const QString &name, const QString &own)
{
    if (name.size() > own.size())
        return isOneLetterAway(own, name);
    if (own.size() - name.size() > 1)
        return false;
    const auto [left, right] = std::ranges::mismatch(name, own);
    const auto rest = name.size() == own.size() && left != name.end() ? left + 1 : left;
    return right != own.end() && std::equal(rest, name.end(), right + 1, own.end());
}

/// Both are looks without what parts words.
bool isSameOrOfService(const QString &name, const QString &own, qsizetype shortest)
{
    return name == own ? own.size() >= shortest : isOfService(name, own);
}

bool isStemTakenFor(const QString &stem, const QString &own)
{
    return isSameOrOfService(stem, own, kShortestStem) || (own.size() >= kShortestStem && isOneLetterAway(stem, own));
}

} // namespace

QString lookOf(const QString &name)
{
    // Also leaves out what is not seen (Default_Ignorable_Code_Point).
    static const UNormalizer2 *const folded = instance(&unorm2_getNFKCCasefoldInstance);
    const QString letters = withoutMarks(normalized(name.left(kLongestName).trimmed(), folded));
    QString look = withoutMarks(skeleton(throughCapitals(letters)).toCaseFolded());
    // ICU has a capital I look like l. Folding made it an i, so i looks like l as well.
    return look.replace(u'i', u'l');
}

QString lookRules()
{
    constexpr int kOurs = 1;
    UVersionInfo tables;
    u_getVersion(tables);
    std::array<char, U_MAX_VERSION_STRING_LENGTH> icu{};
    u_versionToString(tables, icu.data());
    return u"%1, ICU %2"_s.arg(kOurs).arg(QLatin1StringView(icu.data()));
}

bool areLookAlikes(const QString &handle, const QString &other)
{
    return plainForm(handle) != plainForm(other) && lookOf(handle) == lookOf(other);
}

OwnNames::Looks OwnNames::looksOf(const QString &network, const QString &handle, const QString &name)
{
    return {plainForm(handle), lookOf(handle), compact(lookOf(stemOf(network, handle))),
            lookOf(hostOf(network, handle)), compact(lookOf(name))};
}

OwnNames::OwnNames(const std::vector<Account> &accounts, const QStringList &team)
{
    for (const Account &account : accounts) {
        if (!network(account.network).ofSites)
            m_own.push_back({account.network, account.remoteId, account.handle,
                             looksOf(account.network, account.handle, account.name)});
    }
    for (const QString &name : team)
        m_own.push_back({{}, {}, name, looksOf({}, {}, name)});
}

std::optional<LookAlike> OwnNames::resembledBy(const QString &network, const Author &author) const
{
    if (indelible::network(network).ofSites)
        return std::nullopt;
    const Looks looks = looksOf(network, author.handle, author.name);
    const auto isUs = [&](const Own &own) {
        return own.network == network && (own.remoteId == author.remoteId || own.looks.plain == looks.plain);
    };
    if (std::ranges::any_of(m_own, isUs))
        return std::nullopt;
    for (const Own &own : m_own) {
        const bool sameHandle = looks.handle == own.looks.handle && own.looks.handle.size() >= kShortestHandle;
        const bool sameHost = looks.host == own.looks.host && !own.looks.host.isEmpty() &&
                              hostOf(u"email"_s, looks.plain) != hostOf(u"email"_s, own.looks.plain);
        if (sameHandle || sameHost || isStemTakenFor(looks.stem, own.looks.stem) ||
            isSameOrOfService(looks.name, own.looks.name, kShortestName) ||
            isSameOrOfService(looks.stem, own.looks.name, kShortestName) ||
            isSameOrOfService(looks.name, own.looks.stem, kShortestName))
            return LookAlike{own.network, own.shown, true};
    }
    return std::nullopt;
}

} // namespace indelible
