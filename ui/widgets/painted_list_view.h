// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace indelible::ui {

/// A one-column list of painted rows that keeps its own geometry. QListView lays out every row again whenever one is
/// inserted, which costs a frame at a few ten thousand rows; here a row's place is asked of the subclass. Still a
/// QListView, so that screen readers see a list with its items. Scrolls by pixel. Interface thread.
class PaintedListView : public QListView
{
    Q_OBJECT
public:
    explicit PaintedListView(QWidget *parent = nullptr);

    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;

    /// First and last row that can be seen; -1 where there is none.
    [[nodiscard]] std::pair<int, int> visibleRows() const;

protected:
    /// Geometry in content pixels, top row at 0. Called often: must not cost more than a binary search.
    [[nodiscard]] virtual int contentHeight() const = 0;
    [[nodiscard]] virtual int rowTop(int row) const = 0;
    [[nodiscard]] virtual int rowHeight(int row) const = 0;
    /// The row that covers `y`, or -1 outside the content.
    [[nodiscard]] virtual int rowAt(int y) const = 0;

    [[nodiscard]] int rowCount() const;
    [[nodiscard]] int horizontalOffset() const override { return 0; }
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex &) const override { return false; }
    [[nodiscard]] QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace indelible::ui
