// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/practice_strip.h"

#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

PracticeStrip::PracticeStrip(const Theme &theme, QWidget *parent)
    : Surface(theme, Token::WarnSoft, Qt::BottomEdge, parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 5, 16, 6);
    row->setSpacing(8);
    row->addWidget(new IconLabel(theme, u"graduation-cap"_s, 16, Token::WarnText, this));
    auto *strong = new PlainLabel(theme, TextRole::Small, Token::WarnText, QFont::DemiBold, this);
    strong->setText(tr("Practice."));
    auto *words = new PlainLabel(theme, TextRole::Small, Token::WarnText, QFont::Normal, this);
    words->setText(tr("Nothing leaves this computer."));
    row->addWidget(strong);
    row->addWidget(words);
    row->addStretch(1);
}

} // namespace indelible::ui
