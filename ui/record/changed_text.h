// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/conversation/bubble_layout.h"
#include "ui/theme/theme.h"

#include <QString>
#include <QWidget>

#include <optional>

namespace indelible::ui {

/// The words of an entry; of an edit also the words before it, and what changed between them. Long texts are cut, since
/// every letter is shaped before the first is painted; where the first change lies behind the cut, the part round it is
/// shown. Interface thread; theme outlives it.
class ChangedText : public QWidget
{
    Q_OBJECT
public:
    enum class Mode { Changes, Before, After };

    explicit ChangedText(const Theme &theme, QWidget *parent = nullptr);

    /// `before` is none where nothing was changed.
    void setTexts(const std::optional<QString> &before, const QString &after);
    void setMode(Mode mode);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void compose();
    const TextBlock &block(int width) const;

    const Theme &m_theme;
    std::optional<QString> m_before;
    QString m_after;
    Mode m_mode = Mode::Changes;
    QString m_shown;
    QList<QTextLayout::FormatRange> m_formats;
    mutable TextBlock m_block;
    mutable int m_blockWidth = -1;
};

} // namespace indelible::ui
