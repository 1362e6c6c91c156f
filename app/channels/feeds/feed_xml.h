// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/feeds/feed_document.h"

#include <QString>
#include <QUrl>
#include <QXmlStreamReader>

#include <utility>
#include <vector>

namespace indelible::channels::feeds {

/// Thrown inside the parsers only; parseFeed() turns it into InvalidReply.
struct BadFeed
{
    QString problem; ///< goes on after "The feed could not be read: "
};

/// The vocabularies that feeds are written in. Feed covers RSS of every age and Atom: their names do not collide.
enum class Space { Feed, Rdf, Content, Dublin, Threading, Tombstone, Media, Itunes, Syndication, Other };

/// Goes through a feed's XML, element by element, and knows the base address and language of each place. Namespaces are
/// resolved here, because a prefix that nobody declared is common and would cost the whole document otherwise: such a
/// prefix means what it usually means. No DTD and no entity is ever fetched; entities that a document declares itself
/// may grow to 4,096 letters each, elements may be nested 200 deep. A value of the stack; throws BadFeed.
class FeedXml
{
public:
    FeedXml(const QString &xml, const QUrl &base);

    /// Goes to the root element.
    void readRoot();
    /// Goes to the next child of the element that is open; false = it has ended. Each child has to be used up by one of
    /// the functions below, or by this one until it says false.
    [[nodiscard]] bool nextChild();
    void skip();
    /// What the element says: its text, or its children as HTML where it has any.
    [[nodiscard]] FeedText words();
    /// Its text alone, without blanks at the ends.
    [[nodiscard]] QString text();

    [[nodiscard]] bool is(Space space, QLatin1StringView name) const;
    [[nodiscard]] Space space() const { return m_space; }
    [[nodiscard]] QString name() const { return m_xml.name().toString(); } ///< without its prefix
    /// By its name as written: prefixed ones are few and always written the same way.
    [[nodiscard]] QString attribute(QLatin1StringView name) const;
    /// An http(s) address, complete and percent-encoded; empty for everything else.
    [[nodiscard]] QString address(const QString &reference) const;
    [[nodiscard]] QUrl base() const { return m_scopes.back().base; }
    [[nodiscard]] QString language() const { return m_scopes.back().language; }

private:
    struct Scope
    {
        QUrl base;
        QString language;
        std::vector<std::pair<QString, Space>> prefixes; ///< declared at this element
    };
    /// &nbsp; and its like, which HTML has and XML has not. Names unknown here too stand for themselves.
    class Entities final : public QXmlStreamEntityResolver
    {
    public:
        QString resolveUndeclaredEntity(const QString &name) override;
    };

    QXmlStreamReader::TokenType advance();
    void enter();
    [[nodiscard]] Space spaceOf(const QString &prefix) const;
    void readInside(QString *plain, QString *markup, bool *hasElements);

    QXmlStreamReader m_xml;
    Entities m_entities;
    std::vector<Scope> m_scopes;
    Space m_space = Space::Other; ///< of the element that began last
};

/// An http(s) address with `base` in front where it is relative; empty for everything else, userinfo included.
[[nodiscard]] QString webAddress(const QUrl &base, const QString &reference);

/// A BCP 47 tag as far as its form goes; empty for what is none.
[[nodiscard]] QString languageTag(const QString &text);

} // namespace indelible::channels::feeds
