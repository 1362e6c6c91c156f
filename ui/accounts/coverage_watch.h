// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/coverage.h"

#include <QObject>
#include <QTimer>

#include <vector>

namespace indelible::session {
class Session;
}

namespace indelible::ui {

/// The coverage map as it is now, for everything in the window that speaks of it: looked at anew when an account or a
/// place changes, and every minute, since watching is a matter of time. Interface thread; the session outlives it.
class CoverageWatch : public QObject
{
    Q_OBJECT
public:
    explicit CoverageWatch(session::Session &session, QObject *parent = nullptr);

    [[nodiscard]] const std::vector<Coverage> &map() const { return m_map; }
    [[nodiscard]] CoverageCount count() const { return countCoverage(m_map); }

Q_SIGNALS:
    void changed();

private:
    void readPlaces();
    void draw();

    session::Session &m_session;
    std::vector<Place> m_places;
    std::vector<Coverage> m_map;
    QTimer m_minute;
};

} // namespace indelible::ui
