// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>

class QLabel;
class QWidget;

namespace indelible::ui {

class Toast;

/// Short words about what has just happened: a toast at the bottom of the window for eyes, an announcement for screen
/// readers. Nothing that a person must not miss: such things are banners. Interface thread; owned by the window.
class Notices : public QObject
{
    Q_OBJECT
public:
    Notices(const Theme &theme, QWidget *window);

    /// "Marked done. Next: Layla" with, where `action` has words, one button ("Undo", its key beside it).
    void show(const QString &text, const QString &action = {}, const QString &key = {}, std::function<void()> act = {});
    /// Changes the words of a toast that counts down, without a new announcement and without a time limit; an empty
    /// text takes it away.
    void showLasting(const QString &text, const QString &action, const QString &key, std::function<void()> act);
    void clearLasting();

    /// For screen readers only.
    void announce(const QString &text);
    [[nodiscard]] QString lastAnnouncement() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    const Theme &m_theme;
    QWidget *m_window;
    QLabel *m_spoken; ///< off-screen; Qt 6.4 has no QAccessibleAnnouncementEvent
    Toast *m_toast;
    QTimer m_hide;
    bool m_lasting = false;
};

} // namespace indelible::ui
