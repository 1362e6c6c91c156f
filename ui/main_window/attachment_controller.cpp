// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/attachment_controller.h"

#include "app/base/file_name.h"
#include "app/base/text.h"
#include "app/base/when_done.h"
#include "app/session/account_service.h"
#include "app/session/attachment_service.h"
#include "app/session/session.h"
#include "ui/accounts/account_notice.h"
#include "ui/conversation/message_list_view.h"
#include "ui/main_window/conversation_pane.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/notices.h"
#include "ui/prompter/prompter.h"

#include <QFileInfo>

#include <algorithm>

namespace indelible::ui {

using session::AttachmentService;

AttachmentController::AttachmentController(const InboxParts &parts)
    : m_parts(parts)
{
    ConversationModel &model = parts.area->conversationModel();
    session::AccountService &accounts = parts.session->accounts();
    model.setSavesFiles([&accounts](AccountId id) { return accounts.capabilities(id).handsOutAttachments; });
    connect(&accounts, &session::AccountService::changed, &model, &ConversationModel::refreshTimes);
    connect(parts.area->conversation()->messages(), &MessageListView::saveRequested, this, &AttachmentController::ask);
}

void AttachmentController::ask(ItemId item, int attachment)
{
    const ConversationView *shown = m_parts.area->shownView();
    if (!shown)
        return;
    const auto found = std::ranges::find(shown->items, item, &ItemView::id);
    if (found == shown->items.end() || attachment >= std::ssize(found->item.media))
        return;
    const QString name = safeFileName(found->item.media[static_cast<size_t>(attachment)].description);
    m_parts.prompter->askSaveFile(m_parts.area, {tr("Save attachment"), name, {}, {}},
                                  [this, item, attachment](const std::optional<QString> &file) {
                                      if (file)
                                          save(item, attachment, *file);
                                  });
}

void AttachmentController::save(ItemId item, int attachment, const QString &fileName)
{
    const QString name = isolated(displayText(QFileInfo(fileName).fileName()));
    m_parts.notices->show(tr("Fetching %1…").arg(name));
    // Whether a file of that name may go was asked with the name.
    whenDone(this, m_parts.session->attachments().save(item, attachment, fileName, AttachmentService::IfThere::Replace),
             [this, name](const Result<AttachmentService::Saved> &saved) {
                 if (!saved)
                     m_parts.notices->show(errorSentence(saved.error()));
                 else if (mayRunCode(saved->fileName))
                     m_parts.notices->show(
                         tr("%1 is saved. Programs in mails are a common way to break into computers.").arg(name));
                 else
                     m_parts.notices->show(tr("%1 is saved.").arg(name));
             });
}

} // namespace indelible::ui
