// SPDX-License-Identifier: GPL-3.0-or-later
// Doors for the tests: POST with a JSON object, answered with JSON once the servers have digested what was done.
//   /post    {as, text, reply?, quote?, picture?, langs?, createdAt?}   gives {uri, cid}
//   /delete  {as, uri}                                                  the author takes a post back
//   /dm      {from, to, text}                                           gives {convoId, id}
//   /thread  {uri}                    the thread as the AppView shows it to anybody: app.bsky.feed.getPostThread
//   /account {key, name?, handle?}    a new account, in the form that the state file has
//   /settle  {}                       waits until the AppView knows all that the PDS knows
// A door that fails answers 400 {error}.
import http from 'node:http'

export async function startDoors({ people, settle, appview }) {
  const thread = async (uri) => {
    const query = new URLSearchParams({ uri, depth: '100' })
    const reply = await fetch(`${appview}/xrpc/app.bsky.feed.getPostThread?${query}`)
    const body = await reply.json()
    if (!reply.ok) throw new Error(`${body.error}: ${body.message}`)
    return body
  }
  const doors = {
    '/post': async ({ as, text, ...options }) => {
      const made = await people.post(as, text, options)
      await settle()
      return made
    },
    '/delete': async ({ as, uri }) => {
      await people.deletePost(as, uri)
      await settle()
      return {}
    },
    '/dm': ({ from, to, text }) => people.message(from, to, text),
    '/thread': async ({ uri }) => {
      await settle()
      return thread(uri)
    },
    '/account': async ({ key, ...options }) => {
      const account = await people.add(key, options)
      await settle()
      return account
    },
    '/settle': async () => {
      await settle()
      return {}
    },
  }

  const server = http.createServer(async (request, response) => {
    const answer = (status, body) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    const door = request.method === 'POST' ? doors[request.url] : undefined
    if (!door) return answer(404, { error: `no such door: ${request.method} ${request.url}` })
    try {
      const chunks = []
      for await (const chunk of request) chunks.push(chunk)
      answer(200, await door(JSON.parse(Buffer.concat(chunks).toString() || '{}')))
    } catch (error) {
      answer(400, { error: String(error?.message ?? error) })
    }
  })
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, resolve))
  return {
    url: `http://localhost:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
