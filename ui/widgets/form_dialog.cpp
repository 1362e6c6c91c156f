// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/form_dialog.h"

#include "ui/widgets/plain_label.h"
#include "ui/widgets/primary_button.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace indelible::ui {

namespace {

constexpr int kMargin = 24;
constexpr int kBarHeight = 4;

} // namespace

FormDialog::FormDialog(const Theme &theme, int width, const QString &title, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
    , m_title(new PlainLabel(theme, TextRole::PaneTitle, Token::Text, QFont::DemiBold, this))
    , m_error(new PlainLabel(theme, TextRole::Body, Token::DangerText, QFont::Medium, this))
    , m_progress(new QProgressBar(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(title);
    setMinimumWidth(theme.scaled(width));
    m_title->setText(title);
    m_error->setWordWrap(true);
    m_error->hide();
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(kBarHeight);
    m_progress->hide();
    m_column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    m_column->setSpacing(16);
}

void FormDialog::addHead(QWidget *badge, const QString &line)
{
    auto *about = new PlainLabel(m_theme, TextRole::Body, Token::Text2, QFont::Normal, this);
    about->setWordWrap(true);
    about->setText(line);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(about);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(badge, 0, Qt::AlignTop);
    head->addLayout(words, 1);
    m_column->addLayout(head);
}

void FormDialog::addError(QVBoxLayout *column)
{
    column->addWidget(m_error);
}

void FormDialog::addProgress(QVBoxLayout *column, const QString &work)
{
    m_progress->setAccessibleName(work);
    column->addWidget(m_progress);
}

QPushButton *FormDialog::addButtons(const QString &primary, const std::function<void()> &start)
{
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *button = addPrimaryButton(box, primary);
    button->setDefault(true);
    connect(box, &QDialogButtonBox::accepted, this, start);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_column->addWidget(box);
    return button;
}

void FormDialog::showError(const QString &sentence, QWidget *mend)
{
    m_error->setText(sentence);
    m_error->show();
    mend->setFocus();
}

bool FormDialog::event(QEvent *event)
{
    const bool handled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show)
        grow();
    return handled;
}

/// Lines that wrap are taller than a window learns by itself.
void FormDialog::grow()
{
    const int wanted = layout()->totalHeightForWidth(width());
    if (height() < wanted)
        resize(width(), wanted);
}

} // namespace indelible::ui
