// SPDX-License-Identifier: GPL-3.0-or-later
// Tries a running network the way any client would, with fetch() alone: check.mjs STATE. Needs the seeded posts.
import assert from 'node:assert/strict'
import fs from 'node:fs'

const state = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))
const { accounts, posts } = state
const withMessages = { 'atproto-proxy': 'did:web:api.bsky.chat#bsky_chat' }

async function call(method, { token, query, body, headers } = {}) {
  const url = new URL(`/xrpc/${method}`, state.pds)
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
  const reply = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body && JSON.stringify(body),
  })
  return { status: reply.status, headers: reply.headers, json: await reply.json() }
}

async function door(name, body) {
  const reply = await fetch(new URL(name, state.control), { method: 'POST', body: JSON.stringify(body) })
  const json = await reply.json()
  assert.equal(reply.status, 200, JSON.stringify(json))
  return json
}

const signIn = async (account, password) => {
  const reply = await call('com.atproto.server.createSession', { body: { identifier: account.handle, password } })
  return { ...reply, token: reply.json.accessJwt }
}
const textsBelow = (node) => (node.replies ?? []).flatMap((each) => [each.post.record.text, ...textsBelow(each)])

const checks = {
  'a wrong password is refused': async () => {
    const { status, json } = await signIn(accounts.shop, 'wrong')
    assert.deepEqual([status, json.error], [401, 'AuthenticationRequired'])
  },
  'the session names its PDS in the DID document': async () => {
    const { json } = await signIn(accounts.shop, accounts.shop.appPassword)
    assert.equal(json.didDoc.service.find((each) => each.id === '#atproto_pds').serviceEndpoint, state.pds)
  },
  'the PLC directory knows the account': async () => {
    const document = await (await fetch(new URL(`/${accounts.shop.did}`, state.plc))).json()
    assert.deepEqual(document.alsoKnownAs, [`at://${accounts.shop.handle}`])
  },
  'the AppView reports three mentions, a reply and a quote': async () => {
    const { token } = await signIn(accounts.shop, accounts.shop.appPassword)
    const { json } = await call('app.bsky.notification.listNotifications', { token })
    const found = json.notifications.map((each) => [each.reason, each.uri].join(' '))
    for (const [reason, name] of [
      ['mention', 'mention'],
      ['mention', 'mentionWithPicture'],
      ['mention', 'mentionInChinese'],
      ['reply', 'reply'],
      ['quote', 'quote'],
    ])
      assert(found.includes(`${reason} ${posts[name].uri}`), `no ${reason} notification for ${name}`)
  },
  'an answer of the shop appears in the thread that its customer sees': async () => {
    const { token, json } = await signIn(accounts.shop, accounts.shop.appPassword)
    const text = `We are ringing you now. (${Date.now()})`
    const record = {
      $type: 'app.bsky.feed.post',
      text,
      createdAt: new Date().toISOString(),
      reply: { root: posts.mention, parent: posts.mention },
    }
    const sent = await call('com.atproto.repo.createRecord', {
      token,
      body: { repo: json.did, collection: 'app.bsky.feed.post', record },
    })
    assert.equal(sent.status, 200, JSON.stringify(sent.json))
    const { thread } = await door('/thread', { uri: posts.mention.uri })
    assert(textsBelow(thread).includes(text))
  },
  'a post that its author deletes is gone from the AppView': async () => {
    const made = await door('/post', { as: 'ben', text: '@marigold.test open on Sunday?' })
    const { token } = await signIn(accounts.ana, accounts.ana.appPassword)
    const seen = async () => (await call('app.bsky.feed.getPosts', { token, query: { uris: made.uri } })).json.posts.length
    assert.equal(await seen(), 1)
    await door('/delete', { as: 'ben', uri: made.uri })
    assert.equal(await seen(), 0)
  },
  'an app password without the right is refused direct messages': async () => {
    const { token } = await signIn(accounts.shop, accounts.shop.appPassword)
    const { status, json } = await call('chat.bsky.convo.listConvos', { token, headers: withMessages })
    assert.deepEqual([status, json.error], [400, 'InvalidToken'])
  },
  'a direct message reaches the shop through the PDS (service: our stand-in)': async () => {
    const text = `Ring me, please. (${Date.now()})`
    const { token } = await signIn(accounts.shop, accounts.shop.appPasswordWithDms)
    const chat = (method, query) => call(`chat.bsky.convo.${method}`, { token, query, headers: withMessages })
    const before = (await chat('getLog')).json.cursor
    const sent = await door('/dm', { from: 'ben', to: 'shop', text })
    const { json } = await chat('getMessages', { convoId: sent.convoId })
    assert.deepEqual([json.messages[0].text, json.messages[0].sender.did], [text, accounts.ben.did])
    const log = (await chat('getLog', { cursor: before })).json.logs
    assert(log.some((event) => event.$type.endsWith('#logCreateMessage') && event.message.id === sent.id))
  },
  'rate limits are told exactly when they were asked for': async () => {
    const { headers } = await signIn(accounts.mei, accounts.mei.appPassword)
    assert.equal(headers.has('ratelimit-limit'), state.rateLimits)
  },
}

let failures = 0
for (const [name, check] of Object.entries(checks)) {
  try {
    await check()
    console.log(`ok      ${name}`)
  } catch (error) {
    failures += 1
    console.log(`FAILED  ${name}\n        ${error.message}`)
  }
}
process.exit(failures === 0 ? 0 : 1)
