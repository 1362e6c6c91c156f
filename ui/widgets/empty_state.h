// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/pill.h"

#include <QList>
#include <QString>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace indelible::ui {

class PlainLabel;

/// What stands where nothing is: an icon in a disc, a title, one line, at most two buttons. Interface thread.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    struct Action
    {
        QString text;
        QString iconName;
    };

    explicit EmptyState(const Theme &theme, QWidget *parent = nullptr);

    /// Ok for "everyone has been answered", Neutral for "nothing found". Two actions at most; the second one is flat.
    void setContent(const QString &iconName, Tone tone, const QString &title, const QString &line,
                    const QList<Action> &actions = {});

Q_SIGNALS:
    /// Number of the action, from 0.
    void actionTriggered(int action);

private:
    void applyTheme();

    const Theme &m_theme;
    QString m_iconName;
    Tone m_tone = Tone::Neutral;
    QLabel *m_disc = nullptr;
    PlainLabel *m_title = nullptr;
    PlainLabel *m_line = nullptr;
    QHBoxLayout *m_actions = nullptr;
};

} // namespace indelible::ui
