import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { parseMail } from '@qiao/mail'
import type { Inbox } from '@qiao/protocol'
import { Pool } from 'pg'
import { startCuttingProxy } from '../packages/channels/src/email/testing/cutting-proxy.ts'
import { hasDovecot, startDovecot } from '../packages/channels/src/email/testing/dovecot.ts'
import { plainMail } from '../packages/channels/src/email/testing/mails.ts'
import { hasPostfix, startPostfix } from '../packages/channels/src/email/testing/postfix.ts'
import { benchDatabase } from './support/database.ts'
import { table } from './support/report.ts'
import { freePort, serverProcess, temporaryFolder } from './support/server-process.ts'
import { setUp } from './support/staff.ts'

/**
 * `npm run bench -- mailbox [--mails N] [--threads N] [--cuts N]`: a mailbox of Dovecot fills, agents answer by Postfix and
 * customers answer them, while the line to the mailbox is cut, the mailbox is numbered anew and the server is killed with -9.
 * Each mail must be there once and in its thread, each answer at the customer once or told as unknown. Needs root.
 */
const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '5000' },
    threads: { type: 'string', default: '500' },
    cuts: { type: 'string', default: '20' },
  },
})
const [mails, threads, cuts] = [Number(values.mails), Number(values.threads), Number(values.cuts)]
const patienceMs = 600_000
if (!hasDovecot() || !hasPostfix()) process.exit(1)

const numbers = Array.from({ length: threads }, (_, thread) => thread)
const userOf = (thread: number): string => `c${thread}`
const addressOf = (thread: number): string => `${userOf(thread)}@customer.example`
const nameOf = (thread: number, turn: number): string => `<t${thread}.${turn}@customer.example>`
const wordsOf = (thread: number, turn: number): string => `thread ${thread} mail ${turn}`
const answerTo = (thread: number): string => `answer to thread ${thread}.`

await using folder = await temporaryFolder()
await using stack = new AsyncDisposableStack()
const dovecot = await startDovecot()
stack.defer(() => dovecot.stop())
const postfix = await startPostfix(dovecot, ['help@shop.example', ...numbers.map(addressOf)])
stack.defer(() => postfix.stop())
const line = await startCuttingProxy(dovecot.port)
stack.defer(() => line.stop())
await using database = await benchDatabase(folder.path)
await using server = serverProcess(await freePort(), {
  QIAO_DATA_DIR: folder.path,
  DATABASE_URL: database.url,
  QIAO_ALLOW_PRIVATE_TARGETS: 'on',
  LOG_LEVEL: 'error',
})
await server.start()
const pool = new Pool({ connectionString: database.url, max: 4 })
// Before the database.
await using reading = new AsyncDisposableStack()
reading.defer(() => pool.end())
const staff = await setUp(server.url)
const inbox = await staff.call<Inbox>('POST', '/api/v1/inboxes', { name: 'Mail', channel: 'email', teamIds: [] })
const account = `/api/v1/inboxes/${inbox.id}/account`
const { version } = await staff.call<{ version: number }>('GET', account)
await staff.call('PUT', account, {
  version,
  config: {
    address: 'help@shop.example',
    user: 'help',
    password: 'password',
    imapHost: '127.0.0.1',
    imapPort: line.port,
    imapSecurity: 'none',
    smtpHost: '127.0.0.1',
    smtpPort: postfix.port,
    smtpSecurity: 'none',
    verifySenders: false,
    firstDays: 1,
  },
})
const started = performance.now()

const stored = async (): Promise<{ thread: number; turn: number; conversationId: string }[]> => {
  const { rows } = await pool.query<{ said: string; id: string }>(
    `select body #>> '{content,text}' as said, c.id from conversations as c join entries on conversation_id = c.id
     where inbox_id = $1 and kind = 'message.received'`,
    [inbox.id],
  )
  return rows.map(({ said, id }) => {
    const [, thread, turn] = /^thread (\d+) mail (\d+)$/.exec(said.trim()) ?? []
    return { thread: Number(thread), turn: Number(turn), conversationId: id }
  })
}
async function until(name: string, done: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(500)) if (await done()) return
  console.error(`${name}: not within ${patienceMs / 1000} s`)
}
const killAndStart = async (): Promise<void> => {
  await server.kill('SIGKILL')
  await server.start()
}

/** Mails come turn by turn; in between the line is cut, and once each the mailbox is numbered anew and the server killed. */
async function deliver(turns: readonly number[], write: (thread: number, turn: number) => Buffer, validity: number) {
  const all = turns.flatMap((turn) => numbers.map((thread) => write(thread, turn)))
  const pieces = Math.max(1, Math.round(cuts / 2))
  const size = Math.ceil(all.length / pieces)
  for (let piece = 0; piece < pieces; piece += 1) {
    await dovecot.deliver('help', all.slice(piece * size, (piece + 1) * size))
    await sleep(1_000)
    line.cut()
    line.state.cuts += 1
    if (piece === Math.floor(pieces / 3)) await killAndStart()
    if (piece === Math.floor((pieces * 2) / 3))
      await dovecot.doveadm('mailbox', 'update', '-u', 'help', '--uid-validity', String(validity), 'INBOX')
  }
  return all.length
}

