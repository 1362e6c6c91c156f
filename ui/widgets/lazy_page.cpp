// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/lazy_page.h"

#include <QVBoxLayout>

#include <utility>

namespace indelible::ui {

LazyPage::LazyPage(Make make, QWidget *parent)
    : QWidget(parent)
    , m_make(std::move(make))
{
}

QWidget *LazyPage::content()
{
    if (!m_content) {
        m_content = m_make(this);
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(m_content);
        // A layout shows what is added late only in the next turn of the event loop.
        m_content->show();
    }
    return m_content;
}

void LazyPage::showEvent(QShowEvent *event)
{
    content();
    QWidget::showEvent(event);
}

} // namespace indelible::ui
