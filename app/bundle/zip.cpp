// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/zip.h"

#include <QHash>
#include <QStringList>

#include <algorithm>
#include <array>
#include <memory>

#include <zip.h>

using namespace Qt::StringLiterals;

namespace indelible::bundle {

namespace {

constexpr qint64 kUnsuspicious = 16 * 1024 * 1024;
constexpr qint64 kMostRatio = 100;
constexpr qsizetype kEndBytes = 22; // of the record with which a zip ends

struct ArchiveDeleter
{
    void operator()(zip_t *archive) const { zip_discard(archive); } // closing would write
};
using Archive = std::unique_ptr<zip_t, ArchiveDeleter>;

struct EntryDeleter
{
    void operator()(zip_file_t *file) const { zip_fclose(file); }
};
using Entry = std::unique_ptr<zip_file_t, EntryDeleter>;

struct SourceDeleter
{
    void operator()(zip_source_t *source) const { zip_source_free(source); }
};
using Source = std::unique_ptr<zip_source_t, SourceDeleter>;

tl::unexpected<Error> noZip()
{
    return failure(ErrorKind::Rejected, u"This is no zip file, or it is damaged. Nothing was unpacked."_s);
}

tl::unexpected<Error> tooLarge()
{
    return failure(ErrorKind::Rejected, u"This zip unpacks to more than a bundle can hold. Nothing was unpacked."_s);
}

tl::unexpected<Error> cannotPack()
{
    return failure(ErrorKind::Internal, u"The bundle could not be packed. Nothing was written; try again."_s);
}

bool isOurs(const QString &name)
{
    constexpr std::array kOurs{kTableName,   kLinesName,      kCheckpointName, kKeyName,
                               kAnchorsName, "README.txt"_L1, "verify.py"_L1,  "verify.html"_L1};
    return std::ranges::find(kOurs, name) != kOurs.end();
}

/// Nothing stands behind the end of the zip: some readers look for it from behind, some do not.
bool endsCleanly(const QByteArray &zip)
{
    const QByteArray end = zip.right(kEndBytes);
    return end.size() == kEndBytes && end.startsWith("PK\x05\x06") && end.endsWith(QByteArray(2, '\0'));
}

Archive opened(const QByteArray &zip)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(zip.constData(), static_cast<zip_uint64_t>(zip.size()), 0, &error);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : nullptr;
    if (source && !archive)
        zip_source_free(source);
    zip_error_fini(&error);
    return Archive(archive);
}

/// Names and sizes, looked at before a byte is unpacked.
Result<QHash<QString, qint64>> sizesOf(zip_t *archive, qint64 zipBytes)
{
    QHash<QString, qint64> sizes;
    qint64 total = 0;
    const zip_int64_t count = zip_get_num_entries(archive, 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        if (zip_stat_index(archive, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW, &stat) != 0 ||
            (stat.valid & ZIP_STAT_NAME) == 0 || (stat.valid & ZIP_STAT_SIZE) == 0)
            return noZip();
        const QString name = QString::fromUtf8(stat.name);
        if (!isOurs(name) || sizes.contains(name))
            return failure(ErrorKind::Rejected,
                           u"This zip is no bundle: the file %1 in it does not belong there."_s.arg(name));
        if (stat.size > static_cast<zip_uint64_t>(kMostBytes))
            return tooLarge();
        sizes.insert(name, static_cast<qint64>(stat.size));
        total += static_cast<qint64>(stat.size);
    }
    if (total > kMostBytes || (total > kUnsuspicious && total > kMostRatio * zipBytes))
        return tooLarge();
    return sizes;
}

Result<QByteArray> unpackedFile(zip_t *archive, const QHash<QString, qint64> &sizes, QLatin1StringView name)
{
    if (!sizes.contains(name))
        return failure(ErrorKind::Rejected, u"This zip is no bundle: the file %1 is missing."_s.arg(name));
    const qint64 size = sizes.value(name);
    const Entry file(zip_fopen(archive, name.data(), ZIP_FL_ENC_RAW));
    QByteArray bytes(size, Qt::Uninitialized);
    char more = 0;
    // Reading beyond the end makes libzip compare the checksum.
    if (!file || zip_fread(file.get(), bytes.data(), static_cast<zip_uint64_t>(size)) != size ||
        zip_fread(file.get(), &more, 1) != 0)
        return noZip();
    return bytes;
}

bool addFile(zip_t *archive, const NamedFile &file, Instant at)
{
    zip_source_t *source =
        zip_source_buffer(archive, file.bytes.constData(), static_cast<zip_uint64_t>(file.bytes.size()), 0);
    const QByteArray name = file.name.toUtf8();
    const zip_int64_t index = source ? zip_file_add(archive, name.constData(), source, ZIP_FL_ENC_UTF_8) : -1;
    if (source && index < 0)
        zip_source_free(source);
    return index >= 0 &&
           zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), static_cast<time_t>(toMs(at) / 1000), 0) == 0;
}

