// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/web_address.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace indelible::ui {

std::optional<QUrl> webAddress(const QString &typed)
{
    const QUrl url(typed.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return std::nullopt;
    const bool here = url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
    if (url.scheme() != "https"_L1 && !(url.scheme() == "http"_L1 && here))
        return std::nullopt;
    return url;
}

} // namespace indelible::ui
