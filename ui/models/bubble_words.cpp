// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bubble_words.h"

#include "app/base/text.h"

using namespace Qt::StringLiterals;

namespace indelible::ui {

QString mediaKind(const QString &kind)
{
    if (kind == "image"_L1)
        return BubbleWords::tr("Picture");
    if (kind == "video"_L1)
        return BubbleWords::tr("Video");
    if (kind == "link"_L1)
        return BubbleWords::tr("Link");
    return BubbleWords::tr("File");
}

QString editedText(const QString &when, int versions, bool shown)
{
    if (shown)
        return BubbleWords::tr("Edited %1, hide earlier version").arg(when);
    if (versions == 2)
        return BubbleWords::tr("Edited %1, both versions kept").arg(when);
    return BubbleWords::tr("Edited %1, all %n versions kept", nullptr, versions).arg(when);
}

QString quoteText(bool shown)
{
    return shown ? BubbleWords::tr("Hide quoted text") : BubbleWords::tr("Show quoted text");
}

QString editedSpoken(int edits)
{
    return edits == 1 ? BubbleWords::tr("edited once, earlier version kept")
                      : BubbleWords::tr("edited %n times, earlier versions kept", nullptr, edits);
}

QString goneText(RemoteGone::Reason reason, const QString &when)
{
    const QString text = reason == RemoteGone::Reason::DeletedByAuthor
                             ? BubbleWords::tr("Deleted by author %1, kept here", "time")
                             : BubbleWords::tr("Hidden by the network %1, kept here", "time");
    return text.arg(when).simplified().replace(" ,"_L1, ","_L1);
}

QString foreignLanguage(const QString &tag, const QLocale &reader)
{
    if (tag.isEmpty())
        return {};
    const QLocale locale(tag);
    if (locale.language() == QLocale::C || locale.language() == reader.language())
        return {};
    return QLocale::languageToString(locale.language());
}

QString eventText(const ConversationEvent &event)
{
    const QString actor = isolated(displayText(event.actor));
    switch (event.kind) {
    case ConversationEvent::Kind::CaseOpened:
        return event.caseNumber ? BubbleWords::tr("%1 opened case #%2").arg(actor).arg(event.caseNumber->value())
                                : BubbleWords::tr("%1 opened a case").arg(actor);
    case ConversationEvent::Kind::MarkedDone:
        return BubbleWords::tr("%1 marked it done").arg(actor);
    case ConversationEvent::Kind::Reopened:
        return BubbleWords::tr("%1 opened it again").arg(actor);
    case ConversationEvent::Kind::Assigned:
        if (event.text.isEmpty())
            return BubbleWords::tr("%1: nobody owns this now").arg(actor);
        if (event.text == event.actor)
            return BubbleWords::tr("%1 took this on").arg(actor);
        return BubbleWords::tr("%1 gave this to %2").arg(actor, isolated(displayText(event.text)));
    case ConversationEvent::Kind::Note:
        return displayText(event.text);
    }
    Q_UNREACHABLE();
}

QString eventIcon(ConversationEvent::Kind kind)
{
    switch (kind) {
    case ConversationEvent::Kind::CaseOpened:
        return u"clipboard-list"_s;
    case ConversationEvent::Kind::MarkedDone:
        return u"circle-check"_s;
    case ConversationEvent::Kind::Reopened:
        return u"undo-2"_s;
    case ConversationEvent::Kind::Assigned:
        return u"user-round-check"_s;
    case ConversationEvent::Kind::Note:
        return u"sticky-note"_s;
    }
    Q_UNREACHABLE();
}

namespace {

QString queuedText(const OutboxView &answer, const Here &here)
{
    if (answer.notBefore && *answer.notBefore > here.now) {
        const qint64 seconds = (toMs(*answer.notBefore) - toMs(here.now) + 999) / 1000;
        if (seconds <= 120)
            return BubbleWords::tr("Sending in %1 s").arg(seconds);
        return BubbleWords::tr("Goes out %1", "time").arg(momentText(*answer.notBefore, here));
    }
    return BubbleWords::tr("Waiting to be sent");
}

QString withReason(const QString &text, const QString &detail)
{
    return detail.isEmpty() ? text : BubbleWords::tr("%1: %2", "state, reason").arg(text, snippetOf(detail, 400));
}

BubbleLine mediaLine(const Media &media)
{
    const QString description = snippetOf(media.description, 200);
    BubbleLine line;
    line.text =
        description.isEmpty()
            ? mediaKind(media.kind)
            : BubbleWords::tr("%1: %2", "kind of file, its description").arg(mediaKind(media.kind), description);
    line.iconName = media.kind == "image"_L1 ? u"image"_s : media.kind == "link"_L1 ? u"link-2"_s : u"paperclip"_s;
    line.action = media.address.isEmpty() ? BubbleAction::None : BubbleAction::OpenLink;
    line.address = media.address;
    line.menuText = BubbleWords::tr("Open %1", "kind of file, its description").arg(line.text);
    return line;
}

} // namespace

BubbleLine quoteLine(bool shown)
{
    BubbleLine line;
    line.text = quoteText(shown);
    line.iconName = u"ellipsis"_s;
    line.action = BubbleAction::ToggleQuote;
    line.menuText = line.text;
    return line;
}

void addMedia(Bubble &bubble, const std::vector<Media> &media, bool savesFiles)
{
    int number = -1;
    for (const Media &each : media) {
        ++number;
        bubble.lines.push_back(mediaLine(each));
        if (!savesFiles || !each.address.isEmpty())
            continue;
        const QString name = snippetOf(each.description, 80);
        BubbleLine line;
        line.text = BubbleWords::tr("Save attachment…");
        line.action = BubbleAction::SaveAttachment;
        line.menuText = BubbleWords::tr("Save %1…", "name of a file").arg(name.isEmpty() ? mediaKind(each.kind) : name);
        line.attachment = number;
        line.isBesides = true;
        bubble.lines.push_back(std::move(line));
    }
}

QString addOutboxFooter(Bubble &bubble, const OutboxView &answer, const Here &here)
{
    using Style = FooterPart::Style;
    auto &footer = bubble.footer;
    QString said;
    switch (answer.state) {
    case OutboxState::Queued:
        said = withReason(queuedText(answer, here), answer.detail);
        footer.push_back({said, u"timer"_s, Style::Plain, BubbleAction::None});
        footer.push_back({BubbleWords::tr("Undo"), {}, Style::Link, BubbleAction::UndoSend});
        footer.push_back({BubbleWords::tr("Send now"), {}, Style::Link, BubbleAction::SendNow});
        break;
    case OutboxState::Sending:
        said = BubbleWords::tr("Sending…");
        footer.push_back({said, u"send"_s, Style::Plain, BubbleAction::None});
        break;
    case OutboxState::Failed:
    case OutboxState::Unknown:
        said =
            withReason(answer.state == OutboxState::Failed ? BubbleWords::tr("Not sent")
                                                           : BubbleWords::tr("It is not clear whether this was sent"),
                       answer.detail);
        footer.push_back({said, u"circle-alert"_s, Style::Danger, BubbleAction::None});
        footer.push_back({BubbleWords::tr("Send again"), {}, Style::Link, BubbleAction::SendAgain});
        footer.push_back({BubbleWords::tr("Do not send"), {}, Style::Link, BubbleAction::GiveUp});
        break;
    case OutboxState::Sent:
    case OutboxState::Undone:
        break;
    }
    return said;
}

} // namespace indelible::ui
