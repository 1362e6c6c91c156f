// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/coverage_section.h"

#include "app/base/text.h"
#include "app/base/when_done.h"
#include "app/coverage/coverage_service.h"
#include "app/session/session.h"
#include "ui/accounts/account_notice.h"
#include "ui/accounts/coverage_watch.h"
#include "ui/accounts/coverage_words.h"
#include "ui/accounts/place_dialog.h"
#include "ui/accounts/place_row.h"
#include "ui/accounts/row_card.h"
#include "ui/widgets/button.h"
#include "ui/widgets/here_now.h"
#include "ui/widgets/open_external.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::ui {

CoverageSection::CoverageSection(Parts parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_summary(new PlainLabel(*parts.theme, TextRole::Small, Token::Text2, QFont::Normal, this))
    , m_card(new RowCard(*parts.theme, this))
{
    const Theme &theme = *parts.theme;
    auto *title = new PlainLabel(theme, TextRole::Section, Token::Text, QFont::DemiBold, this);
    title->setText(tr("Other places where people speak of you"));
    m_summary->setWordWrap(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title);
    words->addWidget(m_summary);
    auto *add = new Button(theme, Button::Kind::Normal, Button::Size::Small, tr("Add a place"), u"plus"_s, this);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    head->addLayout(words, 1);
    head->addWidget(add, 0, Qt::AlignBottom);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 16, 0, 0);
    column->setSpacing(10);
    column->addLayout(head);
    column->addWidget(m_card);
    connect(add, &QAbstractButton::clicked, this, [this] { openDialog(nullptr); });
    connect(parts.watch, &CoverageWatch::changed, this, &CoverageSection::fill);
    fill();
}

void CoverageSection::fill()
{
    std::vector<Coverage> places;
    for (const Coverage &line : m_parts.watch->map()) {
        if (!line.account.isValid())
            places.push_back(line);
    }
    // In an order that a look does not change: under the person's hand nothing moves.
    std::ranges::stable_sort(
        places, {}, [](const Coverage &place) { return std::pair(!place.place.isValid(), place.place.value()); });
    m_summary->setText(coverageSummary(m_parts.watch->count()));
    if (m_rows.size() != static_cast<qsizetype>(places.size()))
        makeRows(static_cast<qsizetype>(places.size()));
    const Here here = hereNow(m_parts.session->clock());
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        m_rows.at(i)->setPlace(places.at(static_cast<size_t>(i)), here);
}

void CoverageSection::makeRows(qsizetype count)
{
    m_rows.clear();
    QList<QWidget *> widgets;
    for (qsizetype i = 0; i < count; ++i) {
        auto *row = new PlaceRow(*m_parts.theme, m_card);
        connect(row, &PlaceRow::lookedRequested, this, [this, row] { noteLook(row->place()); });
        connect(row, &PlaceRow::changeRequested, this, [this, row] { openDialog(&row->place()); });
        connect(row, &PlaceRow::openRequested, this,
                [this, row] { m_parts.opener->openExternal(this, row->place().address); });
        m_rows.append(row);
        widgets.append(row);
    }
    m_card->setRows(widgets);
}

void CoverageSection::openDialog(const Coverage *place)
{
    auto *dialog = new PlaceDialog(*m_parts.theme, m_parts.session->coverage(), this);
    if (place)
        dialog->setPlace(*place);
    dialog->open();
}

void CoverageSection::noteLook(const Coverage &place)
{
    const QString name = place.name;
    whenDone(this, m_parts.session->coverage().looked(name), [this, name](const Result<void> &result) {
        Q_EMIT said(result ? tr("Written down: somebody looked at %1.").arg(isolated(displayText(name)))
                           : errorSentence(result.error()));
    });
}

} // namespace indelible::ui
