// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/record_area.h"

#include "app/base/text.h"
#include "app/base/when_done.h"
#include "app/exchange/export_service.h"
#include "app/keeper/record_keeper.h"
#include "app/keeper/record_reader.h"
#include "app/seal/seal_service.h"
#include "app/session/session.h"
#include "ui/accounts/account_notice.h"
#include "ui/main_window/record_notice.h"
#include "ui/prompter/prompter.h"
#include "ui/record/anchor_controller.h"
#include "ui/record/entry_panel.h"
#include "ui/record/record_finder.h"
#include "ui/record/record_list_view.h"
#include "ui/record/seal_dialog.h"
#include "ui/record/seal_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/here_now.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/surface.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kMargin = 20;
constexpr int kRoomForPanel = 1000; ///< in design pixels; narrower areas show the list alone until an entry is chosen

RecordModel::Source sourceOf(session::Session &session)
{
    return
        [reader = &session.recordReader()](std::vector<qint64> numbers) { return reader->entries(std::move(numbers)); };
}

} // namespace

RecordArea::RecordArea(const Theme &theme, session::Session &session, Prompter &prompter, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_session(session)
    , m_prompter(prompter)
    , m_model(sourceOf(session), session.clock())
    , m_anchors(new AnchorController(theme, session, prompter, this))
    , m_keep(new Button(theme, Button::Kind::Normal, Button::Size::Normal, tr("Keep elsewhere…"), u"stamp"_s, this))
    , m_export(new Button(theme, Button::Kind::Normal, Button::Size::Normal, tr("Export record…"), u"archive"_s, this))
    , m_again(new Button(theme, Button::Kind::Normal, Button::Size::Normal, tr("Verify again"), u"shield-check"_s))
    , m_card(new VerifyCard(theme))
    , m_finder(new RecordFinder(theme, session.clock()))
    , m_list(new RecordListView(theme, m_model))
    , m_none(new EmptyState(theme))
    , m_panel(new EntryPanel(theme))
{
    auto *left = new Surface(theme, Token::Content, {}, this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    auto *card = new QVBoxLayout;
    card->setContentsMargins(kMargin, 12, kMargin, 12);
    card->addWidget(m_card);
    column->addLayout(card);
    card->setSpacing(12);
    card->addWidget(m_finder);
    column->addWidget(new RecordHeading(theme, left));
    column->addWidget(m_list, 1);
    column->addWidget(m_none, 1);
    m_none->hide();
    m_none->setContent(u"search"_s, Tone::Neutral, tr("No entry like that"),
                       tr("Words are looked for in messages and the names of who wrote them."),
                       {{tr("Show every entry"), {}}});
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(left, 1);
    row->addWidget(m_panel);
    m_panel->hide();
    connectParts();
    showCheck();
}

RecordArea::~RecordArea() = default;

QWidget *RecordArea::makeHead()
{
    auto *head = new Surface(m_theme, Token::Content, Qt::BottomEdge);
    auto *title = new PlainLabel(m_theme, TextRole::PageTitle, Token::Text, QFont::DemiBold, head);
    title->setText(tr("Record"));
    auto *words = new PlainLabel(m_theme, TextRole::Small, Token::Text2, QFont::Normal, head);
    words->setWordWrap(true);
    words->setText(
        tr("Everything that was ever received, written or changed. It can be added to, never removed from."));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(title);
    texts->addWidget(words);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(kMargin, 12, kMargin, 12);
    row->addLayout(texts, 1);
    row->addWidget(m_export);
    row->addWidget(m_keep);
    row->addWidget(m_again);
    m_keep->setName(tr("Keep elsewhere…"),
                    tr("Hands the signed checkpoint to somebody else, who can prove with it that nothing was changed"));
    // Nobody signs the record of a practice inbox.
    m_keep->setVisible(m_session.keeper() != nullptr);
    return head;
}

void RecordArea::connectParts()
{
    connect(&m_session, &session::Session::recordGrown, this, [this] {
        if (isVisible())
            lookOn();
    });
    connect(&m_session.recordReader(), &keeper::RecordReader::checked, this, [this](qint64 entries) {
        if (m_check.kind != CheckState::Kind::Checking)
            return;
        m_check.entries = entries;
        showCheck();
    });
    connect(&m_model, &RecordModel::failed, this, [this](const Error &error) { Q_EMIT said(errorSentence(error)); });
    connect(m_keep, &Button::clicked, m_anchors, &AnchorController::ask);
    connect(m_anchors, &AnchorController::said, this, &RecordArea::said);
    connect(m_export, &Button::clicked, this, &RecordArea::exportRecord);
    connect(m_again, &Button::clicked, this, &RecordArea::verify);
    connect(m_finder, &RecordFinder::changed, this, &RecordArea::look);
    connect(m_finder, &RecordFinder::left, this, &RecordArea::focusList);
    connect(m_none, &EmptyState::actionTriggered, this, &RecordArea::showAll);
    connect(m_list, &RecordListView::entryChosen, this, &RecordArea::showEntry);
    connect(m_panel, &EntryPanel::closeRequested, this, &RecordArea::closePanel);
    connect(m_panel, &EntryPanel::conversationRequested, this, &RecordArea::conversationRequested);
    connect(m_panel, &EntryPanel::eraseRequested, this, &RecordArea::erase);
    connect(m_panel, &EntryPanel::copyRequested, this,
            [this](const QString &text) { copy(text, tr("The entry was copied.")); });
    connect(m_card, &VerifyCard::copyRequested, this, [this] {
        copy(QString::fromLatin1(m_check.root.toBase64()), tr("The root was copied. Keep it where others can vouch."));
    });
    connect(m_card, &VerifyCard::showRequested, this, [this] { jumpTo(m_check.badEntry.value_or(0)); });
}

void RecordArea::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    lookOn();
    whenDone(this, m_session.recordReader().actors(), [this](const Result<std::vector<record::Actor>> &actors) {
        if (actors)
            m_finder->setActors(*actors);
    });
    if (m_check.kind == CheckState::Kind::NotChecked)
        verify();
    // One turn later the area has the width it is going to have.
    QTimer::singleShot(0, this, [this] {
        if (m_shown < 0 && width() >= m_theme.scaled(kRoomForPanel))
            showEntry(m_session.recordSize() - 1);
    });
}

void RecordArea::focusList()
{
    m_list->setFocus(Qt::OtherFocusReason);
}

void RecordArea::focusFinder()
{
    m_finder->focusField();
}

bool RecordArea::showAll()
{
    if (m_find.isEverything())
        return false;
    m_finder->clear();
    focusList();
    return true;
}

void RecordArea::look()
{
    m_find = m_finder->find();
    m_foundTo = 0;
    m_looking = false;
    if (!m_find.isEverything())
        m_finder->setCount(tr("Looking…"));
    lookOn();
}

void RecordArea::lookOn()
{
    const qint64 first = m_foundTo;
    const qint64 end = m_session.recordSize();
    if (m_find.isEverything()) {
        showList(EntryList::all(end));
        return;
    }
    // What comes while it is looked for is looked at after.
    if (m_looking || first >= end)
        return;
    m_looking = true;
    whenDone(this, m_session.recordReader().find(m_find, first, end),
             [this, find = m_find, first, end](Result<std::vector<qint64>> found) {
                 if (find == m_find && first == m_foundTo)
                     onFound(std::move(found), end);
             });
}

void RecordArea::onFound(Result<std::vector<qint64>> found, qint64 end)
{
    if (!found) {
        // Another search of the same goes on.
        if (found.error().kind == ErrorKind::Cancelled)
            return;
        m_looking = false;
        Q_EMIT said(errorSentence(found.error()));
        return;
    }
    m_looking = false;
    std::vector<qint64> numbers;
    if (m_foundTo > 0)
        numbers = m_model.entries().numbers(0, m_model.entries().size());
    numbers.insert(numbers.end(), found->begin(), found->end());
    m_foundTo = end;
    showList(EntryList::of(std::move(numbers)));
    lookOn();
}

void RecordArea::showList(EntryList entries)
{
    m_model.show(std::move(entries));
    const qint64 count = m_model.entries().size();
    m_finder->setCount(count == 1 ? tr("1 entry") : tr("%L1 entries").arg(count));
    m_none->setVisible(count == 0);
    m_list->setVisible(count > 0);
    Q_EMIT found();
}

void RecordArea::jumpTo(qint64 entry)
{
    if (m_model.rowOf(entry) < 0)
        showAll();
    m_list->showEntry(entry);
    focusList();
}

bool RecordArea::closePanel()
{
    if (!m_panel->isVisible())
        return false;
    m_panel->hide();
    focusList();
    return true;
}

void RecordArea::showEntry(qint64 entry)
{
    if (entry == m_shown && m_panel->isVisible())
        return;
    m_shown = entry;
    whenDone(this, m_session.recordReader().entry(entry), [this, entry](const Result<record::EntryDetail> &detail) {
        if (entry != m_shown)
            return;
        if (!detail) {
            Q_EMIT said(errorSentence(detail.error()));
            return;
        }
        m_panel->setEntry(*detail, hereNow(m_session.clock()));
        m_panel->show();
    });
}

void RecordArea::verify()
{
    if (m_check.kind == CheckState::Kind::Checking)
        return;
    m_check = {};
    m_check.kind = CheckState::Kind::Checking;
    m_check.total = m_session.recordSize();
    m_checking.start();
    showCheck();
    whenDone(this, m_session.recordReader().verify(),
             [this](const Result<record::Verification> &result) { onVerified(result); });
}

void RecordArea::onVerified(const Result<record::Verification> &result)
{
    m_check.took = std::chrono::milliseconds(m_checking.elapsed());
    m_check.at = m_session.clock().now();
    m_check.kind = result && result->isGood()                            ? CheckState::Kind::Whole
                   : result || result.error().kind == ErrorKind::Damaged ? CheckState::Kind::Broken
                                                                         : CheckState::Kind::NotFinished;
    if (result) {
        m_check.entries = result->entries;
        m_check.root = result->root;
        m_check.badEntry = result->badEntry;
        m_check.problem = result->problem;
    } else {
        m_check.problem = errorSentence(result.error());
    }
    compareStanding();
    showCheck();
    Q_EMIT verified();
}

/// A record that is whole in itself can still be another one than was signed, or one that nothing vouches for.
void RecordArea::compareStanding()
{
    const keeper::RecordKeeper *keeper = m_session.keeper();
    const std::optional<BannerContent> banner = keeper ? recordBanner(keeper->standing()) : std::nullopt;
    if (m_check.kind != CheckState::Kind::Whole || !banner)
        return;
    if (record::isHalted(keeper->standing())) {
        m_check.kind = CheckState::Kind::Broken;
        m_check.problem = banner->strong;
    } else {
        m_check.note = banner->strong;
    }
}

void RecordArea::showCheck()
{
    m_card->setState(m_check, hereNow(m_session.clock()));
    m_again->setEnabled(m_check.kind != CheckState::Kind::Checking);
    m_list->setBroken(m_check.badEntry);
}

void RecordArea::exportRecord()
{
    const QString day = toRfc3339(m_session.clock().now()).left(10);
    m_prompter.askSaveFile(
        this, {tr("Export record"), u"record-%1.csv"_s.arg(day), tr("CSV tables"), u"csv"_s},
        [this](const std::optional<QString> &file) {
            if (!file)
                return;
            m_export->setEnabled(false);
            whenDone(
                this, m_session.exports().exportCsv(exchange::ExportKind::Record, *file, true),
                [this, file](const Result<exchange::ExportReport> &report) {
                    m_export->setEnabled(true);
                    Q_EMIT said(
                        report
                            ? tr("%L1 entries are in %2.").arg(report->rows).arg(isolated(QFileInfo(*file).fileName()))
                            : errorSentence(report.error()));
                });
        });
}

void RecordArea::erase(qint64 entry)
{
    whenDone(this, m_session.seals().subject(entry), [this](const Result<std::optional<seal::Subject>> &subject) {
        if (!subject || !*subject) {
            Q_EMIT said(subject ? tr("These words were erased already.") : errorSentence(subject.error()));
            return;
        }
        auto *dialog =
            new SealDialog(m_theme, m_session.seals(), m_prompter, **subject, hereNow(m_session.clock()), window());
        connect(dialog, &SealDialog::sealed, this, &RecordArea::onSealed);
        dialog->open();
    });
}

void RecordArea::onSealed(const seal::SealReport &report)
{
    Q_EMIT said(sealedSentence(report));
    m_model.reload();
    const qint64 shown = std::exchange(m_shown, -1);
    showEntry(shown);
    m_list->showEntry(shown);
}

void RecordArea::copy(const QString &text, const QString &said)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT this->said(said);
}

} // namespace indelible::ui
