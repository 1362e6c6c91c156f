// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/catch.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace indelible::test {

/// A file of tests/data/record.
inline QJsonObject vectorsOf(const QString &name)
{
    QFile file(QStringLiteral(INDELIBLE_TEST_DATA "/record/") + name);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).object();
}

inline QByteArray hexOf(const QJsonValue &value)
{
    return QByteArray::fromHex(value.toString().toLatin1());
}

} // namespace indelible::test
