// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "app/base/log.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScreen>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr double kDesignPixels = 13.0;
constexpr int kSmallestPixels = 11;

double factor(TextRole role)
{
    switch (role) {
    case TextRole::Meta:
        return 0.85;
    case TextRole::Small:
        return 0.92;
    case TextRole::Body:
        return 1.0;
    case TextRole::Message:
    case TextRole::Section:
        return 1.08;
    case TextRole::PaneTitle:
        return 1.23;
    case TextRole::PageTitle:
        return 1.4;
    }
    Q_UNREACHABLE();
}

QJsonObject readTokens()
{
    QFile file(u":/theme/theme.json"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        qCCritical(lcUi, "The colours of the window are missing from the program file.");
        return {};
    }
    return QJsonDocument::fromJson(file.readAll()).object();
}

/// Stable from run to run, unlike qHash with a seed: a person keeps their colours.
quint32 stableHash(const QString &text)
{
    quint32 hash = 2166136261U; // FNV-1a
    const QByteArray bytes = text.toUtf8();
    for (const char byte : bytes)
        hash = (hash ^ static_cast<quint8>(byte)) * 16777619U;
    return hash ^ (hash >> 15);
}

/// As QFontInfo would say, which loads the font to find out: one that nothing is ever written in.
double pixelsOf(const QFont &font)
{
    constexpr double kPointsPerInch = 72;
    const QScreen *screen = QGuiApplication::primaryScreen();
    const double dotsPerInch = screen ? screen->logicalDotsPerInchY() : 96;
    return font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF() * dotsPerInch / kPointsPerInch;
}

double luminance(const QColor &colour)
{
    const auto channel = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) + 0.0722 * channel(colour.blueF());
}

} // namespace

QString tokenName(Token token)
{
    static constexpr std::array<const char16_t *, static_cast<size_t>(Token::Count)> kNames{
        u"chrome",      u"nav",         u"list",      u"content",   u"sunken",    u"raised",    u"line",
        u"line2",       u"control",     u"text",      u"text2",     u"text3",     u"accent",    u"accent-hover",
        u"accent-text", u"accent-soft", u"on-accent", u"sel",       u"hover",     u"chip",      u"danger",
        u"danger-text", u"danger-soft", u"warn",      u"warn-text", u"warn-soft", u"ok",        u"ok-text",
        u"ok-soft",     u"plum",        u"plum-text", u"plum-soft", u"note-bg",   u"note-text", u"note-line",
        u"b-in",        u"b-out",       u"b-priv",    u"star",      u"scrim"};
    return QString::fromUtf16(kNames.at(static_cast<size_t>(token)));
}

double contrast(const QColor &first, const QColor &second)
{
    const auto [darker, lighter] = std::minmax({luminance(first), luminance(second)});
    return (lighter + 0.05) / (darker + 0.05);
}

Theme::Theme(Mode mode, QObject *parent)
    : QObject(parent)
    , m_mode(mode)
{
    m_systemDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    const QFont system = QApplication::font();
    // A platform without settings of its own says 9 pt, which is nobody's wish: the design's size is the least.
    m_basePixels = std::max(kDesignPixels, pixelsOf(system));
    // Beside Inter, the system's own choice for a script it lacks may be a poor match; where it is there, this one is
    // not.
    for (const QString &family : {u"Inter"_s, u"Noto Sans Arabic"_s})
        if (QFontDatabase::hasFamily(family))
            m_families.append(family);
    m_families.append(system.families().isEmpty() ? QStringList{system.family()} : system.families());
    m_dark = mode == Mode::Dark || (mode == Mode::System && m_systemDark);
    load();
}

void Theme::load()
{
    const QJsonObject table = readTokens().value(m_dark ? "dark"_L1 : "light"_L1).toObject();
    const QJsonObject tokens = table.value("tokens"_L1).toObject();
    for (size_t i = 0; i < m_colours.size(); ++i) {
        const QString name = tokenName(static_cast<Token>(i));
        m_colours[i] = QColor(tokens.value(name).toString());
        if (!m_colours[i].isValid())
            qCCritical(lcUi, "theme.json has no colour '%s'.", qPrintable(name));
    }
    m_avatars.clear();
    const QJsonArray avatars = table.value("avatars"_L1).toArray();
    for (const auto pair : avatars)
        m_avatars.emplace_back(QColor(pair.toArray().at(0).toString()), QColor(pair.toArray().at(1).toString()));
    if (m_avatars.empty())
        m_avatars.emplace_back(colour(Token::Chip), colour(Token::Text2));
}

