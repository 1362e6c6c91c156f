// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/pill.h"

#include <QString>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace indelible::ui {

/// What a banner says: what happened (strong), what is safe (text), what to do (action). All plain text.
struct BannerContent
{
    Tone tone = Tone::Accent; ///< Accent, Warn, Danger or Ok
    QString iconName;         ///< for example "wifi-off"
    QString strong;           ///< first words, heavier
    QString text;
    QString action; ///< caption of the one button; empty = none
    QString detail; ///< technical words behind "Show details", with Copy; empty = none
    int others = 0; ///< less serious banners not shown: "2 more"

    friend bool operator==(const BannerContent &, const BannerContent &) = default;
};

/// One notice with a way forward, at most one per pane. Hidden while it has no content. Interface thread.
class Banner : public QWidget
{
    Q_OBJECT
public:
    explicit Banner(const Theme &theme, QWidget *parent = nullptr);

    void setContent(const BannerContent &content);
    void clear();
    [[nodiscard]] const BannerContent &content() const { return m_content; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }

Q_SIGNALS:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void applyTheme();
    void toggleDetail();
    /// Puts what can be clicked beside the text, or below it where the text would get too narrow.
    void arrange();

    const Theme &m_theme;
    BannerContent m_content;
    QWidget *m_side = nullptr;
    QLabel *m_text = nullptr;
    QLabel *m_icon = nullptr;
    QLabel *m_others = nullptr;
    QToolButton *m_action = nullptr;
    QToolButton *m_detailButton = nullptr;
    QToolButton *m_copy = nullptr;
    QPlainTextEdit *m_detail = nullptr;
    bool m_stacked = false;
};

} // namespace indelible::ui
