// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include "app/base/log.h"
#include "app/domain/network.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainterPath>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <QTextBoundaryFinder>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

/// QtSvg draws currentColor black, so the colour is written into the source; 1.75 is the design's stroke.
QByteArray svgSource(const QString &name, const QColor &colour, bool filled)
{
    QFile file(":/icons/"_L1 + name + ".svg"_L1);
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(lcUi, "There is no icon '%s'.", qPrintable(name));
        return {};
    }
    QByteArray source = file.readAll();
    const QByteArray paint = colour.name().toLatin1();
    source.replace("currentColor", paint);
    source.replace("stroke-width=\"2\"", "stroke-width=\"1.75\"");
    if (filled)
        source.replace("fill=\"none\"", "fill=\"" + paint + "\"");
    return source;
}

QPixmap render(const QString &name, const QSize &size, const QColor &colour, bool filled, bool turned)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const QByteArray source = svgSource(name, colour, filled);
    if (!source.isEmpty()) {
        QSvgRenderer renderer(source);
        QPainter painter(&image);
        painter.setOpacity(colour.alphaF());
        renderer.render(&painter);
    }
    if (turned)
        image = image.mirrored(true, false);
    return QPixmap::fromImage(std::move(image));
}

/// `size` in device pixels.
QPixmap iconPixmap(const QString &name, const QSize &size, const QColor &colour, bool filled, bool turned)
{
    const QString key = u"indelible/%1/%2x%3/%4/%5%6"_s.arg(
        name, QString::number(size.width()), QString::number(size.height()), QString::number(colour.rgba(), 16),
        filled ? u"f"_s : QString(), turned ? u"t"_s : QString());
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = render(name, size, colour, filled, turned);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

/// Asks the theme for its colour at every paint, so that a change of theme needs no new icons.
class LucideEngine final : public QIconEngine
{
public:
    LucideEngine(const Theme &theme, QString name, Token colour, bool mirrored)
        : m_theme(theme)
        , m_name(std::move(name))
        , m_colour(colour)
        , m_mirrored(mirrored)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(*painter, rect, m_name, colour(mode), false, m_mirrored);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return iconPixmap(m_name, size, colour(mode), false,
                          m_mirrored && QGuiApplication::layoutDirection() == Qt::RightToLeft);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return pixmap(size, mode, state);
    }
    QSize actualSize(const QSize &size, QIcon::Mode, QIcon::State) override { return size; }
    QString key() const override { return u"lucide"_s; }
    QIconEngine *clone() const override { return new LucideEngine(*this); }

private:
    QColor colour(QIcon::Mode mode) const { return m_theme.colour(mode == QIcon::Disabled ? Token::Text3 : m_colour); }

    const Theme &m_theme;
    QString m_name;
    Token m_colour;
    bool m_mirrored;
};

bool hasNoCapitals(QChar::Script script)
{
    switch (script) {
    case QChar::Script_Arabic:
    case QChar::Script_Hebrew:
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
    case QChar::Script_Thai:
        return true;
    default:
        return false;
    }
}

/// The first grapheme of `word`, from its first letter or digit on; empty where it has none.
QString firstLetter(const QString &word, QChar::Script *script)
{
    for (qsizetype i = 0; i < word.size(); ++i) {
        const bool pair = word.at(i).isHighSurrogate() && i + 1 < word.size();
        const char32_t letter =
            pair ? QChar::surrogateToUcs4(word.at(i), word.at(i + 1)) : char32_t(word.at(i).unicode());
        if (QChar::isLetterOrNumber(letter)) {
            *script = QChar::script(letter);
            QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
            finder.setPosition(i);
            const qsizetype end = finder.toNextBoundary();
            return word.mid(i, qMin<qsizetype>((end < 0 ? word.size() : end) - i, 6)).toUpper();
        }
        i += pair ? 1 : 0;
    }
    return {};
}

void drawLetters(QPainter &painter, const QRect &rect, const QString &letters, int pixels, QFont::Weight weight)
{
    QFont font = painter.font();
    font.setPixelSize(qMax(1, pixels));
    font.setWeight(weight);
    painter.setFont(font);
    // Centred on the capitals: centring on the font's full height would leave the letters too high.
    const QFontMetricsF metrics(font);
    const qreal width = metrics.horizontalAdvance(letters);
    const qreal base = rect.y() + (rect.height() + metrics.capHeight()) / 2;
    painter.drawText(QPointF(rect.x() + (rect.width() - width) / 2, base), letters);
}

void drawBadge(QPainter &painter, const QRect &rect, const QString &networkId)
{
    const Network shown = network(networkId);
    const qreal radius = rect.height() <= 18 ? 4 : rect.height() <= 30 ? 6 : 8;
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor::fromRgb(shown.badgeColour));
    painter.drawRoundedRect(rect, radius, radius);
    painter.setPen(Qt::white);
    drawLetters(painter, rect, shown.badge, qRound(3.4 + rect.height() * 0.35), QFont::Bold);
}

