// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QCoreApplication>
#include <QSet>
#include <QString>
#include <QUrl>

#include <functional>

class QWidget;

namespace indelible::ui {

class Prompter;

/// The address that a browser may be given, or Rejected: https only, strictly written, with a host, without a user name
/// or password in it (`https://bank.example@evil.example`), and without control or direction characters (rule R6).
[[nodiscard]] Result<QUrl> externalUrl(const QString &address);

/// The host as a person should read it: letters of other scripts that could pass for Latin ones come in their "xn--"
/// form behind it.
[[nodiscard]] QString readableHost(const QUrl &url);

/// The one way out of the program into a browser. A host that the person has not opened before in this session is
/// asked about first, by its name; hosts of the networks themselves are known. Lives on the interface thread.
class ExternalOpener
{
    Q_DECLARE_TR_FUNCTIONS(ExternalOpener)
public:
    using Open = std::function<bool(const QUrl &)>;
    /// `open` is what finally opens an address; QDesktopServices::openUrl where it is empty.
    explicit ExternalOpener(Prompter &prompter, Open open = {});

    void openExternal(QWidget *parent, const QString &address);

private:
    void launch(QWidget *parent, const QUrl &url);

    Prompter &m_prompter;
    Open m_open;
    QSet<QString> m_known;
};

} // namespace indelible::ui
