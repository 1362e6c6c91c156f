// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace indelible::session {
class Session;
}

namespace indelible::ui {

class ActionRegistry;
class ExternalOpener;
class InboxArea;
class Notices;
class Prompter;

/// What the controllers of the inbox work with. Nothing is owned; everything outlives them.
struct InboxParts
{
    session::Session *session = nullptr;
    InboxArea *area = nullptr;
    ActionRegistry *actions = nullptr;
    Notices *notices = nullptr;
    Prompter *prompter = nullptr;
    ExternalOpener *opener = nullptr;
};

} // namespace indelible::ui
