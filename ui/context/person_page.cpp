// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/context/person_page.h"

#include "app/base/text.h"
#include "app/domain/network.h"
#include "ui/context/case_words.h"
#include "ui/context/person_facts.h"
#include "ui/context/timeline.h"
#include "ui/models/person_words.h"
#include "ui/theme/icons.h"
#include "ui/widgets/avatar_widget.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/plain_label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kMargin = 14;
constexpr int kTimelineSteps = 6;
constexpr int kLabelWidth = 60;

/// Five stars of which some are filled, named "4 of 5 stars".
class StarsWidget : public QWidget
{
public:
    StarsWidget(const Theme &theme, int stars, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
        , m_stars(stars)
    {
        setAccessibleName(PersonPage::tr("%1 of 5 stars").arg(stars));
        setFixedSize(theme.scaled(64), theme.scaled(16));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const int side = m_theme.scaled(11);
        paintStars(painter, QRect(0, (height() - side) / 2, width(), side), m_stars, m_theme.colour(Token::Star),
                   layoutDirection());
    }

private:
    const Theme &m_theme;
    int m_stars;
};

} // namespace

PersonPage::PersonPage(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_avatar(new AvatarWidget(theme, 48, 0, this))
    , m_name(new PlainLabel(theme, TextRole::Section, Token::Text, QFont::DemiBold, this))
    , m_handle(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, this))
    , m_badge(new IconLabel(theme, {}, 16, Token::Text2, this))
    , m_network(new PlainLabel(theme, TextRole::Meta, Token::Text3, QFont::Normal, this))
    , m_warning(new Banner(theme, this))
    , m_factCard(new Card(theme, Token::Raised, Token::Line, this))
    , m_facts(new QGridLayout(m_factCard))
    , m_caseCard(new Card(theme, Token::Raised, Token::Line, this))
    , m_caseNumber(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::DemiBold, m_caseCard))
    , m_caseStatus(new Pill(theme, {}, m_caseCard))
    , m_caseTitle(new PlainLabel(theme, TextRole::Body, Token::Text, QFont::DemiBold, m_caseCard))
    , m_timeline(new Timeline(theme, this))
{
    auto *badge = new QHBoxLayout;
    badge->setSpacing(5);
    badge->addWidget(m_badge);
    badge->addWidget(m_network, 1);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    m_name->setWordWrap(true);
    m_handle->setElided(true);
    words->addWidget(m_name);
    words->addWidget(m_handle);
    words->addLayout(badge);
    auto *who = new QHBoxLayout;
    who->setSpacing(12);
    who->addWidget(m_avatar, 0, Qt::AlignTop);
    who->addLayout(words, 1);

    m_facts->setContentsMargins(12, 12, 12, 12);
    m_facts->setHorizontalSpacing(8);
    m_facts->setVerticalSpacing(6);
    m_facts->setColumnStretch(1, 1);
    auto *caseBox = new QVBoxLayout(m_caseCard);
    caseBox->setContentsMargins(12, 10, 12, 12);
    caseBox->setSpacing(6);
    auto *caseHead = new QHBoxLayout;
    caseHead->addWidget(m_caseNumber, 1);
    caseHead->addWidget(m_caseStatus);
    caseBox->addLayout(caseHead);
    m_caseTitle->setWordWrap(true);
    caseBox->addWidget(m_caseTitle);
    auto *openCase =
        new Button(theme, Button::Kind::Normal, Button::Size::Small, tr("Look at the case"), {}, m_caseCard);
    connect(openCase, &QAbstractButton::clicked, this, &PersonPage::caseRequested);
    caseBox->addWidget(openCase, 0, Qt::AlignLeading);

    auto *title = new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::DemiBold, this);
    title->setText(tr("So far"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(kMargin);
    column->addLayout(who);
    column->addWidget(m_warning);
    column->addWidget(m_factCard);
    column->addWidget(m_caseCard);
    column->addWidget(title);
    column->addWidget(m_timeline);
    column->addStretch(1);
    m_caseCard->hide();
}

void PersonPage::setView(const ConversationView &view, const Here &here)
{
    const Author &person = view.row.person;
    m_avatar->setPerson(person.remoteId, person.displayName(), {}, Token::Nav);
    m_name->setText(displayText(person.displayName()));
    m_handle->setText(handleText(view.row.network, person.handle));
    m_handle->setVisible(!person.handle.isEmpty() && person.handle != person.displayName());
    m_badge->setNetwork(view.row.network);
    m_network->setText(network(view.row.network).name);
    setWarning(view.looksLike);
    setFacts(view, here);
    m_timeline->setSteps(timelineSteps(view, here, kTimelineSteps));
}

void PersonPage::setWarning(const std::optional<LookAlike> &other)
{
    if (!other)
        return m_warning->clear();
    BannerContent content;
    content.tone = Tone::Warn;
    content.iconName = u"shield-alert"_s;
    content.strong = lookAlikeText(*other) + u'.';
    content.text = tr("See who it is before you answer or open a link.");
    m_warning->setContent(content);
}

void PersonPage::setFacts(const ConversationView &view, const Here &here)
{
    while (QLayoutItem *item = m_facts->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const Fact &fact : personFacts(view, here)) {
        auto *label = new PlainLabel(m_theme, TextRole::Small, Token::Text3, QFont::Normal, m_factCard);
        label->setText(fact.label);
        label->setMinimumWidth(m_theme.scaled(kLabelWidth));
        m_facts->addWidget(label, row, 0, Qt::AlignTop);
        if (fact.stars) {
            m_facts->addWidget(new StarsWidget(m_theme, *fact.stars, m_factCard), row, 1,
                               Qt::AlignLeading | Qt::AlignVCenter);
        } else {
            auto *value = new PlainLabel(m_theme, TextRole::Small, Token::Text, QFont::Normal, m_factCard);
            value->setWordWrap(true);
            value->setText(fact.value);
            m_facts->addWidget(value, row, 1);
        }
        ++row;
    }
}

void PersonPage::setCase(const std::optional<Case> &matter)
{
    m_caseCard->setVisible(matter.has_value());
    if (!matter)
        return;
    m_caseNumber->setText(tr("Case #%1").arg(matter->id.value()));
    m_caseStatus->setLook({caseStatusText(matter->status), {}, caseStatusTone(matter->status), PillLook::Shape::Chip});
    m_caseTitle->setText(displayText(matter->title));
}

} // namespace indelible::ui
