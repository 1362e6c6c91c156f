// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

// Debian 12 has Catch2 2, later distributions have 3; the tests use what both know.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <string>

/// Failed comparisons show Qt's strings as words; Catch2 alone would print them as lists of code units.
template<>
struct Catch::StringMaker<QString>
{
    static std::string convert(const QString &text) { return '"' + text.toStdString() + '"'; }
};

template<>
struct Catch::StringMaker<QByteArray>
{
    static std::string convert(const QByteArray &bytes) { return '"' + bytes.toStdString() + '"'; }
};

template<>
struct Catch::StringMaker<QStringList>
{
    static std::string convert(const QStringList &list)
    {
        return list.isEmpty() ? "{}" : "{ \"" + list.join(QStringLiteral("\", \"")).toStdString() + "\" }";
    }
};
