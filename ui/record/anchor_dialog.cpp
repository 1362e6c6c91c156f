// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/anchor_dialog.h"

#include "app/anchor/handout.h"
#include "app/base/text.h"
#include "ui/accounts/account_notice.h"
#include "ui/record/anchor_words.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/primary_button.h"
#include "ui/widgets/web_address.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QStyle>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

using anchor::How;

constexpr int kWidth = 520;
constexpr int kPadding = 2; ///< of a choice, as in theme.qss
constexpr int kListHeight = 118;
constexpr int kLongest = 200;
constexpr std::array kForms{How::Text, How::Page, How::Mail, How::Rfc3161};

} // namespace

AnchorDialog::AnchorDialog(const Theme &theme, QWidget *parent)
    : FormDialog(theme, kWidth, tr("Keep elsewhere"), parent)
    , m_forms(new QButtonGroup(this))
    , m_label(new PlainLabel(theme, TextRole::Body, Token::Text, QFont::DemiBold, this))
    , m_to(new QLineEdit(this))
    , m_server(new QLineEdit(this))
    , m_none(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, this))
    , m_anchors(new QTreeWidget(this))
{
    addHead(
        new IconLabel(theme, u"stamp"_s, 28, Token::AccentText, this),
        tr("Whoever keeps the signed checkpoint can prove that nothing before it was changed or taken away. It says "
           "nothing of what anybody wrote."));
    buildForms();
    buildField();
    buildAnchors();
    buildButtons();
    orderTabs();
    showForm();
    m_forms->buttons().constFirst()->setFocus();
}

void AnchorDialog::orderTabs()
{
    // As they stand, not as they were made.
    QWidget *before = m_forms->buttons().constLast();
    for (QWidget *next :
         {static_cast<QWidget *>(m_to), static_cast<QWidget *>(m_server), static_cast<QWidget *>(m_anchors),
          static_cast<QWidget *>(m_cancel), static_cast<QWidget *>(m_write)}) {
        setTabOrder(before, next);
        before = next;
    }
}

void AnchorDialog::buildForms()
{
    auto *rows = new QVBoxLayout;
    rows->setSpacing(8);
    for (const How form : kForms) {
        const WordsWithHelp text = askedForm(form);
        auto *choice = new QRadioButton(text.words, this);
        choice->setAccessibleDescription(text.help);
        m_forms->addButton(choice, static_cast<int>(form));
        auto *words = new PlainLabel(theme(), TextRole::Small, Token::Text2, QFont::Normal, this);
        words->setWordWrap(true);
        words->setText(text.help);
        auto *under = new QHBoxLayout;
        const int indent = kPadding + style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth, nullptr, choice) +
                           style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing, nullptr, choice);
        under->addSpacing(indent);
        under->addWidget(words, 1);
        auto *both = new QVBoxLayout;
        both->setSpacing(1);
        both->addWidget(choice, 0, Qt::AlignLeft); // its ring of focus is no wider than its words
        both->addLayout(under);
        rows->addLayout(both);
    }
    m_forms->button(static_cast<int>(How::Text))->setChecked(true);
    column()->addLayout(rows);
    connect(m_forms, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on)
            showForm();
    });
}

void AnchorDialog::buildField()
{
    auto *rows = new QVBoxLayout;
    rows->setSpacing(6);
    rows->addWidget(m_label);
    for (QLineEdit *field : {m_to, m_server}) {
        rows->addWidget(field);
        connect(field, &QLineEdit::textChanged, this, &AnchorDialog::check);
    }
    m_to->setMaxLength(kLongest);
    m_server->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoAutoUppercase);
    addError(rows);
    addProgress(rows, tr("The record is being checked and the file written"));
    column()->addLayout(rows);
}

void AnchorDialog::buildAnchors()
{
    auto *rows = new QVBoxLayout;
    rows->setSpacing(6);
    auto *title = new PlainLabel(theme(), TextRole::Body, Token::Text, QFont::DemiBold, this);
    title->setText(tr("Kept elsewhere so far"));
    m_none->setText(tr("Nothing yet."));
    m_anchors->setColumnCount(4);
    m_anchors->setHeaderLabels({tr("Entry"), tr("When"), tr("For whom"), tr("As")});
    m_anchors->setAccessibleName(title->text());
    m_anchors->setRootIsDecorated(false);
    m_anchors->setUniformRowHeights(true);
    m_anchors->setAllColumnsShowFocus(true);
    m_anchors->setTabKeyNavigation(false);
    m_anchors->setFixedHeight(theme().scaled(kListHeight));
    m_anchors->header()->setSectionsMovable(false);
    m_anchors->header()->setStretchLastSection(false);
    m_anchors->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_anchors->header()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_anchors->hide();
    rows->addWidget(title);
    rows->addWidget(m_none);
    rows->addWidget(m_anchors);
    column()->addLayout(rows);
}

void AnchorDialog::buildButtons()
{
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_write = addPrimaryButton(box, tr("Choose a file…"));
    m_write->setDefault(true);
    m_cancel = box->button(QDialogButtonBox::Cancel);
    m_cancel->setAutoDefault(false); // while it is written Return must not fall through to it
    connect(box, &QDialogButtonBox::accepted, this, &AnchorDialog::choose);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column()->addWidget(box);
}

void AnchorDialog::setAnchors(const std::vector<anchor::StoredAnchor> &anchors, const Here &here)
{
    m_anchors->clear();
    for (const anchor::StoredAnchor &stored : anchors) {
        const QString to = displayText(stored.anchor.to);
        auto *row = new QTreeWidgetItem(
            m_anchors, {u"#%1"_s.arg(stored.entry), momentText(stored.at, here), to, formWords(stored.anchor.how)});
        row->setToolTip(2, plainToolTip(to));
    }
    m_anchors->setVisible(!anchors.empty());
    m_none->setVisible(anchors.empty());
}

How AnchorDialog::form() const
{
    return static_cast<How>(m_forms->checkedId());
}

QLineEdit *AnchorDialog::field() const
{
    return form() == How::Rfc3161 ? m_server : m_to;
}

void AnchorDialog::showForm()
{
    const WordsWithHelp asked = askedKeeper(form());
    const QString name = QString(asked.words).remove(u'&');
    m_label->setText(asked.words);
    m_label->setBuddy(field());
    for (QLineEdit *each : {m_to, m_server})
        each->setVisible(each == field());
    field()->setPlaceholderText(asked.help);
    field()->setAccessibleName(name);
    error()->hide();
    check();
}

void AnchorDialog::check()
{
    m_write->setEnabled(!m_busy && !field()->text().trimmed().isEmpty());
}

void AnchorDialog::choose()
{
    error()->hide();
    if (form() == How::Rfc3161) {
        const std::optional<QUrl> server = webAddress(m_server->text());
        if (!server)
            showError(tr("The server must be a complete https address, for example %1.").arg(askedKeeper(form()).help));
        else
            Q_EMIT chosen({form(), server->toString()});
        return;
    }
    const Result<QString> to = anchor::keeperFrom(form(), m_to->text());
    if (!to)
        showError(errorSentence(to.error()));
    else
        Q_EMIT chosen({form(), *to});
}

void AnchorDialog::setBusy(bool busy)
{
    m_busy = busy;
    progress()->setVisible(busy);
    for (QAbstractButton *choice : m_forms->buttons())
        choice->setEnabled(!busy);
    for (QLineEdit *each : {m_to, m_server})
        each->setEnabled(!busy);
    check();
}

void AnchorDialog::showError(const QString &sentence)
{
    error()->setText(sentence);
    error()->show();
    field()->setFocus();
}

} // namespace indelible::ui
