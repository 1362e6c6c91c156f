// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/context/context_panel.h"

#include "ui/context/case_page.h"
#include "ui/context/person_page.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kWidth = 288;
constexpr int kTabsHeight = 42;

QScrollArea *scrolled(QWidget *page, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidget(page);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
    return area;
}

} // namespace

ContextPanel::ContextPanel(const Theme &theme, QWidget *parent)
    : Surface(theme, Token::Nav, Qt::LeftEdge, parent)
    , m_theme(theme)
    , m_tabs(new QTabBar(this))
    , m_pages(new QStackedWidget(this))
    , m_person(new PersonPage(theme, this))
    , m_case(new CasePage(theme, this))
{
    setAccessibleName(tr("Person and case"));
    m_tabs->addTab(tr("Person"));
    m_tabs->addTab(tr("Case"));
    m_tabs->setTabToolTip(0, tr("Person (Alt+1)"));
    m_tabs->setTabToolTip(1, tr("Case (Alt+2)"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setAccessibleName(tr("Person and case"));
    m_pages->addWidget(scrolled(m_person, m_pages));
    m_pages->addWidget(scrolled(m_case, m_pages));
    auto *line = new Surface(theme, Token::Line, {}, this);
    line->setFixedHeight(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(line);
    column->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_person, &PersonPage::caseRequested, this, [this] { showTab(Tab::Case); });
    connect(&theme, &Theme::changed, this, &ContextPanel::applyTheme);
    applyTheme();
    clear();
}

void ContextPanel::applyTheme()
{
    m_tabs->setFixedHeight(m_theme.scaled(kTabsHeight) - 1);
    setMinimumWidth(m_theme.scaled(kWidth));
    setMaximumWidth(m_theme.scaled(kWidth));
}

void ContextPanel::setView(const ConversationView &view, const Here &here)
{
    m_pages->show();
    m_person->setView(view, here);
}

void ContextPanel::setCase(const std::optional<Case> &matter, const QString &member, const Here &here)
{
    m_person->setCase(matter);
    m_case->setCase(matter, member, here);
}

void ContextPanel::clear()
{
    m_pages->hide();
}

void ContextPanel::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

ContextPanel::Tab ContextPanel::currentTab() const
{
    return static_cast<Tab>(m_tabs->currentIndex());
}

void ContextPanel::focusTabs()
{
    m_tabs->setFocus(Qt::OtherFocusReason);
}

} // namespace indelible::ui
