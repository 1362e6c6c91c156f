// SPDX-License-Identifier: GPL-3.0-or-later
// The accounts of the private network, and what their owners do there.
import { CHAT_SERVICE_DID } from './chat.mjs'

export class People {
  #agents = new Map()
  #service
  #settle
  #api
  #sharp

  /** What a client needs to know of each account, by key. */
  accounts = {}

  constructor(load, { service, settle }) {
    this.#api = load('@atproto/api')
    this.#sharp = load('sharp')
    this.#service = service
    this.#settle = settle
  }

  agent(key) {
    const agent = this.#agents.get(key)
    if (!agent) throw new Error(`nobody here is called '${key}'`)
    return agent
  }

  /** Opens an account with a profile and two app passwords: a plain one, and one that may use direct messages. */
  async add(key, { name = key, handle = `${key}.test` } = {}) {
    if (this.#agents.has(key)) throw new Error(`'${key}' has an account already`)
    const agent = new this.#api.AtpAgent({ service: this.#service })
    const password = `the password of ${key}`
    await agent.createAccount({ handle, email: `${key}@example.test`, password })
    await agent.com.atproto.repo.putRecord({
      repo: agent.assertDid,
      collection: 'app.bsky.actor.profile',
      rkey: 'self',
      record: { $type: 'app.bsky.actor.profile', displayName: name, createdAt: new Date().toISOString() },
    })
    const appPassword = async (title, privileged) =>
      (await agent.com.atproto.server.createAppPassword({ name: title, privileged })).data.password
    this.#agents.set(key, agent)
    this.accounts[key] = {
      handle,
      name,
      did: agent.assertDid,
      password,
      appPassword: await appPassword('without messages', false),
      appPasswordWithDms: await appPassword('with messages', true),
    }
    return this.accounts[key]
  }

  /**
   * Publishes a post and gives its {uri, cid}. A "@handle" of somebody here becomes a mention, an address a link.
   * reply: {root, parent} or the {uri, cid} of a post that starts a thread; quote: {uri, cid}; picture: {alt}.
   */
  async post(key, text, { reply, quote, picture, langs = ['en'], createdAt = new Date().toISOString() } = {}) {
    const agent = this.agent(key)
    const record = { text, langs, createdAt, ...this.#facets(text) }
    if (reply) record.reply = reply.root ? reply : { root: reply, parent: reply }
    if (quote) record.embed = { $type: 'app.bsky.embed.record', record: quote }
    if (picture) record.embed = await this.#pictureEmbed(agent, picture.alt ?? '')
    const { uri, cid } = await agent.post(record)
    return { uri, cid }
  }

  async deletePost(key, uri) {
    await this.agent(key).deletePost(uri)
  }

  /** Sends a direct message the way a client does: through the sender's PDS. Gives {convoId, id}. */
  async message(from, to, text) {
    const { convo } = this.agent(from).withProxy('bsky_chat', CHAT_SERVICE_DID).chat.bsky
    const found = await convo.getConvoForMembers({ members: [this.agent(to).assertDid] })
    const convoId = found.data.convo.id
    const sent = await convo.sendMessage({ convoId, message: { text } })
    return { convoId, id: sent.data.id }
  }

  settle() {
    return this.#settle()
  }

  #facets(text) {
    const rich = new this.#api.RichText({ text })
    rich.detectFacetsWithoutResolution()
    const mention = 'app.bsky.richtext.facet#mention'
    const didOf = new Map(Object.values(this.accounts).map((account) => [account.handle, account.did]))
    // Detection leaves the handle where the DID belongs.
    const facets = (rich.facets ?? [])
      .map((facet) => ({
        ...facet,
        features: facet.features
          .map((feature) => (feature.$type === mention ? { ...feature, did: didOf.get(feature.did) } : feature))
          .filter((feature) => feature.$type !== mention || feature.did),
      }))
      .filter((facet) => facet.features.length > 0)
    return facets.length > 0 ? { facets } : {}
  }

  async #pictureEmbed(agent, alt) {
    const size = { width: 640, height: 480 }
    const bytes = await this.#sharp({ create: { ...size, channels: 3, background: '#a8602f' } }).jpeg().toBuffer()
    const uploaded = await agent.com.atproto.repo.uploadBlob(bytes, { encoding: 'image/jpeg' })
    return { $type: 'app.bsky.embed.images', images: [{ alt, image: uploaded.data.blob, aspectRatio: size }] }
  }
}
