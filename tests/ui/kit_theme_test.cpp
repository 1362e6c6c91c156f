// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/network.h"
#include "tests/support/catch.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QStyleOptionSlider>

using namespace Qt::StringLiterals;
using namespace indelible;
using ui::Theme;
using ui::Token;

namespace {

struct Pair
{
    Token front;
    Token back;
    double least;
};

constexpr double kText = 4.5;
constexpr double kGraphic = 3.0;

/// Table 7.2 of the design, then every other pair that the painted views use.
const std::vector<Pair> &pairs()
{
    static const std::vector<Pair> all{
        {Token::Text, Token::Content, kText},
        {Token::Text, Token::Selection, kText},
        {Token::Text, Token::BubbleOut, kText},
        {Token::Text2, Token::Chrome, kText},
        {Token::Text2, Token::Chip, kText},
        {Token::Text3, Token::Content, kText},
        {Token::Text3, Token::Selection, kText},
        {Token::Text3, Token::BubbleOut, kText},
        {Token::AccentText, Token::Nav, kText},
        {Token::AccentText, Token::BubbleOut, kText},
        {Token::DangerText, Token::Content, kText},
        {Token::WarnText, Token::WarnSoft, kText},
        {Token::DangerText, Token::DangerSoft, kText},
        {Token::OkText, Token::OkSoft, kText},
        {Token::PlumText, Token::PlumSoft, kText},
        {Token::NoteText, Token::NoteBackground, kText},
        {Token::OnAccent, Token::Accent, kText},
        {Token::OnAccent, Token::AccentHover, kText},
        {Token::OnAccent, Token::Danger, kText},
        {Token::Control, Token::Content, kGraphic},
        {Token::Accent, Token::Content, kGraphic},
        {Token::Star, Token::Selection, kGraphic},
        {Token::Text, Token::BubbleIn, kText},
        {Token::Text, Token::BubblePrivate, kText},
        {Token::Text, Token::List, kText},
        {Token::Text, Token::Hover, kText},
        {Token::Text2, Token::List, kText},
        {Token::Text2, Token::Hover, kText},
        {Token::Text2, Token::Selection, kText},
        {Token::Text2, Token::BubbleIn, kText},
        {Token::Text2, Token::Content, kText},
        {Token::Text3, Token::List, kText},
        {Token::Text3, Token::Nav, kText},
        {Token::Text3, Token::BubbleIn, kText},
        {Token::Text3, Token::BubblePrivate, kText},
        {Token::AccentText, Token::BubbleIn, kText},
        {Token::AccentText, Token::BubblePrivate, kText},
        {Token::AccentText, Token::AccentSoft, kText},
        {Token::DangerText, Token::BubbleIn, kText},
        {Token::DangerText, Token::BubbleOut, kText},
        {Token::DangerText, Token::BubblePrivate, kText},
        {Token::DangerText, Token::List, kText},
        {Token::DangerText, Token::Selection, kText},
        {Token::PlumText, Token::List, kText},
        {Token::PlumText, Token::Hover, kText},
        {Token::PlumText, Token::Selection, kText},
        {Token::PlumText, Token::BubblePrivate, kText},
        {Token::Star, Token::List, kGraphic},
        {Token::Star, Token::BubbleIn, kGraphic},
        {Token::Danger, Token::Content, kGraphic},
    };
    return all;
}

/// How much of the picture has this colour.
int count(const QImage &image, const QColor &colour)
{
    int found = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            found += image.pixelColor(x, y) == colour ? 1 : 0;
    return found;
}

} // namespace

TEST_CASE("every pair of colours that is painted has the contrast that WCAG asks for")
{
    for (const Theme::Mode mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
        const Theme theme(mode);
        for (const Pair &pair : pairs()) {
            const double measured = ui::contrast(theme.colour(pair.front), theme.colour(pair.back));
            CAPTURE(theme.isDark(), ui::tokenName(pair.front).toStdString(), ui::tokenName(pair.back).toStdString(),
                    measured);
            CHECK(measured >= pair.least);
        }
        for (int i = 0; i < 200; ++i) {
            const auto [back, letters] = theme.avatarColours(QString::number(i));
            CHECK(ui::contrast(letters, back) >= 6.4);
        }
    }
}

TEST_CASE("the contrast of black and white is 21 and that of a colour with itself is 1")
{
    CHECK(ui::contrast(Qt::black, Qt::white) == Approx(21.0));
    CHECK(ui::contrast(Qt::white, Qt::black) == Approx(21.0));
    CHECK(ui::contrast(QColor(0x2C, 0x51, 0xA8), QColor(0x2C, 0x51, 0xA8)) == Approx(1.0));
    CHECK(ui::contrast(QColor(0x1C, 0x1F, 0x26), Qt::white) == Approx(16.5).margin(0.05));
}

