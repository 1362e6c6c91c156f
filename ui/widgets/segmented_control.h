// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QString>
#include <QWidget>

class QButtonGroup;
class QToolButton;

namespace indelible::ui {

/// A few choices side by side of which one is on ("Public reply / Private / Note"). One Tab stop; Left and Right (in
/// reading direction), Home and End move. Interface thread.
class SegmentedControl : public QWidget
{
    Q_OBJECT
public:
    /// Look of a segment while it is on. Public: filled accent. Private: plum. Note: team-note yellow.
    enum class Look { Plain, Public, Private, Note };

    explicit SegmentedControl(const Theme &theme, QWidget *parent = nullptr);

    /// Adds a segment and returns its number, from 0. The first one is on.
    int addSegment(const QString &text, const QString &iconName = {}, Look look = Look::Plain);
    void setSegmentEnabled(int segment, bool enabled, const QString &why = {});
    void setSegmentVisible(int segment, bool visible);
    [[nodiscard]] int current() const;
    /// Turns a segment on without currentChanged().
    void setCurrent(int segment);
    [[nodiscard]] QToolButton *button(int segment) const;

Q_SIGNALS:
    /// The person turned another one on.
    void currentChanged(int segment);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void applyTheme();
    void step(int from, int by);

    const Theme &m_theme;
    QButtonGroup *m_group = nullptr;
    std::vector<Look> m_looks;
    QStringList m_icons;
};

} // namespace indelible::ui