Result<QByteArray> contentsOf(zip_source_t *source)
{
    if (zip_source_open(source) != 0)
        return cannotPack();
    QByteArray bytes;
    if (zip_source_seek(source, 0, SEEK_END) == 0) {
        bytes.resize(static_cast<qsizetype>(zip_source_tell(source)));
        if (zip_source_seek(source, 0, SEEK_SET) != 0 ||
            zip_source_read(source, bytes.data(), static_cast<zip_uint64_t>(bytes.size())) != bytes.size())
            bytes.clear();
    }
    zip_source_close(source);
    return bytes.isEmpty() ? Result<QByteArray>(cannotPack()) : bytes;
}

} // namespace

Result<QByteArray> packed(const std::vector<NamedFile> &files, Instant at)
{
    zip_error_t error;
    zip_error_init(&error);
    const Source source(zip_source_buffer_create(nullptr, 0, 0, &error));
    Archive archive(source ? zip_open_from_source(source.get(), ZIP_CREATE | ZIP_TRUNCATE, &error) : nullptr);
    zip_error_fini(&error);
    if (!archive)
        return cannotPack();
    zip_source_keep(source.get()); // the archive has one, its end takes it
    qint64 total = 0;
    for (const NamedFile &file : files) {
        total += file.bytes.size();
        if (!addFile(archive.get(), file, at))
            return cannotPack();
    }
    if (zip_close(archive.get()) != 0)
        return cannotPack();
    (void)archive.release();
    Result<QByteArray> zip = contentsOf(source.get());
    if (zip && (total > kMostBytes || zip->size() > kMostZipBytes ||
                (total > kUnsuspicious && total > kMostRatio * zip->size())))
        return failure(ErrorKind::Rejected,
                       u"This case is too large for a bundle (%1 MiB). No file was written."_s.arg(total >> 20));
    return zip;
}

Result<Files> unpacked(const QByteArray &zip)
{
    if (zip.size() > kMostZipBytes)
        return tooLarge();
    const Archive archive = endsCleanly(zip) ? opened(zip) : Archive();
    if (!archive)
        return noZip();
    const Result<QHash<QString, qint64>> sizes = sizesOf(archive.get(), zip.size());
    if (!sizes)
        return failure(sizes.error());
    Files files;
    using Part = std::pair<QLatin1StringView, QByteArray *>;
    for (const auto &[name, bytes] : {Part(kTableName, &files.table), Part(kLinesName, &files.lines),
                                      Part(kCheckpointName, &files.checkpoint), Part(kKeyName, &files.key)}) {
        Result<QByteArray> read = unpackedFile(archive.get(), *sizes, name);
        if (!read)
            return failure(read.error());
        *bytes = std::move(*read);
    }
    if (sizes->contains(kAnchorsName)) {
        Result<QByteArray> read = unpackedFile(archive.get(), *sizes, kAnchorsName);
        if (!read)
            return failure(read.error());
        files.anchors = std::move(*read);
    }
    return files;
}

} // namespace indelible::bundle
