// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/verdict.h"

using namespace Qt::StringLiterals;

namespace indelible::bundle {

namespace {

struct Words
{
    QString name;
    QString sentence; ///< %1 = the line
};

Words wordsOf(Fault fault)
{
    switch (fault) {
    case Fault::None:
        return {u"none"_s, {}};
    case Fault::Key:
        return {u"key"_s, u"key.txt holds no key."_s};
    case Fault::ForeignKey:
        return {u"foreign-key"_s, u"The key in key.txt is not the one you expect: somebody else signed this."_s};
    case Fault::Note:
        return {u"note"_s, u"checkpoint.txt is no checkpoint of one record with one signature."_s};
    case Fault::Signature:
        return {u"signature"_s, u"The key in key.txt did not sign checkpoint.txt."_s};
    case Fault::Format:
        return {u"format"_s, u"case.jsonl is not of the format si-case/1, the only one this check knows."_s};
    case Fault::Header:
        return {
            u"header"_s,
            u"The first line of case.jsonl does not fit checkpoint.txt and the number of lines: something was taken out, added or exchanged."_s};
    case Fault::Line:
        return {u"line"_s, u"Line %1 of case.jsonl is not written as a bundle writes it: it was changed."_s};
    case Fault::Entry:
        return {u"entry"_s, u"Line %1 of case.jsonl holds no entry of this record at this place."_s};
    case Fault::Order:
        return {u"order"_s, u"Line %1 of case.jsonl is out of order, or there twice."_s};
    case Fault::Body:
        return {u"body"_s, u"The words in line %1 of case.jsonl are not those that were recorded."_s};
    case Fault::Proof:
        return {u"proof"_s, u"The proof in line %1 of case.jsonl does not lead to the signed checkpoint."_s};
    case Fault::Export:
        return {u"export"_s, u"case.jsonl does not end with the entry that says that this case was exported."_s};
    case Fault::Gap:
        return {u"gap"_s, u"An entry before line %1 of case.jsonl is missing, or the line does not belong here."_s};
    case Fault::Count:
        return {u"count"_s, u"There are not as many entries as the last one says there must be."_s};
    case Fault::Subjects:
        return {u"subjects"_s, u"A conversation that belongs to the case is missing."_s};
    case Fault::Sealed:
        return {u"sealed"_s,
                u"At line %1 of case.jsonl, missing words and the seals that must explain them do not match."_s};
    case Fault::Table:
        return {u"table"_s, u"case.csv is not the table that case.jsonl makes: it was changed."_s};
    case Fault::Anchor:
        return {
            u"anchor"_s,
            u"Line %1 of anchors.jsonl does not show that this record begins with a checkpoint that others were given: it was changed."_s};
    case Fault::Anchors:
        return {u"anchors"_s, u"anchors.jsonl does not hold what the last entry of case.jsonl says is in it."_s};
    }
    Q_UNREACHABLE();
}

} // namespace

QString toString(Fault fault)
{
    return wordsOf(fault).name;
}

QString sentenceOn(const Verdict &verdict)
{
    const QString sentence = wordsOf(verdict.fault).sentence;
    return sentence.contains("%1"_L1) ? sentence.arg(verdict.line) : sentence;
}

} // namespace indelible::bundle
