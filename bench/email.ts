import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Context, findChannel, type Json, type RawEvent } from '@qiao/channels'
import { parseMail } from '@qiao/mail'
import { simpleParser } from 'mailparser'
import { keptBy } from '../apps/server/src/delivery/accounts/kept.ts'
import { storeEvents } from '../apps/server/src/delivery/inbound/store-events.ts'
import { openDatabase } from '../apps/server/src/platform/database/connect.ts'
import { migrate } from '../apps/server/src/platform/database/migrate.ts'
import { createLog } from '../apps/server/src/platform/log.ts'
import { createDiskStorage } from '../apps/server/src/platform/storage/disk-storage.ts'
import { startCuttingProxy } from '../packages/channels/src/email/testing/cutting-proxy.ts'
import { hasDovecot, startDovecot } from '../packages/channels/src/email/testing/dovecot.ts'
import { benchMail } from './support/bench-mails.ts'
import { benchDatabase } from './support/database.ts'
import { flatMemory, memoryFaults, memoryGrowth, type MemorySample, sampleMemory } from './support/memory-growth.ts'
import { table } from './support/report.ts'
import { temporaryFolder } from './support/server-process.ts'

/**
 * `npm run bench -- email [--mails N] [--mailbox N]`: how many mails a second are read and stored, beside a bare parser;
 * then the first look at a mailbox of 100,000 mails whose line is cut again and again: each mail once, and no more memory
 * after all of them than after the first tenth (`flatMemory`). `--mailbox 0` leaves it out; `--leak BYTES` holds so much of
 * each mail, to see that the bound catches it.
 */
const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '2000' },
    mailbox: { type: 'string', default: '100000' },
    leak: { type: 'string', default: '0' },
  },
})
const [count, mailbox, leak] = [Number(values.mails), Number(values.mailbox), Number(values.leak)]

await using folder = await temporaryFolder()
await using database = await benchDatabase(folder.path)
await using stack = new AsyncDisposableStack()
const log = createLog({ level: 'silent' })
const { db, pool, close } = await openDatabase({ url: database.url, poolSize: 2, applicationName: 'bench', log })
stack.defer(close)
await migrate(pool, join(import.meta.dirname, '../apps/server/migrations'), log)
const email = findChannel('email')
if (!email?.letters || !email.pull) throw new Error('There is no channel for mail')
const { letters, pull } = email

const newInbox = async (): Promise<string> => {
  const id = randomUUID()
  await pool.query(
    `insert into inboxes (id, channel, key, name, created_at) values ($1::uuid, 'email', $1::text, 'Mail', now())`,
    [id],
  )
  return id
}
function contextOf(inboxId: string, config: object): Context<unknown> {
  return {
    config: email?.config.parse(config),
    http: async () => ({ kind: 'silence', written: false, reason: 'Nobody is asked' }),
    now: () => new Date(),
    log: { info: () => undefined, warn: () => undefined },
    tokens: { get: async () => '', put: async () => undefined, drop: async () => undefined },
    callbackUrl: '',
    key: (purpose) => createHash('sha256').update(purpose).digest('hex'),
    ...keptBy(createDiskStorage({ folder: join(folder.path, 'files') }), inboxId),
  }
}
const store = (inboxId: string, events: readonly RawEvent[]) =>
  db.transaction().execute(async (tx) => storeEvents(tx, [{ inboxId, events, settleMs: 0 }], new Date()))
const storedIn = async (inboxId: string): Promise<number> =>
  Number((await pool.query('select count(*) from channel_events where inbox_id = $1', [inboxId])).rows[0].count)
const account = { address: 'help@shop.example', user: 'bench', password: 'password', verifySenders: false }

