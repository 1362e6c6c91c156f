// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/time_words.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

namespace indelible::ui {

class Button;
class PlainLabel;

/// What the last check of the record found, or how far the running one is.
struct CheckState
{
    enum class Kind { NotChecked, Checking, Whole, Broken, NotFinished };
    Kind kind = Kind::NotChecked;
    qint64 entries = 0; ///< checked so far, or in all
    qint64 total = 0;
    QByteArray root;
    std::optional<Instant> at;
    std::chrono::milliseconds took{0};
    std::optional<qint64> badEntry;
    QString problem; ///< one sentence
    QString note;    ///< what a record that is whole still lacks: a signature, a mark elsewhere
};

/// The card above the list: green, blue, red or grey, with one way forward. Interface thread; theme outlives it.
class VerifyCard : public QWidget
{
    Q_OBJECT
public:
    explicit VerifyCard(const Theme &theme, QWidget *parent = nullptr);
    void setState(const CheckState &state, const Here &here);

Q_SIGNALS:
    void copyRequested();
    void showRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void applyTheme();

    const Theme &m_theme;
    CheckState m_state;
    QWidget *m_disc; ///< keeps the room for the icon, on whichever side a line begins
    PlainLabel *m_title;
    PlainLabel *m_words;
    PlainLabel *m_rootName;
    PlainLabel *m_root;
    Button *m_copy;
    Button *m_show;
};

} // namespace indelible::ui
