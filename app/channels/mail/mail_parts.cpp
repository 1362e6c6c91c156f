// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_parts.h"

#include "app/channels/mail/mail_charset.h"
#include "app/html/html_text.h"

#include <algorithm>

#include <gmime/gmime.h>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

/// A stretch of what was found, in the order of the parts.
struct Piece
{
    html::HtmlText words;
    bool isHtml = false;
};

struct File
{
    Media media;
    GMimeObject *object = nullptr;
};

struct Walk
{
    std::vector<Piece> pieces;
    std::vector<File> files;
    int parts = 0;
    bool isTooMuch = false;
    bool isSealed = false; ///< something in it is for mail programs that have the key
    bool takesWords = true;
};

bool isType(GMimeObject *object, const char *type, const char *subtype)
{
    GMimeContentType *declared = g_mime_object_get_content_type(object);
    return declared && g_mime_content_type_is_type(declared, type, subtype);
}

/// What `write` puts into a stream.
template<typename Write>
QByteArray written(Write write)
{
    GByteArray *bytes = g_byte_array_new();
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes); // owns the bytes
    write(stream);
    QByteArray copy(reinterpret_cast<const char *>(bytes->data), static_cast<qsizetype>(bytes->len));
    g_object_unref(stream);
    return copy;
}

QString nameOf(GMimeObject *object)
{
    if (GMIME_IS_PART(object)) {
        const char *name = g_mime_part_get_filename(reinterpret_cast<GMimePart *>(object));
        return name ? decoded(QByteArray(name), {}).simplified() : QString();
    }
    if (!GMIME_IS_MESSAGE_PART(object))
        return {};
    GMimeMessage *message = g_mime_message_part_get_message(reinterpret_cast<GMimeMessagePart *>(object));
    const char *subject = message ? g_mime_message_get_subject(message) : nullptr;
    return subject ? decoded(QByteArray(subject), {}).simplified() : QString();
}

QString mediaKind(GMimeObject *object)
{
    if (isType(object, "image", "*"))
        return u"image"_s;
    return isType(object, "video", "*") ? u"video"_s : u"file"_s;
}

bool isAttached(GMimeObject *object)
{
    const char *disposition = g_mime_object_get_disposition(object);
    return disposition && g_ascii_strcasecmp(disposition, GMIME_DISPOSITION_ATTACHMENT) == 0;
}

bool isText(GMimeObject *object)
{
    return GMIME_IS_PART(object) && !isAttached(object) &&
           (isType(object, "text", "plain") || isType(object, "text", "html"));
}

/// Encrypted, or signed in the way that hides the words from who does not unpack it (RFC 8551, 3156).
bool isSealedPart(GMimeObject *object)
{
    return isType(object, "application", "pkcs7-mime") || isType(object, "application", "x-pkcs7-mime") ||
           isType(object, "multipart", "encrypted");
}

void takeText(GMimeObject *object, Walk &walk)
{
    if (!walk.takesWords)
        return;
    const char *charset = g_mime_object_get_content_type_parameter(object, "charset");
    const QString text = decoded(contentOf(object), QByteArray(charset));
    if (isType(object, "text", "html"))
        walk.pieces.push_back({html::textOfHtml(text), true});
    else
        walk.pieces.push_back({{text, {}}, false});
}

void takePart(GMimeObject *object, Walk &walk, int depth);

bool hasWords(const Walk &walk)
{
    return std::ranges::any_of(walk.pieces, [](const Piece &piece) { return !piece.words.text.trimmed().isEmpty(); });
}

/// The same thing said several times: plain text before HTML, whatever stands first.
void takeAlternative(GMimeMultipart *multipart, Walk &walk, int depth)
{
    Walk best;
    best.parts = walk.parts;
    best.takesWords = walk.takesWords;
    bool hasBest = false;
    const int count = g_mime_multipart_get_count(multipart);
    for (int i = 0; i < count && !best.isTooMuch; ++i) {
        Walk each;
        each.parts = best.parts;
        each.takesWords = walk.takesWords;
        takePart(g_mime_multipart_get_part(multipart, i), each, depth);
        best.parts = each.parts;
        best.isTooMuch = each.isTooMuch;
        best.isSealed = best.isSealed || each.isSealed;
        best.files.insert(best.files.end(), each.files.begin(), each.files.end());
        const bool isPlain = std::ranges::none_of(each.pieces, &Piece::isHtml);
        const bool bestIsPlain = std::ranges::none_of(best.pieces, &Piece::isHtml);
        if (hasWords(each) && (!hasBest || (isPlain && !bestIsPlain))) {
            best.pieces = std::move(each.pieces);
            hasBest = true;
        }
    }
    walk.pieces.insert(walk.pieces.end(), std::make_move_iterator(best.pieces.begin()),
                       std::make_move_iterator(best.pieces.end()));
    walk.files.insert(walk.files.end(), best.files.begin(), best.files.end());
    walk.parts = best.parts;
    walk.isTooMuch = walk.isTooMuch || best.isTooMuch;
    walk.isSealed = walk.isSealed || best.isSealed;
}

