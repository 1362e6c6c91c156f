// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialogButtonBox>
#include <QPushButton>
#include <QString>

namespace indelible::ui {

/// Adds the button that goes on with what a dialog asks, in the theme's look for it, which it must have before the box
/// gives it its style.
inline QPushButton *addPrimaryButton(QDialogButtonBox *box, const QString &text)
{
    auto *button = new QPushButton(text);
    button->setProperty("kind", QStringLiteral("primary"));
    box->addButton(button, QDialogButtonBox::AcceptRole);
    return button;
}

} // namespace indelible::ui
