// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/meta/style_rules.h"

#include <QRegularExpression>

#include <vector>

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

constexpr qsizetype kLineLimit = 600;

/// A pattern that must not occur below `folders`, unless the path starts with `home`.
struct Ban
{
    QRegularExpression pattern;
    QStringList folders;
    QString home;
    QString reason;
};

const std::vector<Ban> &bans()
{
    const QStringList product{u"app/"_s, u"ui/"_s};
    const QString kept =
        u"(?:items?|revisions?|conversations?|cases?|notes?|records?|entry|entries|bod(?:y|ies)|outbox|"
        "attempts?|receipts?|events?|accounts?|handles?|members?|persons?|people|promises?)(?:_\\w+)?\\b"_s;
    static const std::vector<Ban> all{
        {QRegularExpression(u"\\bDELETE\\s+FROM\\s+\\W?"_s + kept),
         product,
         {u"app/store/seal_table.cpp"_s}, // where the law wants it: guarded by a permit and a trigger
         u"what people said and did is never deleted"_s},
        {QRegularExpression(u"\\b(?:INSERT\\s+OR\\s+REPLACE|REPLACE)\\s+INTO\\s+\\W?"_s + kept),
         product,
         {},
         u"REPLACE deletes the old row without asking its triggers"_s},
        {QRegularExpression(u"\\b(?:repo\\.deleteRecord|deleteMessageForSelf|leaveConvo)\\b"_s),
         {u"app/"_s},
         {},
         u"no channel calls a remote delete"_s},
        {QRegularExpression(u"\\b(?:ignoreSslErrors|VerifyNone)\\b"_s),
         product,
         {},
         u"a bad certificate is never accepted"_s},
        {QRegularExpression(u"\\bsetInsecureFallback\\s*\\(\\s*true\\b"_s),
         product,
         {},
         u"a secret never falls back to a plain file"_s},
        {QRegularExpression(u"\\bQDesktopServices::openUrl\\b"_s), product, u"ui/widgets/open_external.cpp"_s,
         u"every link goes through openExternal()"_s},
        {QRegularExpression(
             u"\\bINSERT\\s+(?:OR\\s+\\w+\\s+)?INTO\\b|\\bSELECT\\b[^;]*?\\bFROM\\b|\\bUPDATE\\b[^;]*?\\bSET\\b"_s),
         product, u"app/store/"_s, u"SQL lives in app/store"_s},
        {QRegularExpression(u"\\.then\\(\\s*[^\\s\\[,]+,|\\.(?:unwrap|onFailed|onCanceled)\\("_s),
         product,
         {},
         u"a QFuture is followed by andThen() or scanThenWrite(): Qt may run a continuation twice"_s},
    };
    return all;
}

bool isBelow(const QString &path, const QStringList &folders)
{
    for (const QString &folder : folders) {
        if (path.startsWith(folder))
            return true;
    }
    return false;
}

QStringList banFaults(const SourceFile &file)
{
    const QString code = withoutComments(file.text);
    QStringList faults;
    for (const Ban &ban : bans()) {
        if (!isBelow(file.path, ban.folders) || (!ban.home.isEmpty() && file.path.startsWith(ban.home)))
            continue;
        for (auto matches = ban.pattern.globalMatch(code); matches.hasNext();) {
            const auto match = matches.next();
            faults.append(u"%1:%2: '%3': %4"_s.arg(file.path)
                              .arg(lineAt(code, match.capturedStart()))
                              .arg(match.captured().simplified(), ban.reason));
        }
    }
    return faults;
}

} // namespace

QStringList styleFaults(const SourceFile &file)
{
    static const QRegularExpression name(u"^[a-z0-9_/]+\\.(?:h|cpp)$"_s);
    // Put together here, so that this file does not find itself.
    static const QRegularExpression unfinished(u"\\b(?:TO"_s + u"DO|FIX"_s + u"ME|XX"_s + u"X)\\b"_s);
    QStringList faults;
    if (!file.text.startsWith("// SPDX-License-Identifier: GPL-3.0-or-later\n"_L1))
        faults.append(u"%1:1: the first line is not the licence line"_s.arg(file.path));
    if (!name.match(file.path).hasMatch())
        faults.append(u"%1: the name is not lower_snake_case"_s.arg(file.path));
    if (const qsizetype lines = file.text.count(u'\n'); file.path.endsWith(".cpp"_L1) && lines > kLineLimit)
        faults.append(u"%1: %2 lines, %3 is the limit"_s.arg(file.path).arg(lines).arg(kLineLimit));
    if (file.path.endsWith(".h"_L1) && !file.text.contains("\n#pragma once\n"_L1))
        faults.append(u"%1: no #pragma once"_s.arg(file.path));
    if (const auto match = unfinished.match(file.text); match.hasMatch())
        faults.append(
            u"%1:%2: a mark of unfinished work"_s.arg(file.path).arg(lineAt(file.text, match.capturedStart())));
    return faults + banFaults(file);
}

bool namesLicence(const SourceFile &file)
{
    return file.text.section(u'\n', 0, 2).contains("SPDX-License-Identifier: GPL-3.0-or-later"_L1);
}

} // namespace indelible::test
