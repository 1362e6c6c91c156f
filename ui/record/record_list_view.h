// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/record/record_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/painted_list_view.h"

#include <optional>

namespace indelible::ui {

class RecordDelegate;

/// The lines of the record. Asks the model for what is seen and a screen round it, and holds its place when entries
/// come in above. Interface thread; theme and model outlive it.
class RecordListView : public PaintedListView
{
    Q_OBJECT
public:
    RecordListView(const Theme &theme, RecordModel &model, QWidget *parent = nullptr);
    ~RecordListView() override;

    void showEntry(qint64 entry);
    void setBroken(std::optional<qint64> entry);

Q_SIGNALS:
    /// The person moved to another entry, or asked for this one by a click or Enter.
    void entryChosen(qint64 entry);

protected:
    [[nodiscard]] int contentHeight() const override;
    [[nodiscard]] int rowTop(int row) const override;
    [[nodiscard]] int rowHeight(int row) const override;
    [[nodiscard]] int rowAt(int y) const override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void scrollContentsBy(int dx, int dy) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void onTheme();
    void wantSeen();

    const Theme &m_theme;
    RecordModel &m_model;
    RecordDelegate *m_delegate;
    bool m_quiet = false; ///< the focus came in, nobody chose
};

/// The names of the columns, above the list. Interface thread.
class RecordHeading : public QWidget
{
    Q_OBJECT
public:
    explicit RecordHeading(const Theme &theme, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace indelible::ui
