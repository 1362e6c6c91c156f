// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_xml.h"

#include "app/channels/feeds/feed_text.h"

#include <QRegularExpression>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

constexpr std::size_t kDeepest = 200;
constexpr int kEntityLimit = 4096; // letters, which is what Qt has by itself

struct KnownSpace
{
    const char *prefix; ///< what an undeclared one means
    const char *begin;  ///< of the namespace's name
    Space space;
};

// RSS 1.0 modules, RFC 4287, 4685 and 6721, and the older names of the same things.
constexpr KnownSpace kSpaces[] = {
    {"atom", "http://www.w3.org/2005/Atom", Space::Feed},
    {"atom03", "http://purl.org/atom/ns#", Space::Feed},
    {"content", "http://purl.org/rss/1.0/modules/content/", Space::Content},
    {"dc", "http://purl.org/dc/", Space::Dublin},
    {"sy", "http://purl.org/rss/1.0/modules/syndication/", Space::Syndication},
    {"thr", "http://purl.org/syndication/thread/1.0", Space::Threading},
    {"at", "http://purl.org/atompub/tombstones/1.0", Space::Tombstone},
    {"media", "http://search.yahoo.com/mrss", Space::Media},
    {"itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd", Space::Itunes},
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", Space::Rdf},
};

Space spaceNamed(const QString &name)
{
    const auto known = std::ranges::find_if(kSpaces, [&](const KnownSpace &entry) {
        return name.startsWith(QLatin1StringView(entry.begin), Qt::CaseInsensitive);
    });
    if (known != std::end(kSpaces))
        return known->space;
    // RSS 1.0, 0.90 and those that gave RSS 2.0 a namespace of its own.
    const bool isRss = name.isEmpty() || name.startsWith("http://purl.org/rss/1.0/"_L1) ||
                       name.startsWith("http://my.netscape.com/rdf/simple/0.9/"_L1) ||
                       name.startsWith("http://backend.userland.com/"_L1) ||
                       name.startsWith("http://channel.netscape.com/rdf/simple/0.9/"_L1);
    return isRss ? Space::Feed : Space::Other;
}

bool isVoid(QStringView element)
{
    static const QStringList names = u"area br col embed hr img input link meta source track wbr"_s.split(u' ');
    return names.contains(element);
}

QString startTag(const QXmlStreamReader &xml)
{
    QString tag = u'<' + xml.name().toString();
    for (const QXmlStreamAttribute &attribute : xml.attributes()) {
        if (!attribute.qualifiedName().startsWith("xmlns"_L1))
            tag += u" %1=\"%2\""_s.arg(attribute.qualifiedName(), attribute.value().toString().toHtmlEscaped());
    }
    return tag + u'>';
}

/// In words for people; what Qt says is about grammar.
QString problemOf(const QXmlStreamReader &xml)
{
    const QString where = u" (line %1)"_s.arg(xml.lineNumber());
    if (xml.error() == QXmlStreamReader::PrematureEndOfDocumentError)
        return u"it is cut off"_s + where;
    if (xml.errorString().contains("expansion limit"_L1))
        return u"it holds an entity that grows without end"_s + where;
    return u"it is not well-formed XML"_s + where;
}

} // namespace

QString FeedXml::Entities::resolveUndeclaredEntity(const QString &name)
{
    const QString letter = htmlEntity(name);
    // What is given here is read as XML again: a bare '&' would be resolved for ever.
    return letter.isEmpty() ? u"&amp;"_s + name + u';' : letter;
}

FeedXml::FeedXml(const QString &xml, const QUrl &base)
    : m_xml(xml)
    , m_scopes{{base, {}, {}}}
{
    m_xml.setNamespaceProcessing(false);
    m_xml.setEntityResolver(&m_entities);
    m_xml.setEntityExpansionLimit(kEntityLimit);
}

QXmlStreamReader::TokenType FeedXml::advance()
{
    const QXmlStreamReader::TokenType token = m_xml.readNext();
    if (m_xml.hasError())
        throw BadFeed{problemOf(m_xml)};
    if (token == QXmlStreamReader::StartElement)
        enter();
    else if (token == QXmlStreamReader::EndElement)
        m_scopes.pop_back();
    return token;
}

