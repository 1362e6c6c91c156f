// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/keyboard_sheet.h"

#include "ui/main_window/action_registry.h"
#include "ui/widgets/plain_label.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QVBoxLayout>

#include <vector>

namespace indelible::ui {

namespace {

constexpr int kColumns = 2;
constexpr int kMargin = 24;

} // namespace

KeyboardSheet::KeyboardSheet(const Theme &theme, const ActionRegistry &actions, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Keyboard"));
    auto *inside = new QWidget(this);
    auto *grid = new QGridLayout(inside);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(7);
    std::vector<CommandSpec> shown;
    for (const CommandSpec &spec : actions.specs()) {
        if (!actions.keysText(spec).isEmpty())
            shown.push_back(spec);
    }
    const int rows = (static_cast<int>(shown.size()) + kColumns - 1) / kColumns;
    for (int i = 0; i < static_cast<int>(shown.size()); ++i) {
        const CommandSpec &spec = shown.at(static_cast<size_t>(i));
        const int column = i / rows * 3;
        auto *keys = new PlainLabel(theme, TextRole::Small, Token::Text, QFont::DemiBold, inside);
        keys->setText(actions.keysText(spec));
        auto *words = new PlainLabel(theme, TextRole::Body, Token::Text2, QFont::Normal, inside);
        words->setText(ActionRegistry::textOf(spec));
        grid->addWidget(keys, i % rows, column);
        grid->addWidget(words, i % rows, column + 1);
    }
    grid->setColumnMinimumWidth(2, 24);
    auto *note = new PlainLabel(theme, TextRole::Small, Token::Text3, QFont::Normal, this);
    note->setWordWrap(true);
    note->setText(tr("Single letters work while the list or the messages have the focus, never while you write."));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(16);
    auto *title = new PlainLabel(theme, TextRole::PaneTitle, Token::Text, QFont::DemiBold, this);
    title->setText(tr("Keyboard"));
    column->addWidget(title);
    column->addWidget(inside);
    column->addWidget(note);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(box);
}

} // namespace indelible::ui