const mails = Array.from({ length: count }, (_, number) => benchMail(number))
async function perSecond(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return count / ((performance.now() - began) / 1000)
}
const inboxId = await newInbox()
const context = contextOf(inboxId, account)
const envelope = { from: '', to: [account.address], remoteAddress: null, helo: null }
// Both have what they load.
await simpleParser(benchMail(0))
await letters.take({ raw: benchMail(0), envelope }, context)
const bare = await perSecond(async () => {
  for (const raw of mails) await simpleParser(raw)
})
const parsed = await perSecond(async () => {
  for (const raw of mails) parseMail(raw)
})
const stored = await perSecond(async () => {
  for (let from = 0; from < mails.length; from += 50) {
    const events: RawEvent[] = []
    for (const raw of mails.slice(from, from + 50)) events.push(await letters.take({ raw, envelope }, context))
    await store(inboxId, events)
  }
})
const faults: string[] = []
if ((await storedIn(inboxId)) !== count) faults.push(`${await storedIn(inboxId)} of ${count} mails were stored`)
console.log(
  table(
    ['mails', 'a second'],
    [
      ['floor: mailparser, nothing kept', bare.toFixed(0)],
      ['our parser, nothing kept', parsed.toFixed(0)],
      ['read in the thread, kept, checked and stored', stored.toFixed(0)],
    ],
  ),
)

async function firstLook() {
  const server = await startDovecot()
  stack.defer(() => server.stop())
  for (let from = 0; from < mailbox; from += 1_000) {
    const some = Array.from({ length: Math.min(1_000, mailbox - from) }, (_, at) => benchMail(from + at))
    await server.deliver('bench', some)
  }
  const proxy = await startCuttingProxy(server.port)
  stack.defer(() => proxy.stop())
  // About every three hundred mails.
  proxy.state.cutAfter = 12_000_000
  const id = await newInbox()
  const imap = { imapHost: '127.0.0.1', imapPort: proxy.port, imapSecurity: 'none', firstDays: 1 }
  const looking = contextOf(id, { ...account, ...imap })
  let state: Json = null
  let seen = 0
  const samples: MemorySample[] = []
  const leaked: Buffer[] = []
  const sampled = mailbox / 20
  const began = performance.now()
  for (let more = true; more;) {
    const result = await pull.fetch(state, looking)
    if (result.kind === 'failed') continue
    await store(id, result.events)
    ;({ state, more } = result)
    seen += result.events.length
    if (leak > 0) leaked.push(...result.events.map(() => Buffer.alloc(leak, 1)))
    if (seen >= sampled * (samples.length + 1) || !more) samples.push(sampleMemory(seen - (seen % sampled)))
  }
  const seconds = (performance.now() - began) / 1000
  if ((await storedIn(id)) !== mailbox) faults.push(`${await storedIn(id)} of ${mailbox} in the mailbox are stored`)
  faults.push(...memoryFaults(samples, mailbox, flatMemory))
  if (leaked.length > 0) console.log(`${leak} bytes of each of ${leaked.length} mails were held on purpose`)
  const { early, late, live, resident } = memoryGrowth(samples, mailbox)
  console.log(
    table(
      ['first look at a mailbox', 'mails', 'seconds', 'a second', 'cuts', 'taken twice'],
      [['', ...[mailbox, seconds, mailbox / seconds, proxy.state.cuts, seen - mailbox].map((each) => each.toFixed(0))]],
    ),
  )
  console.log(
    table(
      ['memory in MB', 'first tenth', 'most after it', 'grew by', 'bound'],
      [
        ['live', ...[early.live, late.live, live, flatMemory.live].map((each) => each.toFixed(0))],
        ['resident', ...[early.resident, late.resident, resident, flatMemory.resident].map((each) => each.toFixed(0))],
      ],
    ),
  )
  return { seconds, cuts: proxy.state.cuts, memory: { early, late, live, resident, bound: flatMemory } }
}
const look = mailbox > 0 && hasDovecot() ? await firstLook() : null
if (mailbox > 0 && !look) faults.push('Without dovecot no mailbox was looked at')
for (const fault of faults) console.error(fault)
console.log(
  JSON.stringify({
    name: 'email',
    value: stored,
    unit: 'mails a second, read and stored',
    floor: bare,
    ratio: stored / bare,
    parsedPerSecond: parsed,
    mailbox: look && { mails: mailbox, ...look },
    faults: faults.length,
  }),
)
process.exitCode = faults.length > 0 ? 1 : 0