TEST_CASE("a network badge carries white letters that can be read")
{
    for (const Network &network : networks())
        CHECK(ui::contrast(Qt::white, QColor::fromRgb(network.badgeColour)) >= 5.1);
}

TEST_CASE("changing the theme gives other colours and says so once")
{
    Theme theme(Theme::Mode::Light);
    int changes = 0;
    QObject::connect(&theme, &Theme::changed, [&changes] { ++changes; });
    CHECK(theme.colour(Token::Content) == QColor(Qt::white));
    theme.setMode(Theme::Mode::Dark);
    CHECK(theme.isDark());
    CHECK(theme.colour(Token::Content) == QColor(0x1F, 0x22, 0x29));
    theme.setMode(Theme::Mode::Dark);
    CHECK(changes == 1);
    CHECK(theme.colour(Token::Scrim).alpha() == 0x94);
}

TEST_CASE("text grows with the person's text size, within limits, and small print stays readable")
{
    Theme theme(Theme::Mode::Light);
    CHECK(theme.fontPixels(ui::TextRole::Body) == 13);
    CHECK(theme.fontPixels(ui::TextRole::Message) == 14);
    CHECK(theme.fontPixels(ui::TextRole::Meta) == 11);
    CHECK(theme.scaled(102) == 102);
    theme.setTextScale(2.0);
    CHECK(theme.fontPixels(ui::TextRole::Body) == 26);
    CHECK(theme.scaled(102) == 204);
    theme.setTextScale(9.0);
    CHECK(theme.textScale() == 2.0);
    theme.setTextScale(0.1);
    CHECK(theme.textScale() == Approx(0.85));
    CHECK(theme.fontPixels(ui::TextRole::Meta) == 11);
}

TEST_CASE("a person keeps the colours of their avatar")
{
    const Theme theme(Theme::Mode::Light);
    CHECK(theme.avatarColours(u"did:plc:abc"_s) == theme.avatarColours(u"did:plc:abc"_s));
    QSet<QRgb> seen;
    for (int i = 0; i < 100; ++i)
        seen.insert(theme.avatarColours(u"person %1"_s.arg(i)).first.rgb());
    CHECK(seen.size() == 8);
}

TEST_CASE("the style sheet stays short, is written from tokens alone and every one of them exists")
{
    QFile file(u":/theme/theme.qss"_s);
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QString source = QString::fromUtf8(file.readAll());
    CHECK(source.count(u'\n') < 150);
    CHECK_FALSE(source.contains(u'#'));
    CHECK_FALSE(source.contains("font-size"_L1));
    QSet<QString> known;
    for (size_t i = 0; i < static_cast<size_t>(Token::Count); ++i)
        known.insert(ui::tokenName(static_cast<Token>(i)));
    const QStringList pieces = source.mid(source.indexOf("*/"_L1)).split(u'@');
    for (qsizetype i = 1; i < pieces.size(); i += 2) {
        bool isNumber = false;
        pieces.at(i).toInt(&isNumber);
        CAPTURE(pieces.at(i).toStdString());
        CHECK((isNumber || known.contains(pieces.at(i))));
    }
    Theme theme(Theme::Mode::Dark);
    theme.applyTo(*qApp);
    CHECK_FALSE(qApp->styleSheet().mid(qApp->styleSheet().indexOf("*/"_L1)).contains(u'@'));
    CHECK(qApp->palette().color(QPalette::Base) == theme.colour(Token::Content));
    CHECK(qApp->palette().color(QPalette::Disabled, QPalette::Text) == theme.colour(Token::Text3));
}

