// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/context/person_facts.h"
#include "ui/theme/theme.h"

#include <QStringList>
#include <QWidget>

#include <vector>

namespace indelible::ui {

/// The story of a conversation on one unbroken line, newest first. Painted; read out as one text. Interface thread.
class Timeline : public QWidget
{
    Q_OBJECT
public:
    explicit Timeline(const Theme &theme, QWidget *parent = nullptr);
    void setSteps(std::vector<TimelineStep> steps);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Words
    {
        QStringList lines;
        int height = 0;
    };
    [[nodiscard]] Words layOut(const QString &text, int width) const;
    [[nodiscard]] int stepHeight(const TimelineStep &step, int width) const;

    const Theme &m_theme;
    std::vector<TimelineStep> m_steps;
};

} // namespace indelible::ui
