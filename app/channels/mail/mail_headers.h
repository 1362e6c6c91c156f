// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/domain/item.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

#include <gmime/gmime.h>

namespace indelible::channels::mail {

// What the header of a mail says, read by GMime. Whatever is in it comes out well-formed and bounded. Pure; any thread.

struct Unref
{
    void operator()(void *object) const { g_object_unref(object); }
};
/// Of one of GMime's objects.
template<typename T>
using Owned = std::unique_ptr<T, Unref>;

constexpr qsizetype kLongestSubject = 2'000;

/// Null where nothing at all can be read.
[[nodiscard]] Owned<GMimeMessage> messageFrom(const QByteArray &bytes);

[[nodiscard]] QString header(GMimeMessage *message, const char *name);
[[nodiscard]] int countOf(GMimeMessage *message, const char *name);
[[nodiscard]] QString subjectOf(GMimeMessage *message);
/// As written, without brackets; may be no plain id.
[[nodiscard]] QString messageIdOf(GMimeMessage *message);
/// What it answers, the topmost first; without `own`.
[[nodiscard]] QStringList referencesOf(GMimeMessage *message, const QString &own);

struct Person
{
    QString address;
    QString name;
};
[[nodiscard]] std::vector<Person> peopleIn(GMimeMessage *message, GMimeAddressType type);
/// Never empty: "unknown sender".
[[nodiscard]] Author authorOf(GMimeMessage *message);
/// Programs wrote it: RFC 3834, RFC 2369, and what was usual before them.
[[nodiscard]] bool isAutomatic(GMimeMessage *message);
/// What Date claims.
[[nodiscard]] Instant writtenAt(GMimeMessage *message);

} // namespace indelible::channels::mail
