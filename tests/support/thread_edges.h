// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>
#include <QObject>

namespace indelible::test {

#ifdef __SANITIZE_THREAD__

/// Tells the thread sanitizer what Qt promises about the delivery of an event; on the thread that delivers it.
void beforeEvent(QObject *receiver);
void afterEvent(QObject *receiver);

/// The application object of test programs: every event of every thread passes notify().
template<typename Application>
class TestApplication : public Application
{
public:
    using Application::Application;
    bool notify(QObject *receiver, QEvent *event) override
    {
        beforeEvent(receiver);
        const bool taken = Application::notify(receiver, event);
        afterEvent(receiver);
        return taken;
    }
};

#else

template<typename Application>
using TestApplication = Application;

#endif

} // namespace indelible::test
