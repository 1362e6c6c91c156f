// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/screenshot.h"

#include "app/session/session.h"
#include "ui/main_window/main_window.h"
#include "ui/prompter/prompter.h"
#include "ui/record/record_area.h"

#include <QFuture>
#include <QPixmap>
#include <QTimer>

#include <QCoroFuture>
#include <QCoroTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace indelible::ui {

namespace {

/// What is fetched or laid out after the first paint has this long to come.
constexpr std::chrono::milliseconds kRest = 300ms;

} // namespace

QCoro::Task<Result<void>> takePicture(session::Session &session, Theme &theme, Picture picture)
{
    if (!QStringList{u"inbox"_s, u"record"_s, u"settings"_s, u"first-run"_s}.contains(picture.area))
        co_return failure(
            ErrorKind::Usage,
            u"There is no area '%1' to take a picture of: inbox, record, settings or first-run."_s.arg(picture.area));
    if (!picture.file.endsWith(".png"_L1, Qt::CaseInsensitive))
        co_return failure(ErrorKind::Usage, u"The picture's name must end in .png: %1."_s.arg(picture.file));
    DialogPrompter prompter;
    MainWindow window(session, theme, prompter);
    window.resize(picture.size);
    window.show();
    // As futures: QCoro (0.8) goes on from a signal anew, on freed memory, where it is emitted again before it went on.
    if (!window.showsFirstRun()) {
        co_await QtFuture::connect(&window, &MainWindow::settled);
        window.selectFirst();
        co_await QtFuture::connect(&window, &MainWindow::settled);
        if (picture.area == "settings"_L1)
            window.showArea(Rail::Area::Settings);
        if (picture.area == "record"_L1) {
            window.showArea(Rail::Area::Record);
            if (window.recordArea()->check().kind == CheckState::Kind::Checking)
                co_await QtFuture::connect(window.recordArea(), &RecordArea::verified);
        }
    }
    QTimer rest;
    rest.setSingleShot(true);
    rest.start(kRest);
    co_await rest;
    if (!window.grab().save(picture.file, "PNG"))
        co_return failure(ErrorKind::Storage,
                          u"The picture could not be saved as %1. Choose another place."_s.arg(picture.file));
    co_return Result<void>();
}

} // namespace indelible::ui
