// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QString>
#include <QWidget>

namespace indelible::ui {

/// A person's painted avatar, optionally with the badge of the network at its lower end corner. Not a control; its
/// accessible name is the person's name with the network. Interface thread.
class AvatarWidget : public QWidget
{
    Q_OBJECT
public:
    /// `diameter` and `badge` in the design's pixels (36 and 16 in the conversation header, 48 in the person panel).
    AvatarWidget(const Theme &theme, int diameter, int badge = 16, QWidget *parent = nullptr);

    /// `seed` chooses the colours (Author::remoteId). `networkId` empty = no badge. `ring` is the surface behind it.
    void setPerson(const QString &seed, const QString &name, const QString &networkId = {},
                   Token ring = Token::Content);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    int m_diameter;
    int m_badge;
    QString m_seed;
    QString m_name;
    QString m_networkId;
    Token m_ring = Token::Content;
};

} // namespace indelible::ui
