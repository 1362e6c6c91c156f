// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_messages.h"
#include "tests/fuzz/item_rules.h"

using namespace indelible;
using namespace indelible::channels::bluesky;

namespace {

const QString kConvo = QStringLiteral("convo1");

void requireGoodMessages(const std::vector<Message> &messages, const People &people)
{
    for (const Message &message : messages) {
        fuzz::require(!message.id.isEmpty() && !message.convoId.isEmpty(), "a message has an id");
        if (!message.deleted)
            fuzz::requireGoodItem(itemOf(message, people, QStringLiteral("did:plc:shop")));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    switch (input.choice(6)) {
    case 0:
        if (const Result<MessagePage> page = parseMessages(input.bytes(), kConvo))
            requireGoodMessages(page->messages, page->people);
        break;
    case 1:
        if (const Result<LogPage> page = parseLog(input.bytes()))
            requireGoodMessages(page->messages, page->people);
        break;
    case 2:
        if (const Result<Message> message = parseSentMessage(input.bytes(), kConvo))
            requireGoodMessages({*message}, {});
        break;
    case 3:
        if (const Result<ConvoPage> page = parseConvos(input.bytes()))
            fuzz::require(!page->convoIds.contains(QString()), "a conversation has an id");
        break;
    case 4:
        if (const Result<Convo> convo = parseConvo(input.bytes()))
            fuzz::require(!convo->id.isEmpty(), "a conversation has an id");
        break;
    default:
        (void)parseAvailability(input.bytes());
    }
    return 0;
}