/// Rounded shapes are what painting a list costs most: they are drawn once per key, size and ratio, then copied.
template<typename Draw>
void paintCached(QPainter &painter, const QRect &rect, const QString &key, Draw draw)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QString full = u"indelible/%1/%2/%3"_s.arg(key).arg(rect.height()).arg(ratio);
    QPixmap pixmap;
    if (!QPixmapCache::find(full, &pixmap)) {
        pixmap = QPixmap(rect.size() * ratio);
        pixmap.setDevicePixelRatio(ratio);
        pixmap.fill(Qt::transparent);
        QPainter canvas(&pixmap);
        canvas.setRenderHint(QPainter::Antialiasing);
        draw(canvas, QRect(QPoint(0, 0), rect.size()));
        canvas.end();
        QPixmapCache::insert(full, pixmap);
    }
    painter.drawPixmap(rect.topLeft(), pixmap);
}

} // namespace

QIcon icon(const Theme &theme, const QString &name, Token colour, bool mirrored)
{
    return QIcon(new LucideEngine(theme, name, colour, mirrored));
}

void paintIcon(QPainter &painter, const QRect &rect, const QString &name, const QColor &colour, bool filled,
               bool mirrored)
{
    const int side = qMin(rect.width(), rect.height());
    if (side <= 0)
        return;
    const QRect square(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side);
    const qreal ratio = painter.device()->devicePixelRatioF();
    const bool turned = mirrored && painter.layoutDirection() == Qt::RightToLeft;
    const int pixels = qRound(side * ratio);
    painter.drawPixmap(square, iconPixmap(name, QSize(pixels, pixels), colour, filled, turned));
}

QStringList iconNames()
{
    QStringList names = QDir(u":/icons"_s).entryList({u"*.svg"_s}, QDir::Files, QDir::Name);
    for (QString &name : names)
        name.chop(4);
    return names;
}

int paintStars(QPainter &painter, const QRect &rect, int stars, const QColor &colour, Qt::LayoutDirection direction)
{
    const int side = rect.height();
    for (int i = 0; i < 5; ++i) {
        const int x =
            direction == Qt::RightToLeft ? rect.right() + 1 - (i + 1) * side - i : rect.left() + i * (side + 1);
        paintIcon(painter, QRect(x, rect.top(), side, side), u"star"_s, colour, i < stars);
    }
    return 5 * side + 4;
}

QString initials(const QString &name)
{
    QStringList letters;
    for (const QString &word : name.left(200).split(u' ', Qt::SkipEmptyParts)) {
        QChar::Script script = QChar::Script_Unknown;
        const QString letter = firstLetter(word, &script);
        if (letter.isEmpty())
            continue;
        letters.append(letter);
        if (hasNoCapitals(script))
            return letters.first();
    }
    if (letters.isEmpty())
        return u"?"_s;
    return letters.size() == 1 ? letters.first() : letters.first() + letters.last();
}

void paintAvatar(QPainter &painter, const QRect &rect, const Theme &theme, const QString &seed, const QString &name)
{
    const auto [background, letters] = theme.avatarColours(seed);
    const QString text = initials(name);
    const QString key = u"avatar/%1/%2"_s.arg(QString::number(background.rgb(), 16), text);
    paintCached(painter, rect, key, [&, ink = letters, fill = background](QPainter &canvas, const QRect &whole) {
        canvas.setPen(Qt::NoPen);
        canvas.setBrush(fill);
        canvas.drawEllipse(whole);
        canvas.setPen(ink);
        canvas.setFont(theme.font(TextRole::Body));
        drawLetters(canvas, whole, text, 4 + whole.height() / 4, QFont::DemiBold);
    });
}

void paintCornerBadge(QPainter &painter, const QRect &avatar, const Theme &theme, const QString &networkId, int badge,
                      const QColor &ring, Qt::LayoutDirection direction)
{
    const int side = theme.scaled(badge);
    const int out = theme.scaled(4);
    const int x = direction == Qt::RightToLeft ? avatar.left() - out : avatar.right() + 1 + out - side;
    const QRect place(x, avatar.bottom() + 1 + theme.scaled(3) - side, side, side);
    const QString key = u"corner/%1/%2"_s.arg(QString::number(ring.rgb(), 16), networkId);
    paintCached(painter, place.adjusted(-2, -2, 2, 2), key, [&](QPainter &canvas, const QRect &whole) {
        canvas.setPen(Qt::NoPen);
        canvas.setBrush(ring);
        canvas.drawRoundedRect(whole, 6, 6);
        canvas.setFont(theme.font(TextRole::Body));
        drawBadge(canvas, whole.adjusted(2, 2, -2, -2), networkId);
    });
}

void paintBadge(QPainter &painter, const QRect &rect, const QString &networkId)
{
    const QFont font = painter.font();
    paintCached(painter, rect, "badge/"_L1 + networkId, [&](QPainter &canvas, const QRect &whole) {
        canvas.setFont(font);
        drawBadge(canvas, whole, networkId);
    });
}

} // namespace indelible::ui