std::pair<QColor, QColor> Theme::avatarColours(const QString &seed) const
{
    return m_avatars.at(stableHash(seed) % m_avatars.size());
}

int Theme::fontPixels(TextRole role) const
{
    return std::max(kSmallestPixels, qRound(m_basePixels * m_textScale * factor(role)));
}

QFont Theme::font(TextRole role, QFont::Weight weight) const
{
    QFont font;
    font.setFamilies(m_families);
    font.setPixelSize(fontPixels(role));
    font.setWeight(weight);
    return font;
}

int Theme::scaled(int px) const
{
    return qRound(px * m_basePixels * m_textScale / kDesignPixels);
}

void Theme::setMode(Mode mode)
{
    m_mode = mode;
    changeTo(mode == Mode::Dark || (mode == Mode::System && m_systemDark));
}

void Theme::changeTo(bool dark)
{
    if (m_dark == dark)
        return;
    m_dark = dark;
    load();
    Q_EMIT changed();
}

void Theme::setTextScale(double factor)
{
    const double bounded = std::clamp(factor, 0.85, 2.0);
    if (qFuzzyCompare(bounded, m_textScale))
        return;
    m_textScale = bounded;
    Q_EMIT changed();
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Token token) { palette.setColor(role, colour(token)); };
    set(QPalette::Window, Token::Chrome);
    set(QPalette::WindowText, Token::Text);
    set(QPalette::Base, Token::Content);
    set(QPalette::AlternateBase, Token::List);
    set(QPalette::Text, Token::Text);
    set(QPalette::PlaceholderText, Token::Text3);
    set(QPalette::Button, Token::Raised);
    set(QPalette::ButtonText, Token::Text);
    set(QPalette::BrightText, Token::OnAccent);
    set(QPalette::Highlight, Token::Accent);
    set(QPalette::HighlightedText, Token::OnAccent);
    set(QPalette::Link, Token::AccentText);
    set(QPalette::LinkVisited, Token::AccentText);
    set(QPalette::ToolTipBase, Token::Text);
    set(QPalette::ToolTipText, Token::Content);
    set(QPalette::Light, Token::Content);
    set(QPalette::Midlight, Token::Line);
    set(QPalette::Mid, Token::Line2);
    set(QPalette::Dark, Token::Control);
    palette.setColor(QPalette::Shadow, Qt::black);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, colour(Token::Selection));
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, colour(Token::Text));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colour(Token::Text3));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colour(Token::Selection));
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, colour(Token::Text3));
    return palette;
}

QString Theme::styleSheet() const
{
    QFile file(u":/theme/theme.qss"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        qCCritical(lcUi, "The style sheet of the window is missing from the program file.");
        return {};
    }
    const QString source = QString::fromUtf8(file.readAll());
    QString sheet;
    sheet.reserve(source.size());
    // Every second piece between @ signs is a placeholder: a token's name, or a number of the design's pixels.
    const QStringList pieces = source.split(u'@');
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        bool isNumber = false;
        const int number = pieces.at(i).toInt(&isNumber);
        if (i % 2 == 0)
            sheet += pieces.at(i);
        else if (isNumber)
            sheet += QString::number(scaled(number)) + "px"_L1;
        else
            for (size_t token = 0; token < m_colours.size(); ++token)
                if (tokenName(static_cast<Token>(token)) == pieces.at(i))
                    sheet += m_colours[token].name();
    }
    return sheet;
}

void Theme::applyTo(QApplication &application)
{
    if (!m_styled)
        QApplication::setStyle(new Style);
    m_styled = true;
    QApplication::setPalette(palette());
    QToolTip::setPalette(palette());
    QApplication::setFont(font(TextRole::Body));
    application.setStyleSheet(styleSheet());
    // A new sheet gives every widget the palette back that it had under the old one (Qt 6.4): they must set theirs
    // again.
    Q_EMIT changed();
}

} // namespace indelible::ui
