// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/coverage_watch.h"

#include "app/base/when_done.h"
#include "app/coverage/coverage_service.h"
#include "app/session/account_service.h"
#include "app/session/session.h"

namespace indelible::ui {

namespace {

using namespace std::chrono_literals;

} // namespace

CoverageWatch::CoverageWatch(session::Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    m_minute.setInterval(1min);
    connect(&m_minute, &QTimer::timeout, this, &CoverageWatch::draw);
    connect(&session.accounts(), &session::AccountService::changed, this, &CoverageWatch::draw);
    connect(&session.coverage(), &coverage::CoverageService::changed, this, &CoverageWatch::readPlaces);
    m_minute.start();
    draw();
    readPlaces();
}

void CoverageWatch::readPlaces()
{
    whenDone(this, m_session.coverage().places(), [this](const Result<std::vector<Place>> &places) {
        // What could not be read is in no place: a map that forgets one never says more than is known.
        if (places)
            m_places = *places;
        draw();
    });
}

void CoverageWatch::draw()
{
    m_map = coverageMap(m_session.accounts().accounts(), m_places, m_session.clock().now());
    Q_EMIT changed();
}

} // namespace indelible::ui
