// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the official Bluesky servers in one process, fills them with a small conversation and stays until SIGTERM.
// net.sh calls it; see there. Environment:
//   INDELIBLE_PEERS_PACKAGES   folder with node_modules
//   INDELIBLE_PEERS_RUN_DIR    folder that is removed at the end; in its folder "pg" runs the database
//   INDELIBLE_PEERS_STATE      the JSON file to write when all is ready
//   SEED=0, RATE_LIMITS=1      as in net.sh
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { createRequire } from 'node:module'

import { CHAT_SERVICE_DID, startChat } from './chat.mjs'
import { startDoors } from './doors.mjs'
import { People } from './people.mjs'
import { seed } from './seed.mjs'

const environment = process.env
const statePath = environment.INDELIBLE_PEERS_STATE
const runDir = environment.INDELIBLE_PEERS_RUN_DIR
const rateLimits = environment.RATE_LIMITS === '1'
const load = createRequire(path.join(environment.INDELIBLE_PEERS_PACKAGES, 'package.json'))
environment.LOG_ENABLED ??= 'false'
environment.REDIS_HOST ??= 'unused' // dev-env insists that it is set, and connects to none

// The servers listen on every address of the machine and offer no option: give each listen() without an address loopback.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (first, ...rest) {
  if (first === undefined || first === null || typeof first === 'function')
    return listen.call(this, 0, '127.0.0.1', ...(first ? [first] : []), ...rest)
  if (first !== null && typeof first === 'object' && 'port' in first)
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...rest)
  if (Number.isInteger(Number(first)) && typeof rest[0] !== 'string')
    return listen.call(this, first, '127.0.0.1', ...rest)
  return listen.call(this, first, ...rest)
}

const { TestNetwork } = load('@atproto/dev-env')
const network = await TestNetwork.create({
  dbPostgresUrl: `postgresql://postgres@localhost/postgres?host=${runDir}/pg`,
  dbPostgresSchema: 'peers',
  pds: { hostname: 'localhost', enableDidDocWithSession: true, ...(rateLimits && { rateLimitsEnabled: true }) },
})
const settle = () => network.processAll(20000)

// The PDS passes direct messages on to the service that this DID names; here it is the stand-in on loopback.
const chat = await startChat(load, {
  idResolver: network.pds.ctx.idResolver,
  handleOf: async (did) => (await network.pds.ctx.accountManager.getAccount(did))?.handle,
})
const didResolver = network.pds.ctx.idResolver.did
const resolveDid = didResolver.resolve.bind(didResolver)
didResolver.resolve = async (did, forceRefresh) =>
  did === CHAT_SERVICE_DID
    ? { id: did, service: [{ id: '#bsky_chat', type: 'BskyChatService', serviceEndpoint: chat.url }] }
    : resolveDid(did, forceRefresh)

const people = new People(load, { service: network.pds.url, settle })
await people.add('shop', { name: 'Marigold Bakehouse', handle: 'marigold.test' })
await people.add('ana', { name: 'Ana Duarte' })
await people.add('ben', { name: 'Ben Okafor' })
await people.add('mei', { name: '林美 Mei' })
await settle()
const seeded = environment.SEED === '0' ? { posts: {}, messages: {} } : await seed(people)
const doors = await startDoors({ people, settle, appview: network.bsky.url })

const state = {
  pid: process.pid,
  rateLimits,
  pds: network.pds.url,
  appview: network.bsky.url,
  plc: network.plc.url,
  chat: chat.url,
  control: doors.url,
  accounts: people.accounts,
  ...seeded,
}
// Whole or not at all: readers wait for the file to appear.
fs.writeFileSync(`${statePath}.part`, JSON.stringify(state, null, 2) + '\n', { mode: 0o600 })
fs.renameSync(`${statePath}.part`, statePath)
console.log(`ready after ${Math.round(process.uptime() * 1000)} ms`)

let stopping = false
async function stop() {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(1), 8000).unref()
  await Promise.allSettled([doors.close(), chat.close()])
  await network.close()
  spawnSync(path.join(import.meta.dirname, 'pg.sh'), ['down', path.join(runDir, 'pg')], { stdio: 'inherit' })
  fs.rmSync(runDir, { recursive: true, force: true })
  process.exit(0)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
// Nobody may come to stop it: it ends when its state file is gone, and after six hours in any case.
setInterval(() => fs.existsSync(statePath) || stop(), 5000).unref()
setTimeout(stop, 6 * 3600 * 1000).unref()
