// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/file_name.h"

#include "app/base/text.h"

#include <QSet>
#include <QTextBoundaryFinder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible {

namespace {

constexpr qsizetype kLongestEnding = 20;

bool isUnseen(QChar unit)
{
    switch (unit.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format: // direction marks and other letters without a width
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default: // an enumeration of Qt's that grows with Unicode
        return unit == QChar(QChar::ReplacementCharacter);
    }
}

/// One line of letters that can be seen; pairs of surrogates stay together.
QString visible(const QString &name)
{
    const QString whole = wellFormed(name);
    QString seen;
    for (qsizetype i = 0; i < whole.size(); ++i) {
        if (whole.at(i).isHighSurrogate()) {
            seen += whole.mid(i, 2);
            ++i;
        } else if (whole.at(i).isSpace()) {
            seen += u' ';
        } else if (!isUnseen(whole.at(i))) {
            seen += whole.at(i);
        }
    }
    return seen;
}

/// Behind the last folder; a path of dots has no name.
QString lastPart(const QString &path)
{
    const qsizetype slash = std::max(path.lastIndexOf(u'/'), path.lastIndexOf(u'\\'));
    return path.mid(slash + 1);
}

QString trimmedDots(const QString &name)
{
    const auto isEdge = [](QChar unit) { return unit == u'.' || unit == u' '; };
    qsizetype first = 0;
    qsizetype end = name.size();
    while (first < end && isEdge(name.at(first)))
        ++first;
    while (end > first && isEdge(name.at(end - 1)))
        --end;
    return name.sliced(first, end - first);
}

bool isDevice(const QString &name)
{
    static const QSet<QString> devices{u"con"_s, u"prn"_s, u"aux"_s, u"nul"_s, u"conin$"_s, u"conout$"_s};
    const QString base = name.section(u'.', 0, 0).trimmed().toLower();
    const bool isPort = base.size() == 4 && (base.startsWith("com"_L1) || base.startsWith("lpt"_L1)) &&
                        (base.back().isDigit() || u"\u00B9\u00B2\u00B3"_s.contains(base.back()));
    return devices.contains(base) || isPort;
}

QString endingOf(const QString &name)
{
    const qsizetype dot = name.lastIndexOf(u'.');
    return dot > 0 && name.size() - dot <= kLongestEnding ? name.mid(dot) : QString();
}

QString shortened(const QString &name)
{
    if (name.toUtf8().size() <= kMostFileNameBytes)
        return name;
    const QString ending = endingOf(name);
    QString base = name.chopped(ending.size()).left(kMostFileNameBytes);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, base);
    finder.toEnd();
    while (!base.isEmpty() && (base + ending).toUtf8().size() > kMostFileNameBytes)
        base.truncate(std::max<qsizetype>(0, finder.toPreviousBoundary()));
    return base + ending;
}

} // namespace

QString safeFileName(const QString &name)
{
    static const QString forbidden = u"<>:\"|?*"_s;
    QString safe = lastPart(visible(name));
    std::ranges::replace_if(
        safe, [](QChar unit) { return forbidden.contains(unit); }, QChar(u'_'));
    safe = trimmedDots(safe.simplified());
    if (safe.startsWith(u'-')) // an option, to commands that are given it
        safe[0] = u'_';
    if (isDevice(safe))
        safe.prepend(u'_');
    safe = trimmedDots(shortened(safe));
    return safe.isEmpty() ? u"attachment"_s : safe;
}

bool mayRunCode(const QString &fileName)
{
    static const QSet<QString> endings = [] {
        const QString list =
            u"exe com scr pif bat cmd msi msix msp mst appx appinstaller application gadget cpl dll sys drv ocx "
            "js jse mjs vb vbs vbe ws wsf wsc wsh hta ps1 psm1 psd1 ps1xml msh sct jar jnlp class "
            "lnk url scf inf reg rdp settingcontent-ms library-ms search-ms website webloc inetloc "
            "html htm xhtml xht shtml mht mhtml svg svgz chm hlp one onepkg "
            "doc dot docm dotm xls xlt xla xll xlsm xlsb xltm xlam xlw ppt pot pps ppa pptm potm ppam ppsm sldm "
            "mdb mde accdb accde accdr ade adp slk iqy "
            "iso img vhd vhdx udf wim dmg pkg mpkg app command workflow scpt terminal "
            "sh bash zsh csh ksh fish run bin elf so desktop appimage deb rpm flatpak flatpakref flatpakrepo snap "
            "py pyc pyw pyz pl rb php apk xpi crx"_s;
        const QStringList words = list.split(u' ', Qt::SkipEmptyParts);
        return QSet<QString>(words.begin(), words.end());
    }();
    const QString name = safeFileName(fileName);
    return name.contains(u'.') && endings.contains(name.section(u'.', -1).toLower());
}

} // namespace indelible
