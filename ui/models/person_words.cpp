// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/person_words.h"

#include "app/base/text.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

struct PersonWords
{
    Q_DECLARE_TR_FUNCTIONS(indelible::ui::PersonWords)
};

} // namespace

QString handleText(const QString &network, const QString &handle)
{
    const bool isName = network.isEmpty() || network == "email"_L1 ||
                        std::ranges::any_of(handle, [](QChar letter) { return letter.isSpace(); });
    return isName || handle.isEmpty() ? displayText(handle) : u'@' + displayText(handle);
}

QString lookAlikeText(const LookAlike &other)
{
    return PersonWords::tr("Looks like %1, is not %1").arg(isolated(handleText(other.network, other.handle)));
}

} // namespace indelible::ui
