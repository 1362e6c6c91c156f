// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/welcome_panel.h"

#include "ui/theme/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSvgRenderer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

// The `welcome` colours are the same in both themes, so they are no tokens of one.
const QColor kWelcome(0x1D, 0x32, 0x66);
const QColor kSecond(0xCB, 0xD7, 0xF3);
constexpr int kWidth = 452;
constexpr int kMargin = 44;
constexpr int kMark = 44;

QLabel *words(const QString &text, const QFont &font, const QColor &colour, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFont(font);
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, colour);
    label->setPalette(palette);
    return label;
}

/// An icon in a soft square.
class Spot : public QWidget
{
public:
    Spot(const QString &iconName, QWidget *parent)
        : QWidget(parent)
        , m_iconName(iconName)
    {
        setFixedSize(34, 34);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(255, 255, 255, 30));
        painter.drawRoundedRect(rect(), 9, 9);
        paintIcon(painter, rect().adjusted(8, 8, -8, -8), m_iconName, Qt::white);
    }

private:
    QString m_iconName;
};

} // namespace

WelcomePanel::WelcomePanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedWidth(theme.scaled(kWidth));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, kMargin, kMargin, 36);
    column->setSpacing(0);
    QFont name = theme.font(TextRole::PageTitle, QFont::DemiBold);
    auto *mark = new QHBoxLayout;
    mark->addSpacing(kMark + 12);
    auto *title = words(u"Indelible"_s, name, Qt::white, this);
    title->setMinimumHeight(kMark);
    mark->addWidget(title, 1);
    column->addLayout(mark);
    column->addSpacing(52);
    QFont big = theme.font(TextRole::PageTitle, QFont::DemiBold);
    big.setPixelSize(theme.fontPixels(TextRole::PageTitle) * 31 / 18);
    column->addWidget(words(tr("Everything people say to you, answered well."), big, Qt::white, this));
    column->addSpacing(14);
    column->addWidget(words(tr("Reviews, mentions and messages in one place, so that no one has to shout to be heard."),
                            theme.font(TextRole::Message), kSecond, this));
    column->addSpacing(42);
    const auto promise = [&](const QString &iconName, const QString &head, const QString &text) {
        auto *row = new QHBoxLayout;
        row->setSpacing(12);
        row->addWidget(new Spot(iconName, this), 0, Qt::AlignTop);
        auto *lines = new QVBoxLayout;
        lines->setSpacing(1);
        lines->addWidget(words(head, theme.font(TextRole::Message, QFont::DemiBold), Qt::white, this));
        lines->addWidget(words(text, theme.font(TextRole::Body), kSecond, this));
        row->addLayout(lines, 1);
        column->addLayout(row);
        column->addSpacing(20);
    };
    promise(u"clock"_s, tr("Prompt"), tr("See who has waited longest, and how long is left."));
    promise(u"undo-2"_s, tr("Considered"), tr("Every answer waits a moment in which you can take it back."));
    promise(u"stamp"_s, tr("Never deleted"), tr("What was said stays on record, on your own computer."));
    column->addStretch(1);
    column->addWidget(words(tr("Your data stays on this computer. No account with us, no tracking."),
                            theme.font(TextRole::Small), kSecond, this));
}

void WelcomePanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), kWelcome);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(255, 255, 255, 18), 22));
    const QPointF centre(width() - 110, height() - 140);
    for (const int radius : {70, 125, 180})
        painter.drawEllipse(centre, radius, radius);
    const int x = layoutDirection() == Qt::RightToLeft ? width() - kMargin - kMark : kMargin;
    QSvgRenderer(u":/indelible.svg"_s).render(&painter, QRectF(x, kMargin, kMark, kMark));
}

} // namespace indelible::ui
