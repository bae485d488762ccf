import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { compose, startCourierCompany } from '../../testing/courier-company.ts'

/** A key and a certificate that the library brings along for tests. */
const pair = z
  .object({ key: z.string(), cert: z.string() })
  .parse(createRequire(import.meta.url)('smtp-server/lib/tls-options.js')())
const folder = await mkdtemp(join(tmpdir(), 'qiao-smtp-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
await writeFile(key, pair.key)
await writeFile(cert, pair.cert)
const company = await startCourierCompany({
  settings: { QIAO_SMTP_PORT: '0', QIAO_SMTP_TLS_KEY: key, QIAO_SMTP_TLS_CERT: cert },
})
const { db, smtpPort, write } = company
const transport = createTransport({
  host: '127.0.0.1',
  port: smtpPort ?? 0,
  requireTLS: true,
  tls: { rejectUnauthorized: false },
})
afterAll(() => transport.close())

const send = (to: string | string[], raw: Buffer, from = 'fang@example.com') =>
  transport.sendMail({ envelope: { from, to }, raw })
const letter = (messageId: string, more: object = {}) =>
  compose({ from: 'fang@example.com', to: 'help@shop.example', subject: 'Tea', text: 'hello', messageId, ...more })
/** The code with which it was refused. */
const refused = (sending: Promise<unknown>): Promise<number> =>
  sending.then(
    () => 250,
    (error: unknown) => z.object({ responseCode: z.number() }).parse(error).responseCode,
  )
const stored = async (messageId: string) =>
  (await db.selectFrom('channel_events').select('id').where('event_id', '=', messageId).execute()).length

test('a letter that was answered with 250 is stored; the same by another way is no second one', async () => {
  const messageId = `<${uuidv7()}@example.com>`
  const raw = await letter(messageId)
  await send('help@shop.example', raw)
  expect(await stored(messageId)).toBe(1)
  await send('Help+c.something@Shop.example', raw)
  const entry = await write({ from: 'fang@example.com', subject: 'Tea', text: 'hello', messageId })
  expect(entry.body.content).toMatchObject({ type: 'mail', text: 'hello' })
  expect(await stored(messageId)).toBe(1)
})

test('nothing is passed on to others, and a letter to several of ours is one', async () => {
  const messageId = `<${uuidv7()}@example.com>`
  const raw = await letter(messageId)
  expect(await refused(send('somebody@else.example', raw))).toBe(550)
  expect(await stored(messageId)).toBe(0)
  const { rejected } = await send(['help@shop.example', 'help+x@shop.example', 'nobody@shop.example'], raw)
  expect(rejected).toEqual(['nobody@shop.example'])
  expect(await stored(messageId)).toBe(1)
})

test('what cannot be stored is not answered as if it were', async () => {
  const messageId = `<${uuidv7()}@example.com>`
  await db.schema.alterTable('channel_events').renameTo('channel_events_away').execute()
  try {
    expect(await refused(send('help@shop.example', await letter(messageId)))).toBe(451)
  } finally {
    await db.schema.alterTable('channel_events_away').renameTo('channel_events').execute()
  }
  await send('help@shop.example', await letter(messageId))
  expect(await stored(messageId)).toBe(1)
})

test('a letter that is too large is refused', async () => {
  const raw = Buffer.concat([await letter(`<${uuidv7()}@example.com>`), Buffer.alloc(70_000_000, 'x\r\n')])
  expect(await refused(send('help@shop.example', raw))).toBe(552)
})

test('a sender who writes without end is asked to wait', async () => {
  const socket = connect(smtpPort ?? 0, '127.0.0.1')
  const answers: string[] = []
  // Whoever talks before they are greeted is shown out.
  await once(socket, 'data')
  socket.on('data', (piece: Buffer) => answers.push(piece.toString()))
  socket.write(`EHLO example.com\r\n${'MAIL FROM:<fang@example.com>\r\nRSET\r\n'.repeat(400)}QUIT\r\n`)
  await once(socket, 'close')
  expect(answers.join('').match(/^421 4\.7\.0/m)).not.toBeNull()
})
