// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/context/person_facts.h"
#include "ui/theme/theme.h"

#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

class QPainter;

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
    /// The words of one step, broken into lines.
    struct Words
    {
        QStringList lines;
        int height = 0;
    };
    [[nodiscard]] Words layOut(const QString &text, int width) const;
    /// One for each step. Shaping costs more than painting, and a layout asks for heights several times.
    [[nodiscard]] const std::vector<Words> &wordsFor(int width) const;
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int stepHeight(const Words &words) const;
    void paintStep(QPainter &painter, const TimelineStep &step, const Words &words, int y) const;
    void layOutAgain();

    const Theme &m_theme;
    std::vector<TimelineStep> m_steps;
    mutable std::vector<Words> m_words;
    mutable std::optional<int> m_wordsWidth; ///< what m_words was made for
};

} // namespace indelible::ui
