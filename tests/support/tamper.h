// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace indelible::test {

/// What another program with the file in its hands can do: every trigger dropped, then `sql`. The workspace may be
/// open.
void tamperWithFile(const QString &file, const QByteArray &sql);

} // namespace indelible::test
