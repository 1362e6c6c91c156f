// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

namespace indelible::ui {

/// A place in a stack whose content is made when it is first needed: what nobody looks at costs no time at the start
/// and in no layout. Interface thread.
class LazyPage : public QWidget
{
    Q_OBJECT
public:
    using Make = std::function<QWidget *(QWidget *parent)>;

    explicit LazyPage(Make make, QWidget *parent = nullptr);

    /// The content, made now if need be.
    QWidget *content();

protected:
    void showEvent(QShowEvent *event) override;

private:
    Make m_make;
    QWidget *m_content = nullptr;
};

} // namespace indelible::ui
