// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QLineEdit>
#include <QString>
#include <QTimer>

namespace indelible::ui {

/// A field to search with, that says what is looked for when the typing pauses. Where a key leads to it, the field
/// shows the key while it is empty. Interface thread.
class SearchField : public QLineEdit
{
    Q_OBJECT
public:
    SearchField(const Theme &theme, const QString &key, QWidget *parent = nullptr);

Q_SIGNALS:
    /// 80 ms after the last key, without blanks around it; at once where the field was emptied.
    void searchChanged(const QString &text);
    /// Enter or Down: on to the results.
    void searchLeft();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void makeRoom();
    void onTyped(const QString &text);
    void paintKey(QPainter &painter);

    const Theme &m_theme;
    QString m_key;
    QTimer m_pause;
};

} // namespace indelible::ui