void takePart(GMimeObject *object, Walk &walk, int depth)
{
    if (!object)
        return;
    if (++walk.parts > kMostParts || depth > kDeepestPart) {
        walk.isTooMuch = true;
        return;
    }
    walk.isSealed = walk.isSealed || isSealedPart(object);
    if (GMIME_IS_MULTIPART(object)) {
        auto *multipart = reinterpret_cast<GMimeMultipart *>(object);
        if (isType(object, "multipart", "alternative")) {
            takeAlternative(multipart, walk, depth + 1);
            return;
        }
        const int count = g_mime_multipart_get_count(multipart);
        for (int i = 0; i < count && !walk.isTooMuch; ++i)
            takePart(g_mime_multipart_get_part(multipart, i), walk, depth + 1);
        return;
    }
    if (isText(object))
        takeText(object, walk);
    else if (walk.files.size() < kMostMedia)
        walk.files.push_back({{mediaKind(object), nameOf(object), {}}, object});
}

void append(MailBody &body, const html::HtmlText &words)
{
    QString text = words.text;
    while (text.endsWith(u'\n') || text.endsWith(u' '))
        text.chop(1);
    if (text.isEmpty())
        return;
    if (!body.text.isEmpty())
        body.text += u"\n\n"_s;
    const qsizetype start = body.text.size();
    body.text += text;
    for (TextLink link : words.links) {
        link.start += start;
        if (link.start + link.length <= body.text.size())
            body.links.push_back(std::move(link));
    }
}

void shorten(MailBody &body)
{
    if (body.text.size() <= kMostLetters)
        return;
    const bool splitsPair = body.text.at(kMostLetters - 1).isHighSurrogate();
    body.text.truncate(kMostLetters - (splitsPair ? 1 : 0));
    std::erase_if(body.links, [&](const TextLink &link) { return link.start + link.length > body.text.size(); });
    body.leftOut = u"This mail is longer than is kept here; the rest of it is in the mailbox."_s;
}

} // namespace

QByteArray contentOf(GMimeObject *part)
{
    if (GMIME_IS_MESSAGE_PART(part)) {
        auto *message = reinterpret_cast<GMimeObject *>(
            g_mime_message_part_get_message(reinterpret_cast<GMimeMessagePart *>(part)));
        return message ? written([message](GMimeStream *stream) {
            g_mime_object_write_to_stream(message, nullptr, stream);
        })
                       : QByteArray();
    }
    GMimeDataWrapper *content =
        GMIME_IS_PART(part) ? g_mime_part_get_content(reinterpret_cast<GMimePart *>(part)) : nullptr;
    return content ? written([content](GMimeStream *stream) { g_mime_data_wrapper_write_to_stream(content, stream); })
                   : QByteArray();
}

MailBody readBody(GMimeObject *root)
{
    Walk walk;
    takePart(root, walk, 0);
    MailBody body;
    for (const Piece &piece : walk.pieces)
        append(body, piece.words);
    shorten(body);
    for (File &file : walk.files)
        body.media.push_back(std::move(file.media));
    if (walk.isSealed && body.text.isEmpty())
        body.leftOut = u"This mail is encrypted or packed up with its signature; a mail program can open it."_s;
    if (walk.isTooMuch)
        body.leftOut =
            u"This mail has more parts than a person would make; what could not be read here is in the mailbox."_s;
    return body;
}

std::optional<Attachment> readFile(GMimeObject *root, qsizetype index, const Media &media)
{
    Walk walk;
    walk.takesWords = false;
    takePart(root, walk, 0);
    if (index < 0 || index >= std::ssize(walk.files))
        return std::nullopt;
    const File &file = walk.files[static_cast<size_t>(index)];
    if (file.media != media)
        return std::nullopt;
    if (GMIME_IS_MESSAGE_PART(file.object))
        return Attachment{media.description + u".eml"_s, contentOf(file.object)};
    if (GMIME_IS_PART(file.object))
        return Attachment{media.description, contentOf(file.object)};
    return std::nullopt;
}

} // namespace indelible::channels::mail
