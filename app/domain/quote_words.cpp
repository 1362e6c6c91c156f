// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/quote_words.h"

#include <QHash>
#include <QString>

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace indelible {

namespace {

constexpr qsizetype kLongestMark = 100;
constexpr qsizetype kLongestLabel = 24;

// What programs were seen to write (2026); whole lines of them stand in tests/domain/quoted_text_test.cpp. All in small
// letters.

constexpr QStringView kWrote[] = {
    u"wrote",   u"schrieb",  u"a écrit", u"escribió", u"va escriure", u"schreef", u"ha scritto", u"escreveu",
    u"napisał", u"pisze",    u"skrev",   u"skreiv",   u"kirjoitti",   u"napsal",  u"napísal",    u"napisal",
    u"írta",    u"a scris",  u"yazdı",   u"έγραψε",   u"пишет",       u"написал", u"пише",       u"написа",
    u"كتب",     u"كتابة",    u"כתב",     u"מאת",      u"写道",        u"寫道",    u"のメール",   u"書きました",
    u"작성",    u"썼습니다", u"đã viết", u"เขียน",     u"menulis",     u"parašė",  u"rakstīja",   u"kirjutas"};

constexpr QStringView kOriginal[] = {u"original message",
                                     u"ursprüngliche nachricht",
                                     u"originalnachricht",
                                     u"original-nachricht",
                                     u"message d'origine",
                                     u"message d’origine",
                                     u"message original",
                                     u"mensaje original",
                                     u"missatge original",
                                     u"oorspronkelijk bericht",
                                     u"messaggio originale",
                                     u"mensagem original",
                                     u"oryginalna wiadomość",
                                     u"wiadomość oryginalna",
                                     u"ursprungligt meddelande",
                                     u"oprindelig meddelelse",
                                     u"opprinnelig melding",
                                     u"alkuperäinen viesti",
                                     u"původní zpráva",
                                     u"pôvodná správa",
                                     u"eredeti üzenet",
                                     u"mesajul original",
                                     u"orijinal mesaj",
                                     u"özgün i̇leti",
                                     u"αρχικό μήνυμα",
                                     u"исходное сообщение",
                                     u"оригінальне повідомлення",
                                     u"رسالة أصلية",
                                     u"الرسالة الأصلية",
                                     u"הודעה מקורית",
                                     u"邮件原件",
                                     u"原始邮件",
                                     u"原始郵件",
                                     u"元のメッセージ",
                                     u"원본 메시지"};

constexpr QStringView kForwarded[] = {
    u"forward",    u"weitergeleitet", u"transféré", u"réexpédié", u"reenviad",  u"doorgestuurd", u"inoltrat",
    u"encaminhad", u"przekazan",      u"vidarebef", u"videresen", u"välitetty", u"přeposlan",    u"preposlan",
    u"továbbít",   u"iletilen",       u"προωθ",     u"пересыл",   u"пересла",   u"пересилан",    u"محولة",
    u"توجيه",      u"הועבר",          u"转发",      u"轉寄",      u"転送",      u"전달"};

constexpr QStringView kForwardSubjects[] = {u"fw", u"fwd", u"wg",  u"tr",  u"rv", u"i",    u"enc",  u"vs",   u"vb",
                                            u"pd", u"vl",  u"ilt", u"πρθ", u"fs", u"转发", u"轉寄", u"転送", u"전달"};

/// Labels of one language, alternatives with '|' between them.
struct Labels
{
    QStringView from;
    QStringView sent;
    QStringView subject;
};
constexpr Labels kLabels[] = {
    {u"from", u"sent|date", u"subject"},
    {u"von", u"gesendet|datum", u"betreff"},
    {u"de|expéditeur", u"envoyé|date|envoyé le", u"objet"},
    {u"de", u"enviado|enviado el|fecha", u"asunto"},
    {u"de", u"enviat|enviat el|data", u"assumpte|tema"},
    {u"van", u"verzonden|datum", u"onderwerp"},
    {u"da", u"inviato|data", u"oggetto"},
    {u"de", u"enviado|enviada|enviada em|enviado em|data", u"assunto"},
    {u"od", u"wysłano|wysłane|data", u"temat"},
    {u"från", u"skickat|datum", u"ämne"},
    {u"fra", u"sendt|dato", u"emne"},
    {u"lähettäjä", u"lähetetty|päivämäärä|pvm", u"aihe"},
    {u"od", u"odesláno|datum|odoslané|dátum", u"předmět|predmet"},
    {u"feladó", u"elküldve|dátum", u"tárgy"},
    {u"de la", u"trimis|data|expediat", u"subiect"},
    {u"kimden|gönderen", u"gönderilen|gönderildi|gönderme tarihi|tarih", u"konu"},
    {u"από", u"στάλθηκε|ημερομηνία", u"θέμα"},
    {u"от|отправитель", u"отправлено|дата", u"тема"},
    {u"від", u"надіслано|дата", u"тема"},
    {u"من", u"تاريخ الإرسال|تم الإرسال|أرسلت|التاريخ", u"الموضوع"},
    {u"מאת", u"נשלח|תאריך", u"נושא"},
    {u"发件人", u"发送时间|日期", u"主题"},
    {u"寄件者", u"寄件日期|日期", u"主旨"},
    {u"差出人|送信者", u"送信日時|日時|日付", u"件名"},
    {u"보낸 사람|보낸사람", u"보낸 날짜|날짜", u"제목"},
};
static_assert(std::size(kLabels) <= 64);

bool hasOneOf(QStringView line, std::span<const QStringView> words)
{
    const QString small = line.toString().toCaseFolded();
    return std::ranges::any_of(words, [&small](QStringView word) { return small.contains(word); });
}

bool hasDigit(QStringView line)
{
    return std::ranges::any_of(line, [](QChar unit) { return unit.isDigit(); });
}

bool endsInColon(QStringView line)
{
    return line.endsWith(u':') || line.endsWith(u'\uFF1A');
}

/// What stands before the first colon, without the stars of bold type.
QStringView labelOf(QStringView line)
{
    qsizetype colon = 0;
    const qsizetype end = std::min(line.size(), kLongestLabel + 1);
    while (colon < end && line[colon] != u':' && line[colon] != u'\uFF1A')
        ++colon;
    if (colon == end)
        return {};
    QStringView label = line.first(colon).trimmed();
    while (label.startsWith(u'*'))
        label = label.sliced(1);
    while (label.endsWith(u'*'))
        label.chop(1);
    return label.trimmed();
}

/// In which languages a word is which label, one bit each.
struct Meanings
{
    quint64 from = 0;
    quint64 sent = 0;
    quint64 subject = 0;
};

Meanings meaningsOf(QStringView label)
{
    static const QHash<QString, Meanings> table = [] {
        QHash<QString, Meanings> made;
        const auto add = [&made](QStringView words, quint64 Meanings::*part, size_t language) {
            for (const QStringView word : words.tokenize(u'|'))
                made[word.toString()].*part |= quint64(1) << language;
        };
        for (size_t i = 0; i < std::size(kLabels); ++i) {
            add(kLabels[i].from, &Meanings::from, i);
            add(kLabels[i].sent, &Meanings::sent, i);
            add(kLabels[i].subject, &Meanings::subject, i);
        }
        return made;
    }();
    return label.isEmpty() ? Meanings() : table.value(label.toString().toCaseFolded());
}

} // namespace

bool isAttribution(QStringView line)
{
    if (!endsInColon(line))
        return false;
    if (hasOneOf(line, kWrote))
        return hasDigit(line) || line.contains(u'@');
    // Some languages need no verb: the date, then "Ana <ana@example>:".
    const qsizetype address = line.indexOf(u'<');
    return address > 0 && hasDigit(line.first(address)) && line.contains(u'@') &&
           line.chopped(1).trimmed().endsWith(u'>');
}

bool continuesAttribution(QStringView line)
{
    return line.startsWith(u'<') ||
           std::ranges::any_of(kWrote, [line](QStringView word) { return line.startsWith(word, Qt::CaseInsensitive); });
}

bool mayBeginAttribution(QStringView line)
{
    static constexpr QStringView ends = u".!?:;\u2026\u3002\u061F\u06D4";
    return !line.isEmpty() && hasDigit(line) && !ends.contains(line.back());
}

bool isOriginalMark(QStringView line)
{
    if (line.size() > kLongestMark || !line.startsWith(u"--") || !line.endsWith(u"--"))
        return false;
    while (line.startsWith(u'-'))
        line = line.sliced(1);
    while (line.endsWith(u'-'))
        line.chop(1);
    return std::ranges::find(kOriginal, line.trimmed().toString().toCaseFolded()) != std::end(kOriginal);
}

bool isForwardMark(QStringView line)
{
    const bool isMark = endsInColon(line) || (line.startsWith(u'-') && line.endsWith(u'-'));
    return isMark && line.size() <= kLongestMark && hasOneOf(line, kForwarded);
}

bool isForwardSubject(QStringView line)
{
    const QStringView label = labelOf(line);
    return !label.isEmpty() && std::ranges::any_of(kForwardSubjects, [label](QStringView word) {
        return word.compare(label, Qt::CaseInsensitive) == 0;
    });
}

bool QuoteHeader::begin(QStringView line)
{
    m_languages = meaningsOf(labelOf(line)).from;
    return m_languages != 0;
}

bool QuoteHeader::take(QStringView line)
{
    const Meanings meanings = meaningsOf(labelOf(line));
    m_dated |= meanings.sent;
    m_named |= meanings.subject;
    return (m_languages & m_dated & m_named) != 0;
}

} // namespace indelible