void FeedXml::enter()
{
    if (m_scopes.size() > kDeepest)
        throw BadFeed{u"it is nested too deeply"_s};
    Scope scope{base(), language(), {}};
    const QXmlStreamAttributes attributes = m_xml.attributes();
    for (const QXmlStreamAttribute &attribute : attributes) {
        const QStringView name = attribute.qualifiedName();
        if (name == "xmlns"_L1)
            scope.prefixes.emplace_back(QString(), spaceNamed(attribute.value().toString()));
        else if (name.startsWith("xmlns:"_L1))
            scope.prefixes.emplace_back(attribute.name().toString(), spaceNamed(attribute.value().toString()));
        else if (name == "xml:base"_L1)
            scope.base = scope.base.resolved(QUrl(attribute.value().toString().trimmed()));
        else if (name == "xml:lang"_L1)
            scope.language = languageTag(attribute.value().toString());
    }
    m_scopes.push_back(std::move(scope));
    m_space = spaceOf(m_xml.prefix().toString());
}

Space FeedXml::spaceOf(const QString &prefix) const
{
    for (auto i = m_scopes.size(); i-- > 0;) {
        const auto &prefixes = m_scopes.at(i).prefixes;
        const auto declared = std::ranges::find(prefixes, prefix, &std::pair<QString, Space>::first);
        if (declared != prefixes.end())
            return declared->second;
    }
    if (prefix.isEmpty())
        return Space::Feed;
    const auto usual = std::ranges::find_if(
        kSpaces, [&](const KnownSpace &entry) { return prefix == QLatin1StringView(entry.prefix); });
    return usual != std::end(kSpaces) ? usual->space : Space::Other;
}

void FeedXml::readRoot()
{
    while (advance() != QXmlStreamReader::StartElement) {
        if (m_xml.atEnd())
            throw BadFeed{u"it is empty"_s};
    }
}

bool FeedXml::nextChild()
{
    for (;;) {
        const QXmlStreamReader::TokenType token = advance();
        if (token == QXmlStreamReader::StartElement)
            return true;
        if (token == QXmlStreamReader::EndElement)
            return false;
    }
}

void FeedXml::skip()
{
    const std::size_t outside = m_scopes.size() - 1;
    while (m_scopes.size() > outside)
        advance();
}

void FeedXml::readInside(QString *plain, QString *markup, bool *hasElements)
{
    const std::size_t outside = m_scopes.size() - 1;
    for (;;) {
        const QXmlStreamReader::TokenType token = advance();
        if (m_scopes.size() == outside)
            return;
        if (token == QXmlStreamReader::StartElement) {
            *hasElements = true;
            *markup += startTag(m_xml);
        } else if (token == QXmlStreamReader::EndElement && !isVoid(m_xml.name())) {
            *markup += u"</"_s + m_xml.name().toString() + u'>';
        } else if (token == QXmlStreamReader::Characters || token == QXmlStreamReader::EntityReference) {
            *plain += m_xml.text();
            *markup += m_xml.text().toString().toHtmlEscaped();
        }
    }
}

FeedText FeedXml::words()
{
    QString plain;
    QString markup;
    bool hasElements = false;
    readInside(&plain, &markup, &hasElements);
    return hasElements ? FeedText{markup.trimmed(), true} : FeedText{plain.trimmed(), false};
}

QString FeedXml::text()
{
    QString plain;
    QString markup;
    bool hasElements = false;
    readInside(&plain, &markup, &hasElements);
    return plain.trimmed();
}

bool FeedXml::is(Space space, QLatin1StringView name) const
{
    return m_space == space && m_xml.name() == name;
}

QString FeedXml::attribute(QLatin1StringView name) const
{
    return m_xml.attributes().value(name).toString().trimmed();
}

QString FeedXml::address(const QString &reference) const
{
    return webAddress(base(), reference);
}

QString webAddress(const QUrl &base, const QString &reference)
{
    const QString trimmed = reference.trimmed();
    const QUrl url = trimmed.isEmpty() ? QUrl() : base.resolved(QUrl(trimmed));
    const bool isWeb = (url.scheme() == "https"_L1 || url.scheme() == "http"_L1) && url.isValid() &&
                       !url.host().isEmpty() && url.userInfo().isEmpty();
    return isWeb ? url.toString(QUrl::FullyEncoded) : QString();
}

QString languageTag(const QString &text)
{
    static const QRegularExpression form(u"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"_s);
    const QString trimmed = text.trimmed().left(35).replace(u'_', u'-');
    return form.match(trimmed).hasMatch() ? trimmed : QString();
}

} // namespace indelible::channels::feeds
