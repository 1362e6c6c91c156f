// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/meta/source_tree.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <stdexcept>

using namespace Qt::StringLiterals;

namespace indelible::test {

std::vector<SourceFile> sourceFiles(const QStringList &folders, const QStringList &endings)
{
    const QString root = QStringLiteral(INDELIBLE_SOURCE_DIR) + u'/';
    QStringList patterns;
    for (const QString &ending : endings)
        patterns.append(u'*' + ending);
    std::vector<SourceFile> files;
    for (const QString &folder : folders) {
        QDirIterator walk(root + folder, patterns, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            QFile file(walk.next());
            if (!file.open(QIODevice::ReadOnly))
                throw std::runtime_error("cannot read " + file.fileName().toStdString());
            files.push_back({file.fileName().mid(root.size()), QString::fromUtf8(file.readAll())});
        }
    }
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

QString withoutComments(const QString &text)
{
    // Strings and characters are matched too, so that a "//" within one is not taken for a comment.
    static const QRegularExpression token(
        uR"__(R"([^()\\\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'|//[^\n]*|/\*.*?\*/)__"_s,
        QRegularExpression::DotMatchesEverythingOption);
    QString code;
    qsizetype done = 0;
    for (auto matches = token.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        if (!match.captured().startsWith(u'/'))
            continue;
        code += text.mid(done, match.capturedStart() - done);
        code += u' ' + QString(match.captured().count(u'\n'), u'\n');
        done = match.capturedEnd();
    }
    return code + text.mid(done);
}

qsizetype lineAt(const QString &text, qsizetype position)
{
    return text.left(position).count(u'\n') + 1;
}

} // namespace indelible::test
