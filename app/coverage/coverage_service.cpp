// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/coverage/coverage_service.h"

#include "app/base/random.h"
#include "app/base/when_done.h"
#include "app/record/log.h"
#include "app/record/place_body.h"
#include "app/store/coverage_table.h"
#include "app/store/database.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::coverage {

namespace {

constexpr qsizetype kLongestName = 100;
constexpr qsizetype kLongestText = 2000;

/// The page as it is opened later; what is no address of a page is refused now.
QString pageAddress(const QString &typed)
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return {};
    const QUrl url(text.contains("://"_L1) ? text : u"https://"_s + text, QUrl::StrictMode);
    const bool isPage =
        url.isValid() && url.scheme() == "https"_L1 && url.host().contains(u'.') && url.userInfo().isEmpty();
    if (!isPage || text.size() > kLongestText)
        throw store::StoreException(ErrorKind::Rejected,
                                    u"'%1' is no address of a page (https). Nothing was stored."_s.arg(text.left(80)));
    return url.toString(QUrl::FullyEncoded);
}

std::optional<Place> find(store::Connection &connection, const QString &name)
{
    for (Place &place : store::readPlaces(connection)) {
        if (place.name.compare(name, Qt::CaseInsensitive) == 0)
            return std::move(place);
    }
    return std::nullopt;
}

void requireGood(const Place &place)
{
    if (place.name.isEmpty() || place.name.size() > kLongestName)
        throw store::StoreException(
            ErrorKind::Rejected,
            u"A place needs a name of at most %1 letters. Nothing was stored."_s.arg(kLongestName));
    if (place.care == Care::ByHand && (place.everyDays < 1 || place.everyDays > kLeastOften))
        throw store::StoreException(
            ErrorKind::Rejected,
            u"A place is looked at every 1 to %1 days; less often is not watched. Nothing was stored."_s.arg(
                kLeastOften));
    if (place.reason.size() > kLongestText)
        throw store::StoreException(
            ErrorKind::Rejected,
            u"The reason is longer than %1 letters. Nothing was stored; make it shorter."_s.arg(kLongestText));
}

} // namespace

CoverageService::CoverageService(store::Database &database, const Clock &clock, quint32 member, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_clock(clock)
    , m_member(member)
{
}

QFuture<Result<std::vector<Place>>> CoverageService::places()
{
    return m_database.read(&store::readPlaces);
}

/// What is known of the place becomes what `change` makes of it; nothing is written where that is the same.
template<typename Change>
QFuture<Result<void>> CoverageService::change(QString name, Change change)
{
    auto written =
        m_database.write([this, name = name.simplified(), change = std::move(change)](store::Connection &connection) {
            const std::optional<Place> before = find(connection, name);
            Place place = before.value_or(Place{{}, name, {}, Care::Nobody, 7, {}, {}});
            change(place);
            requireGood(place);
            if (before == place)
                return;
            const QByteArray subject =
                before ? store::placeSubject(connection, before->id) : randomBytes(record::kIdBytes);
            store::storePlace(connection, subject, place);
            QJsonObject body = record::placeBody(place);
            if (!before || before->lookedAt != place.lookedAt)
                body.insert(u"looked"_s, place.lookedAt.has_value());
            record::Log log(connection, m_clock);
            log.append({record::Kind::Coverage, subject, m_member, true, body});
        });
    return andThen(this, std::move(written), [this](Result<void> outcome) {
        if (outcome)
            Q_EMIT changed();
        return outcome;
    });
}

QFuture<Result<void>> CoverageService::describe(Place place)
{
    const QString name = place.name;
    return change(name, [wanted = std::move(place)](Place &known) {
        known.care = wanted.care;
        known.address = pageAddress(wanted.address);
        const bool isByHand = wanted.care == Care::ByHand;
        known.everyDays = isByHand ? wanted.everyDays : Place().everyDays;
        known.reason = isByHand ? QString() : wanted.reason.trimmed();
    });
}

QFuture<Result<void>> CoverageService::looked(QString name)
{
    return change(std::move(name), [this](Place &known) {
        known.care = Care::ByHand;
        known.reason.clear();
        known.lookedAt = m_clock.now();
    });
}

} // namespace indelible::coverage
