// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/notices.h"

#include "ui/main_window/toast.h"

#include <QAccessible>
#include <QEvent>
#include <QLabel>
#include <QWidget>

#include <utility>

namespace indelible::ui {

namespace {

constexpr int kShownMs = 6000;
constexpr int kFromBottom = 36;
constexpr int kFromStart = 80; ///< of the design: behind the rail

} // namespace

Notices::Notices(const Theme &theme, QWidget *window)
    : QObject(window)
    , m_theme(theme)
    , m_window(window)
    , m_spoken(new QLabel(window))
    , m_toast(new Toast(theme, window))
{
    m_spoken->setGeometry(-2, -2, 1, 1);
    m_spoken->setTextFormat(Qt::PlainText);
    m_hide.setSingleShot(true);
    m_hide.setInterval(kShownMs);
    connect(&m_hide, &QTimer::timeout, m_toast, &QWidget::hide);
    window->installEventFilter(this);
    connect(&theme, &Theme::changed, this, &Notices::place);
}

void Notices::show(const QString &text, const QString &action, const QString &key, std::function<void()> act)
{
    m_lasting = false;
    m_toast->setContent(text, action, key, std::move(act));
    place();
    m_toast->show();
    m_hide.start();
    announce(text);
}

void Notices::showLasting(const QString &text, const QString &action, const QString &key, std::function<void()> act)
{
    // A message of the moment is not pushed away by a countdown; the countdown comes back after it.
    if (m_hide.isActive())
        return;
    m_lasting = true;
    m_toast->setContent(text, action, key, std::move(act));
    place();
    m_toast->show();
}

void Notices::clearLasting()
{
    if (std::exchange(m_lasting, false))
        m_toast->hide();
}

void Notices::announce(const QString &text)
{
    m_spoken->setText(text);
    m_spoken->setAccessibleName(text);
    QAccessibleEvent event(m_spoken, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString Notices::lastAnnouncement() const
{
    return m_spoken->text();
}

bool Notices::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QObject::eventFilter(watched, event);
}

void Notices::place()
{
    const QSize size = m_toast->sizeHint();
    // Over the lists, at the start: never over what is being written.
    const int start = qMin(m_theme.scaled(kFromStart), qMax(0, m_window->width() - size.width()));
    const int x = m_window->layoutDirection() == Qt::RightToLeft ? m_window->width() - size.width() - start : start;
    m_toast->setGeometry(x, m_window->height() - size.height() - kFromBottom, size.width(), size.height());
    m_toast->raise();
}

} // namespace indelible::ui
