// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/tools.h"

#include "app/record/hash.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace indelible::bundle {

namespace {

QByteArray resource(const QString &name)
{
    QFile file(u":/bundle/"_s + name);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    return opened ? file.readAll() : QByteArray();
}

/// What stands between two marks, the first time.
QByteArray between(const QByteArray &page, QByteArrayView begin, QByteArrayView end)
{
    const qsizetype from = page.indexOf(begin) + begin.size();
    return page.mid(from, page.indexOf(end, from) - from);
}

QByteArray policyHash(const QByteArray &text)
{
    return "'sha256-" + record::sha256({text}).toBase64() + '\'';
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

} // namespace

QByteArray verifierPage(const QByteArray &page, const Files &files)
{
    const QJsonObject data{{kTableName, base64(files.table)},
                           {kLinesName, base64(files.lines)},
                           {kCheckpointName, base64(files.checkpoint)},
                           {kKeyName, base64(files.key)},
                           {kAnchorsName, base64(files.anchors)}};
    QByteArray whole = page;
    whole.replace("@SCRIPT@", policyHash(between(page, "<script>", "</script>")));
    whole.replace("@STYLE@", policyHash(between(page, "<style>", "</style>")));
    whole.replace("@BUNDLE@", QJsonDocument(data).toJson(QJsonDocument::Compact));
    return whole;
}

std::vector<NamedFile> toolsFor(const Files &files)
{
    return {{u"README.txt"_s, resource(u"README.txt"_s)},
            {u"verify.py"_s, resource(u"verify.py"_s)},
            {u"verify.html"_s, verifierPage(resource(u"verify.html"_s), files)}};
}

} // namespace indelible::bundle
