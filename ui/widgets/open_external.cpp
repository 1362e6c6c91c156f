// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/open_external.h"

#include "ui/prompter/prompter.h"

#include <QDesktopServices>
#include <QWidget>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

bool isHidden(char32_t letter)
{
    switch (QChar::category(letter)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Separator_Space:
        return true;
    default:
        return letter == U'\\';
    }
}

} // namespace

Result<QUrl> externalUrl(const QString &address)
{
    const auto letters = address.toUcs4();
    if (std::ranges::any_of(letters, isHidden))
        return failure(ErrorKind::Rejected, u"The address contains hidden characters, so it was not opened."_s);
    const QUrl url(address, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return failure(ErrorKind::Rejected, u"This is not a complete web address, so it was not opened."_s);
    if (url.scheme() != "https"_L1)
        return failure(ErrorKind::Rejected, u"Only https addresses are opened; this one is another kind."_s);
    // userInfo() is empty for "https://@host" too, which browsers read as a user name.
    if (!url.userInfo().isEmpty() || url.authority(QUrl::FullyEncoded).contains(u'@'))
        return failure(ErrorKind::Rejected,
                       u"The address hides where it leads behind a user name, so it was not opened."_s);
    return url;
}

QString readableHost(const QUrl &url)
{
    const QString shown = url.host(QUrl::PrettyDecoded);
    const QString ace = QString::fromLatin1(QUrl::toAce(shown));
    return shown == ace || ace.isEmpty() ? shown : u"%1 (%2)"_s.arg(shown, ace);
}

ExternalOpener::ExternalOpener(Prompter &prompter, Open open)
    : m_prompter(prompter)
    , m_open(open ? std::move(open) : Open(&QDesktopServices::openUrl))
    , m_known({u"bsky.app"_s, u"bsky.social"_s})
{
}

void ExternalOpener::openExternal(QWidget *parent, const QString &address)
{
    const Result<QUrl> url = externalUrl(address);
    if (!url) {
        m_prompter.inform(parent, tr("Not opened"),
                          tr("This link cannot be opened safely: it is not a plain https address."));
        return;
    }
    const QString host = url->host();
    if (m_known.contains(host)) {
        launch(parent, *url);
        return;
    }
    const Question question{tr("Open in the browser?"),
                            tr("This link leads to %1.").arg(readableHost(*url)),
                            url->toString(QUrl::FullyEncoded),
                            tr("Open"),
                            {}};
    m_prompter.ask(parent, question, [this, parent, host, found = *url](bool yes) {
        if (!yes)
            return;
        m_known.insert(host);
        launch(parent, found);
    });
}

void ExternalOpener::launch(QWidget *parent, const QUrl &url)
{
    if (!m_open(url))
        m_prompter.inform(parent, tr("Not opened"),
                          tr("No browser could be started. The address is %1").arg(url.toString(QUrl::FullyEncoded)));
}

} // namespace indelible::ui
