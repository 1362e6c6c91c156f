// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/file_name.h"
#include "app/cli/context.h"
#include "app/session/attachment_service.h"

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

using session::AttachmentService;

CommandTask attachment(Context context)
{
    const ItemId item(numberArgument(context, 0));
    const qint64 number = context.arguments.size() > 1 ? numberArgument(context, 1) : 1;
    const QString place = context.options->value(u"out"_s);
    if (!item.isValid() || number == 0 || place.isEmpty())
        co_return failUsage(
            context,
            u"Say which item, which of its files and where to: indelible attachment ITEM [N] --out FILE|FOLDER."_s);
    const auto ifThere =
        context.options->isSet(u"force"_s) ? AttachmentService::IfThere::Replace : AttachmentService::IfThere::Refuse;
    QCoro::Task<Result<AttachmentService::Saved>> saving =
        context.session->attachments().save(item, number - 1, place, ifThere);
    const Result<AttachmentService::Saved> saved = co_await saving;
    if (!saved)
        co_return fail(context, saved.error());
    const bool mayRun = mayRunCode(saved->fileName);
    QStringList lines{u"%1 bytes are in %2."_s.arg(saved->bytes).arg(saved->fileName)};
    if (mayRun)
        lines.append(u"Programs in mails are a common way to break into computers."_s);
    print(context, {{u"file"_s, saved->fileName}, {u"bytes"_s, saved->bytes}, {u"may_run_code"_s, mayRun}}, lines);
    co_return kDone;
}

void attachmentOptions(QCommandLineParser &parser)
{
    parser.addOption({u"out"_s, u"The file to write, or a folder for it."_s, u"file"_s});
    parser.addOption({u"force"_s, u"Replace a file of that name."_s});
}

} // namespace

std::vector<Command> attachmentCommands()
{
    return {{u"attachment"_s, u"ITEM [N] --out FILE|FOLDER [--force]"_s,
             u"Fetches a file that came with an item (its first one, or the Nth) and saves it; 'show' numbers them."_s,
             Access::Read, &attachmentOptions, &attachment}};
}

} // namespace indelible::cli
