// SPDX-License-Identifier: GPL-3.0-or-later
// A stand-in for Bluesky's direct message service, whose source nobody has published. So it is OURS, and weaker evidence
// than the PDS and the AppView; what is not ours: @atproto/xrpc-server holds every request and every answer against the
// official chat.bsky.* lexicons, and the caller's service token is really verified. Conversations of two, in memory.
export const CHAT_SERVICE_DID = 'did:web:api.bsky.chat'

const DEFS = 'chat.bsky.convo.defs'

/** One conversation as both sides see it. Revisions are TIDs: they grow, also as strings. */
class Conversation {
  constructor(members, starter, nextTid) {
    this.id = nextTid()
    this.rev = nextTid()
    this.members = members
    this.messages = []
    this.sides = new Map(
      members.map((did) => [did, { unread: 0, muted: false, status: did === starter ? 'accepted' : 'request' }]),
    )
  }
}

class Chat {
  #conversations = new Map()
  #events = new Map()
  #nextTid
  #handleOf
  #fail

  constructor({ nextTid, handleOf, fail }) {
    this.#nextTid = nextTid
    this.#handleOf = handleOf
    this.#fail = fail
  }

  #log(did, type, fields) {
    const events = this.#events.get(did) ?? []
    events.push({ $type: `${DEFS}#${type}`, ...fields })
    this.#events.set(did, events)
  }

  #own(did, id) {
    const conversation = this.#conversations.get(id)
    if (!conversation?.sides.has(did)) this.#fail('InvalidConvo', 'there is no such conversation for you')
    return conversation
  }

  #between(did, others) {
    const members = [...new Set([did, ...others])].sort()
    if (members.length !== 2) this.#fail('InvalidRequest', 'this stand-in keeps conversations of two')
    const known = [...this.#conversations.values()].find((each) => each.members.join() === members.join())
    return { members, known }
  }

  async #view(conversation, did) {
    const side = conversation.sides.get(did)
    const last = conversation.messages.at(-1)
    const members = conversation.members.map(async (member) => ({
      did: member,
      handle: (await this.#handleOf(member)) ?? 'handle.invalid',
    }))
    return {
      id: conversation.id,
      rev: conversation.rev,
      members: await Promise.all(members),
      muted: side.muted,
      status: side.status,
      unreadCount: side.unread,
      ...(last && { lastMessage: { $type: `${DEFS}#messageView`, ...last } }),
    }
  }

  #accept(conversation, did) {
    const side = conversation.sides.get(did)
    if (side.status === 'accepted') return undefined
    side.status = 'accepted'
    conversation.rev = this.#nextTid()
    this.#log(did, 'logAcceptConvo', { rev: conversation.rev, convoId: conversation.id })
    return conversation.rev
  }

  #mute(muted) {
    return async (did, { convoId }) => {
      const conversation = this.#own(did, convoId)
      conversation.sides.get(did).muted = muted
      return { convo: await this.#view(conversation, did) }
    }
  }

  /** Newest first, with a cursor that is an offset. */
  #page(entries, { limit = 50, cursor }) {
    const start = Number(cursor ?? 0)
    const end = start + limit
    return [entries.slice(start, end), end < entries.length ? { cursor: String(end) } : {}]
  }

  methods = {
    getConvoForMembers: async (did, { members: others }) => {
      const { members, known } = this.#between(did, others)
      if (known) return { convo: await this.#view(known, did) }
      const made = new Conversation(members, did, this.#nextTid)
      this.#conversations.set(made.id, made)
      for (const member of members) this.#log(member, 'logBeginConvo', { rev: made.rev, convoId: made.id })
      return { convo: await this.#view(made, did) }
    },
    getConvoAvailability: async (did, { members: others }) => {
      const { known } = this.#between(did, others)
      return { canChat: true, ...(known && { convo: await this.#view(known, did) }) }
    },
    getConvo: async (did, { convoId }) => ({ convo: await this.#view(this.#own(did, convoId), did) }),
    listConvos: async (did, query) => {
      const mine = [...this.#conversations.values()]
        .filter((each) => each.sides.has(did))
        .filter((each) => !query.status || each.sides.get(did).status === query.status)
        .filter((each) => query.readState !== 'unread' || each.sides.get(did).unread > 0)
        .sort((a, b) => (a.rev < b.rev ? 1 : -1))
      const [part, next] = this.#page(mine, query)
      return { convos: await Promise.all(part.map((each) => this.#view(each, did))), ...next }
    },
    getMessages: async (did, { convoId, ...query }) => {
      const [part, next] = this.#page(this.#own(did, convoId).messages.toReversed(), query)
      return { messages: part.map((message) => ({ $type: `${DEFS}#messageView`, ...message })), ...next }
    },
    sendMessage: async (did, { convoId, message: { text, facets } }) => {
      const conversation = this.#own(did, convoId)
      if (text.trim() === '') this.#fail('InvalidRequest', 'a message needs a text')
      this.#accept(conversation, did)
      conversation.rev = this.#nextTid()
      const sentAt = new Date().toISOString()
      const message = { id: this.#nextTid(), rev: conversation.rev, text, ...(facets && { facets }), sender: { did }, sentAt }
      conversation.messages.push(message)
      for (const [member, side] of conversation.sides) {
        if (member !== did) side.unread += 1
        this.#log(member, 'logCreateMessage', {
          rev: message.rev,
          convoId,
          message: { $type: `${DEFS}#messageView`, ...message },
        })
      }
      return message
    },
    acceptConvo: async (did, { convoId }) => {
      const rev = this.#accept(this.#own(did, convoId), did)
      return rev ? { rev } : {}
    },
    updateRead: async (did, { convoId }) => {
      const conversation = this.#own(did, convoId)
      conversation.sides.get(did).unread = 0
      return { convo: await this.#view(conversation, did) }
    },
    muteConvo: this.#mute(true),
    unmuteConvo: this.#mute(false),
    getLog: async (did, { cursor }) => {
      const events = this.#events.get(did) ?? []
      // Without a cursor the official client only wants to know where "now" is.
      if (!cursor) return { logs: [], cursor: events.at(-1)?.rev ?? this.#nextTid() }
      const fresh = events.filter((event) => event.rev > cursor).slice(0, 100)
      return { logs: fresh, cursor: fresh.at(-1)?.rev ?? cursor }
    },
  }
}

/** Listens on a free port of loopback; gives {url, close()}. handleOf(did) is a promise of a handle. */
export async function startChat(load, { idResolver, handleOf }) {
  const express = load('express')
  const { schemas } = load('@atproto/api')
  const { TID } = load('@atproto/common')
  const xrpc = load('@atproto/xrpc-server')
  const fail = (name, message) => {
    throw new xrpc.InvalidRequestError(message, name)
  }
  const chat = new Chat({ nextTid: () => TID.nextStr(), handleOf, fail })

  const auth = async ({ req }) => {
    const token = req.headers.authorization?.match(/^Bearer (\S+)$/)?.[1]
    if (!token) throw new xrpc.AuthRequiredError('a service token is needed')
    const method = new URL(req.originalUrl, 'http://localhost').pathname.slice('/xrpc/'.length)
    const keyOf = (did, forceRefresh) => idResolver.did.resolveAtprotoKey(did, forceRefresh)
    const { iss } = await xrpc.verifyJwt(token, CHAT_SERVICE_DID, method, keyOf)
    return { credentials: { did: iss } }
  }
  const server = xrpc.createServer(schemas, { validateResponse: true })
  for (const [name, answer] of Object.entries(chat.methods)) {
    const handler = async (call) => ({
      encoding: 'application/json',
      body: await answer(call.auth.credentials.did, call.input?.body ?? call.params),
    })
    server.method(`chat.bsky.convo.${name}`, { auth, handler })
  }

  const listener = await new Promise((resolve, reject) => {
    const started = express().use(server.router).listen(0, () => resolve(started))
    started.once('error', reject)
  })
  return {
    url: `http://localhost:${listener.address().port}`,
    close: () =>
      new Promise((resolve) => {
        listener.close(resolve)
        listener.closeAllConnections()
      }),
  }
}
