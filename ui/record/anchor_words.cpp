// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/anchor_words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

using anchor::How;

struct AnchorWords
{
    Q_DECLARE_TR_FUNCTIONS(indelible::ui::AnchorWords)
};

} // namespace

QString formWords(How form)
{
    switch (form) {
    case How::Text:
        return AnchorWords::tr("Text file");
    case How::Page:
        return AnchorWords::tr("Page to print");
    case How::Mail:
        return AnchorWords::tr("E-mail draft");
    case How::Rfc3161:
        return AnchorWords::tr("Time stamp");
    }
    Q_UNREACHABLE();
}

WordsWithHelp askedForm(How form)
{
    switch (form) {
    case How::Text:
        return {AnchorWords::tr("&Text file"),
                AnchorWords::tr("To hand over on a stick, or to keep in another place.")};
    case How::Page:
        return {AnchorWords::tr("&Page to print"),
                AnchorWords::tr("One sheet with a QR code, to be printed, signed and filed.")};
    case How::Mail:
        return {AnchorWords::tr("E-&mail draft"),
                AnchorWords::tr("Opens in your mail program with the checkpoint attached. You send it.")};
    case How::Rfc3161:
        return {AnchorWords::tr("Time &stamp from a server"),
                AnchorWords::tr(
                    "A server signs when it saw it. Only a fingerprint of 32 bytes is sent, and a random number.")};
    }
    Q_UNREACHABLE();
}

WordsWithHelp askedKeeper(How form)
{
    if (form == How::Rfc3161)
        return {AnchorWords::tr("Address of the time ser&ver"), u"https://tsa.example.org/tsr"_s};
    if (form == How::Mail)
        return {AnchorWords::tr("For &whom: name or e-mail address"),
                AnchorWords::tr("Our notary <notary@example.org>")};
    return {AnchorWords::tr("For &whom"), AnchorWords::tr("Our notary")};
}

} // namespace indelible::ui
