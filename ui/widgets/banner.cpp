// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/banner.h"

#include "ui/theme/icons.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStyle>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

QToolButton *linkButton(QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setProperty("kind", u"link"_s);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QString toneName(Tone tone)
{
    switch (tone) {
    case Tone::Warn:
        return u"warn"_s;
    case Tone::Danger:
        return u"danger"_s;
    case Tone::Ok:
        return u"ok"_s;
    default:
        return u"accent"_s;
    }
}

} // namespace

Banner::Banner(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    build();
    hide();
    connect(&m_theme, &Theme::changed, this, &Banner::applyTheme);
}

void Banner::build()
{
    m_icon = new QLabel(this);
    m_text = new QLabel(this);
    m_text->setWordWrap(true);
    // Rich text for the heavier first words only; the words themselves are escaped.
    m_text->setTextFormat(Qt::RichText);
    m_side = new QWidget(this);
    m_others = new QLabel(m_side);
    m_others->setTextFormat(Qt::PlainText);
    m_action = linkButton(m_side);
    m_detailButton = linkButton(m_side);
    m_copy = linkButton(this);
    m_copy->setText(tr("Copy"));
    m_detail = new QPlainTextEdit(this);
    m_detail->setReadOnly(true);
    m_detail->setFrameStyle(QFrame::NoFrame);
    m_detail->setAccessibleName(tr("Technical details"));
    m_detail->setTabChangesFocus(true);

    auto *row = new QHBoxLayout(m_side);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QWidget *part : std::initializer_list<QWidget *>{m_others, m_detailButton, m_action})
        row->addWidget(part);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12, 6, 8, 6);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_icon, 0, 0, Qt::AlignTop);
    grid->addWidget(m_text, 0, 1, Qt::AlignTop);
    grid->addWidget(m_side, 0, 2, Qt::AlignTop | Qt::AlignTrailing);
    grid->addWidget(m_detail, 2, 1);
    grid->addWidget(m_copy, 2, 2, Qt::AlignTop | Qt::AlignTrailing);
    grid->setColumnStretch(1, 1);
    connect(m_action, &QToolButton::clicked, this, &Banner::actionTriggered);
    connect(m_detailButton, &QToolButton::clicked, this, &Banner::toggleDetail);
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_content.detail); });
}

void Banner::setContent(const BannerContent &content)
{
    if (content == m_content && !isHidden())
        return;
    m_content = content;
    m_text->setText("<b>"_L1 + content.strong.toHtmlEscaped() + "</b> "_L1 + content.text.toHtmlEscaped());
    setAccessibleName(content.strong + u' ' + content.text);
    m_text->setAccessibleName(accessibleName());
    applyTheme(); // before anything is shown: Qt forgets fonts that are set on a shown part of an unfinished window
    m_action->setText(content.action);
    m_action->setVisible(!content.action.isEmpty());
    m_others->setText(tr("%n more", "less serious notices", content.others));
    m_others->setVisible(content.others > 0);
    m_detail->setPlainText(content.detail);
    m_detail->hide();
    m_copy->hide();
    m_detailButton->setVisible(!content.detail.isEmpty());
    m_detailButton->setText(tr("Show details"));
    arrange();
    show();
}

void Banner::clear()
{
    m_content = {};
    hide();
}

void Banner::arrange()
{
    auto *grid = qobject_cast<QGridLayout *>(layout());
    const bool stacked = width() - m_side->sizeHint().width() < m_theme.scaled(260);
    if (stacked == m_stacked)
        return;
    m_stacked = stacked;
    grid->removeWidget(m_side);
    if (stacked)
        grid->addWidget(m_side, 1, 1, 1, 2, Qt::AlignLeading);
    else
        grid->addWidget(m_side, 0, 2, Qt::AlignTop | Qt::AlignTrailing);
}

void Banner::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void Banner::toggleDetail()
{
    const bool shown = m_detail->isHidden();
    m_detail->setVisible(shown);
    m_copy->setVisible(shown);
    m_detailButton->setText(shown ? tr("Hide details") : tr("Show details"));
}

void Banner::applyTheme()
{
    const ToneColours colours = toneColours(m_theme, m_content.tone);
    QPalette palette = this->palette();
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(role, colours.text);
    palette.setColor(QPalette::Base, colours.fill);
    const QFont small = m_theme.font(TextRole::Small);
    for (QWidget *part : std::initializer_list<QWidget *>{m_text, m_others, m_detail}) {
        part->setPalette(palette);
        part->setFont(small);
    }
    for (QToolButton *button : {m_action, m_detailButton, m_copy}) {
        button->setFont(m_theme.font(TextRole::Small, QFont::DemiBold));
        button->setProperty("tone", toneName(m_content.tone));
        button->style()->polish(button); // the sheet's rule of the tone
    }
    const int side = m_theme.scaled(16);
    const QIcon shown =
        m_content.iconName.isEmpty() ? QIcon() : icon(m_theme, m_content.iconName, toneText(m_content.tone));
    // Icon and first line stand in the middle of a button's height.
    const int line = m_theme.scaled(26);
    m_icon->setFixedHeight(line);
    m_text->setContentsMargins(0, qMax(0, (line - QFontMetrics(small).height()) / 2), 0, 0);
    m_others->setFixedHeight(line);
    m_icon->setPixmap(shown.pixmap(QSize(side, side), devicePixelRatioF()));
    m_detail->setMaximumHeight(m_theme.scaled(90));
    update();
}

void Banner::paintEvent(QPaintEvent *)
{
    const ToneColours colours = toneColours(m_theme, m_content.tone);
    QColor line = colours.line;
    line.setAlphaF(0.35F);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(line);
    painter.setBrush(colours.fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace indelible::ui