const perThread = Math.floor(mails / threads)
const firstTurns = Array.from({ length: Math.ceil(perThread / 2) }, (_, turn) => turn)
const laterTurns = Array.from({ length: perThread - firstTurns.length }, (_, turn) => firstTurns.length + turn)
const firstCount = await deliver(
  firstTurns,
  (thread, turn) =>
    plainMail({
      from: `Customer ${thread} <${addressOf(thread)}>`,
      subject: turn === 0 ? `Question ${thread}` : `Re: Question ${thread}`,
      id: nameOf(thread, turn),
      text: wordsOf(thread, turn),
      headers: turn === 0 ? [] : [`In-Reply-To: ${nameOf(thread, 0)}`, `References: ${nameOf(thread, 0)}`],
    }),
  4711,
)
await until('first mails', async () => (await stored()).length >= firstCount)

const conversationOf = new Map((await stored()).map(({ thread, conversationId }) => [thread, conversationId]))
async function answer(thread: number): Promise<string | null> {
  const body = { clientKey: randomUUID(), content: { type: 'text', text: answerTo(thread) } }
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(200)) {
    try {
      const path = `/api/v1/conversations/${conversationOf.get(thread)}/messages`
      const { entries } = await staff.call<{ entries: { id: string; kind: string }[] }>('POST', path, body)
      return entries.find(({ kind }) => kind === 'message.sent')?.id ?? null
    } catch (error) {
      if (error instanceof Error && /^4\d\d /.test(error.message)) throw error
    }
  }
  return null
}
const answers = new Map<number, string | null>()
for (const thread of numbers) {
  answers.set(thread, await answer(thread))
  if (thread === Math.floor(threads / 2)) await killAndStart()
}
const waiting = async (): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int from deliveries where inbox_id = $1 and state = 'waiting'`,
    [inbox.id],
  )
  return rows[0]?.count ?? 0
}
await until('answers', async () => (await waiting()) === 0)
// Postfix has taken them; it puts them into the mailboxes a moment later.
await sleep(3_000)

/** What lies in the customer's mailbox. */
async function received(thread: number) {
  const box = join(dovecot.mail, userOf(thread), 'new')
  const names = await readdir(box).catch(() => [])
  return Promise.all(names.map(async (name) => parseMail(await readFile(join(box, name)))))
}
const boxes = await Promise.all(numbers.map(received))
const laterCount = await deliver(
  laterTurns,
  (thread, turn) => {
    // Who got no answer goes on by what they wrote themselves.
    const letter = boxes[thread]?.[0] ?? { messageId: nameOf(thread, 0), subject: `Question ${thread}`, references: [] }
    const colleague = turn % 3 === 0 && boxes[thread]?.[0] !== undefined
    return plainMail({
      from: colleague
        ? `Colleague ${thread} <d${thread}@customer.example>`
        : `Customer ${thread} <${addressOf(thread)}>`,
      subject: `Re: ${letter.subject}`,
      id: nameOf(thread, turn),
      text: wordsOf(thread, turn),
      headers: [`In-Reply-To: ${letter.messageId}`, `References: ${letter.references.join(' ')} ${letter.messageId}`],
    })
  },
  4712,
)
await until('later mails', async () => (await stored()).length >= firstCount + laterCount)

const found = await stored()
const { rows: deliveries } = await pool.query<{ entry_id: string; state: string }>(
  'select entry_id, state from deliveries where inbox_id = $1',
  [inbox.id],
)
const stateOf = new Map(deliveries.map((row) => [row.entry_id, row.state]))
const faults: string[] = []
for (const thread of numbers) {
  const own = found.filter((one) => one.thread === thread)
  const turns = own.map(({ turn }) => turn).toSorted((a, b) => a - b)
  const wanted = [...firstTurns, ...laterTurns]
  if (turns.join() !== wanted.join()) faults.push(`thread ${thread}: mails ${turns.join()} instead of ${wanted.join()}`)
  const conversations = new Set(own.map(({ conversationId }) => conversationId))
  if (conversations.size !== 1) faults.push(`thread ${thread} is ${conversations.size} conversations`)
  const copies = boxes[thread]?.filter(({ text }) => text.includes(answerTo(thread))).length ?? 0
  const state = stateOf.get(answers.get(thread) ?? '') ?? 'without a delivery'
  if (copies > 1) faults.push(`thread ${thread} got its answer ${copies} times`)
  if (copies === 0 && state !== 'unknown') faults.push(`thread ${thread} got no answer, which is ${state}`)
}
if (found.some(({ thread }) => Number.isNaN(thread))) faults.push('there are mails that nobody wrote')
for (const fault of faults.slice(0, 20)) console.error(fault)
const unknown = [...answers.values()].filter((id) => stateOf.get(id ?? '') === 'unknown').length
const seconds = (performance.now() - started) / 1000
const facts = [
  found.length,
  threads,
  answers.size,
  unknown,
  line.state.cuts,
  line.state.connections,
  3,
  seconds.toFixed(0),
]
console.log(
  table(['mails', 'threads', 'answers', 'unknown', 'cuts', 'connections', 'kills', 'seconds'], [facts.map(String)]),
)
console.log(
  JSON.stringify({ name: 'mailbox', value: faults.length, unit: 'faults', floor: 0, ratio: null, mails: found.length }),
)
process.exitCode = faults.length > 0 ? 1 : 0