TEST_CASE("every icon of the program is drawn in the colour that was asked for")
{
    const QStringList names = ui::iconNames();
    CHECK(names.size() > 40);
    const QColor colour(0xB3, 0x26, 0x1E);
    for (const QString &name : names) {
        QImage image(48, 48, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        ui::paintIcon(painter, QRect(0, 0, 48, 48), name, colour);
        painter.end();
        CAPTURE(name.toStdString());
        CHECK(count(image, colour) > 10);
        CHECK(count(image, Qt::black) == 0);
    }
}

TEST_CASE("an icon follows the theme, is filled and mirrored when asked")
{
    Theme theme(Theme::Mode::Light);
    const QIcon reply = ui::icon(theme, u"reply"_s, Token::Accent);
    CHECK(count(reply.pixmap(48, 48).toImage(), theme.colour(Token::Accent)) > 10);
    theme.setMode(Theme::Mode::Dark);
    CHECK(count(reply.pixmap(48, 48).toImage(), theme.colour(Token::Accent)) > 10);

    const auto draw = [](bool filled, bool mirrored, Qt::LayoutDirection direction) {
        QImage image(48, 48, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setLayoutDirection(direction);
        ui::paintIcon(painter, QRect(0, 0, 48, 48), filled ? u"star"_s : u"reply"_s, Qt::red, filled, mirrored);
        return image;
    };
    CHECK(count(draw(true, false, Qt::LeftToRight), Qt::red) > 500);
    CHECK(draw(false, true, Qt::LeftToRight) == draw(false, false, Qt::LeftToRight));
    CHECK(draw(false, false, Qt::RightToLeft) == draw(false, false, Qt::LeftToRight));
    CHECK(draw(false, true, Qt::RightToLeft) == draw(false, false, Qt::LeftToRight).mirrored(true, false));
}

TEST_CASE("an avatar shows the letters a person would choose")
{
    CHECK(ui::initials(u"Rosalind Achterberg"_s) == u"RA"_s);
    CHECK(ui::initials(u"nadia maria ferreira-holt"_s) == u"NF"_s);
    CHECK(ui::initials(u"@marigold"_s) == u"M"_s);
    CHECK(ui::initials(u"田中 美咲"_s) == u"田"_s);
    CHECK(ui::initials(u"ليلى حداد"_s) == u"ل"_s);
    CHECK(ui::initials(u"🌸 Rose 🌸"_s) == u"R"_s);
    CHECK(ui::initials(u"🌸🌸"_s) == u"?"_s);
    CHECK(ui::initials(QString()) == u"?"_s);
    CHECK(ui::initials(QString(5000, QChar(0x0301))).size() <= 6);
}

TEST_CASE("the slider of a scroll bar stays in it, however little room there is")
{
    ui::Style style;
    QStyleOptionSlider bar;
    bar.maximum = 100'000;
    bar.pageStep = 10;
    bar.orientation = Qt::Vertical;
    for (const int height : {0, 1, 10, 28, 29, 400}) {
        bar.rect = QRect(0, 0, 12, height);
        for (const int position : {0, 50'000, 100'000}) {
            bar.sliderPosition = position;
            const QRect slider = style.subControlRect(QStyle::CC_ScrollBar, &bar, QStyle::SC_ScrollBarSlider);
            CHECK(slider.top() >= 0);
            CHECK(slider.bottom() < height);
            CHECK(slider.height() == qMin(28, height));
        }
    }
}

TEST_CASE("tick boxes and boxes to choose from grow with the text, and a tick is seen in light and dark")
{
    const auto has = [](const QImage &image, QColor colour) {
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.height(); ++x) {
                if (image.pixelColor(x, y) == colour)
                    return true;
            }
        }
        return false;
    };
    for (const Theme::Mode mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
        Theme theme(mode);
        ui::Style style;
        QCheckBox box(u"Sure"_s);
        QComboBox choice;
        choice.addItem(u"A reason"_s);
        QPalette palette;
        palette.setColor(QPalette::Base, theme.colour(Token::Content));
        palette.setColor(QPalette::Highlight, theme.colour(Token::Accent));
        palette.setColor(QPalette::HighlightedText, theme.colour(Token::OnAccent));
        const auto dress = [&] {
            for (QWidget *widget : {static_cast<QWidget *>(&box), static_cast<QWidget *>(&choice)}) {
                widget->setStyle(&style);
                widget->setPalette(palette);
                widget->setFont(theme.font(ui::TextRole::Body));
            }
        };
        dress();
        const int smallBox = box.sizeHint().height();
        const int smallChoice = choice.sizeHint().height();
        CHECK(smallChoice >= 28);
        box.resize(box.sizeHint());
        const QImage off = box.grab().toImage();
        box.setChecked(true);
        const QImage on = box.grab().toImage();
        CHECK(has(on, theme.colour(Token::Accent)));
        CHECK(has(off, theme.colour(Token::Content)));
        CHECK_FALSE(has(off, theme.colour(Token::Accent)));
        theme.setTextScale(2.0);
        dress();
        CHECK(box.sizeHint().height() > smallBox * 3 / 2);
        CHECK(choice.sizeHint().height() > smallChoice * 3 / 2);
    }
}
