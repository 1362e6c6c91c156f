// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/coverage.h"

#include <QList>
#include <QWidget>

namespace indelible::session {
class Session;
}

namespace indelible::ui {

class CoverageWatch;
class ExternalOpener;
class PlainLabel;
class PlaceRow;
class RowCard;
class Theme;

/// The part of the coverage map that is no account: places that somebody looks at, and blind spots. Interface thread;
/// all that it is given outlives it.
class CoverageSection : public QWidget
{
    Q_OBJECT
public:
    struct Parts
    {
        const Theme *theme = nullptr;
        session::Session *session = nullptr;
        CoverageWatch *watch = nullptr;
        ExternalOpener *opener = nullptr;
    };
    explicit CoverageSection(Parts parts, QWidget *parent = nullptr);

Q_SIGNALS:
    void said(const QString &text);

private:
    void fill();
    void makeRows(qsizetype count);
    void openDialog(const Coverage *place);
    void noteLook(const Coverage &place);

    Parts m_parts;
    PlainLabel *m_summary;
    RowCard *m_card;
    QList<PlaceRow *> m_rows;
};

} // namespace indelible::ui
