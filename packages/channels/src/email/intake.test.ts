import { domainToASCII } from 'node:url'
import { expect, test } from 'vitest'
import { testContext } from '../test-context.ts'
import { mailAddress } from './address.ts'
import type { Arrival } from './intake.ts'
import { noRecords, now, ourId, taken, testConfig } from './fixtures.ts'
import { emailWith } from './index.ts'
import { conversationOf, judgeMessageId, replyAddress } from './names.ts'
import { normalise } from './normalise.ts'
import { bareSubject, numberIn, outgoingSubject } from './subject.ts'
import { bounceMail, chineseMail, plainMail } from './testing/mails.ts'

const conversationId = '0190a6b0-0000-7000-8000-00000000000b'
const read = async (raw: Buffer, changes: Partial<Arrival> = {}) => {
  const [event] = normalise((await taken(raw, changes)).data)
  if (event?.kind !== 'message' || event.content.type !== 'mail') throw new Error(`It is ${event?.kind}`)
  return { ...event, content: event.content }
}
const context = () => testContext(testConfig, { now: () => now })
const key = context().key('letters')

test.each([
  ['Fang@Customer.Example', 'fang@customer.example'],
  ['  <a.b+c@d.example> ', 'a.b+c@d.example'],
  ['mailto:x@y.example', 'x@y.example'],
  ['王芳@例子.中国', '王芳@xn--fsqu00a.xn--fiqs8s'],
  ['user@xn--fsqu00a.xn--fiqs8s', 'user@xn--fsqu00a.xn--fiqs8s'],
  ['nobody', null],
  ['@shop.example', null],
  ['a b@shop.example', null],
  ['a..b@shop.example', null],
  ['a@shop example', null],
  [`${'a'.repeat(65)}@shop.example`, null],
  ['a@b@c.example', null],
])('the address %s is %s', (text, canonical) => expect(mailAddress(text)).toBe(canonical))

test.each([
  ['Re: AW: 回复：茶叶 [#42]', '茶叶', 42],
  ['[#7] Fwd: Tea', 'Fwd: Tea', 7],
  ['RE[2]: Tea', 'Tea', undefined],
  ['Regarding tea #9', 'Regarding tea #9', undefined],
  ['Re:', '', undefined],
])('the subject %s', (subject, bare, number) => {
  expect([bareSubject(subject), numberIn(subject)]).toEqual([bare, number])
})
test('a subject that goes out is answered once, and is not doubled when it comes back', () => {
  expect(outgoingSubject('茶叶', true, 42)).toBe('Re: 茶叶 [#42]')
  expect(outgoingSubject('Re: 茶叶', true, null)).toBe('Re: 茶叶')
  expect(outgoingSubject('Fwd: 茶叶', true, null)).toBe('Fwd: 茶叶')
  expect(bareSubject(outgoingSubject('茶叶', true, 42))).toBe('茶叶')
})

test('the same mail by two ways is one, another under the same id is another', async () => {
  const first = await taken(plainMail())
  const other = await taken(plainMail({ headers: ['Received: from a by b', 'X-Spam: no'] }), {
    receivedAt: new Date(now.getTime() + 60_000),
    number: 9,
  })
  expect(other.id).toBe(first.id)
  expect((await taken(plainMail({ text: 'Something else' }))).id).not.toBe(first.id)
  const nameless = await taken(plainMail({ id: null }))
  expect(nameless.id).toMatch(/^sha256:[0-9a-f]{64}$/u)
  expect((await taken(plainMail({ id: null }))).id).toBe(nameless.id)
  expect(first.orderKey).toBe('fang@customer.example')
})

test('a reply address leads to its conversation, and a made-up one nowhere', async () => {
  const address = replyAddress(key, conversationId, testConfig.address) ?? ''
  expect(address).toMatch(/^help\+c\.[0-9a-f]{32}\.[0-9a-f]{20}@shop\.example$/u)
  expect((await read(plainMail({ to: `Shop <${address.toUpperCase()}>` }))).belongs).toEqual({ conversationId })
  expect((await read(plainMail({ headers: [`Delivered-To: ${address}`] }))).belongs).toEqual({ conversationId })
  const envelope = { from: '', to: [address], remoteAddress: null, helo: null }
  expect((await read(plainMail(), { envelope })).belongs).toEqual({ conversationId })
  const forged = address.replace(/.(?=@)/u, (letter) => (letter === '0' ? '1' : '0'))
  const event = await read(plainMail({ to: forged }))
  expect(event.belongs).toBeUndefined()
  expect(event.copies).toBeUndefined()
})

test('long addresses have the short form, the longest none', () => {
  const short = replyAddress(key, conversationId, 'customer-care@shop.example') ?? ''
  expect(short.indexOf('@')).toBeLessThanOrEqual(64)
  expect(conversationOf(key, short, ['customer-care@shop.example'])).toBe(conversationId)
  expect(conversationOf(key, short, ['help@shop.example'])).toBeNull()
  expect(conversationOf(key, short.replace(/.(?=@)/u, '_'), ['customer-care@shop.example'])).toBeNull()
  expect(replyAddress(key, conversationId, `${'a'.repeat(30)}@shop.example`)).toBeNull()
})

test('names of our form that we never gave are left out of what it answers', async () => {
  const madeUp = ourId.replace(/[0-9a-f](?=@)/u, (digit) => (digit === '0' ? '1' : '0'))
  expect([ourId, madeUp, '<a@b>'].map((id) => judgeMessageId(key, id))).toEqual(['ours', 'made-up', 'other'])
  const headers = [`In-Reply-To: ${madeUp}`, `References: <a@b> ${ourId} ${madeUp}`]
  expect((await read(plainMail({ headers, id: '<second@customer.example>' }))).answers).toEqual([ourId, '<a@b>'])
})

test('a bounce that names no letter of ours is a letter by itself', async () => {
  const [event] = normalise((await taken(bounceMail('<guess@shop.example>', '5.1.1'))).data)
  expect(event).toMatchObject({ kind: 'message', content: { automatic: 'auto-reply' } })
})
test('a server that named our mail anew is understood by our own header', async () => {
  const raw = bounceMail('<0100@ses.example>', '5.1.1', { extra: `X-Qiao-Id: ${ourId}` })
  expect(normalise((await taken(raw)).data)).toMatchObject([{ messageId: ourId }, { kind: 'unreachable' }])
})

test('a form writes for the customer, who is answered', async () => {
  const headers = ['Reply-To: Li <li@customer.example>']
  const event = await read(plainMail({ from: 'Forms <noreply@forms.example>', headers }))
  expect(event.from).toEqual({ address: 'li@customer.example', name: 'Li', claimed: true })
  expect(event.content.from).toEqual({ name: 'Forms', address: 'noreply@forms.example' })
  expect(event.content).toMatchObject({ answerable: false })
  expect(event.content).not.toHaveProperty('automatic')
  const own = await read(plainMail({ from: 'Shop <help@shop.example>', headers }))
  expect(own.from.address).toBe('li@customer.example')
  // A person who wants answers elsewhere stays who they are.
  const person = await read(plainMail({ headers }))
  expect(person.from.address).toBe('fang@customer.example')
  expect(person.extra).toEqual({ replyTo: [{ name: 'Li', address: 'li@customer.example' }] })
})

test.each([
  ['Fang <fang@customer.example>', [], []],
  ['Shop <help@sh0p.example>', [], ['sender-lookalike']],
  ['Shop <help@xn--hop-snb.example>', [], []],
  [`Shop <help@${domainToASCII('sh\u043Ep.example')}>`, [], ['sender-lookalike']],
  ['"help@shop.example" <x@elsewhere.example>', [], ['name-is-address']],
  ['Fang <fang@customer.example>', ['Reply-To: x@elsewhere.example'], ['reply-to-differs']],
  ['Fang <fang@customer.example>', ['Reply-To: x@mail.customer.example'], []],
] as const)('%s %j warns of %j', async (from, headers, warnings) => {
  expect((await read(plainMail({ from, headers: [...headers] }))).content.warnings).toEqual(warnings)
})

test('long HTML is kept beside the event, and files are read out of the mail that was kept', async () => {
  const html = `<p>${'long '.repeat(60_000)}</p>`
  const raw = Buffer.from(
    `From: a@b.example\r\nMessage-ID: <l@b.example>\r\nContent-Type: text/html\r\n\r\n${html}\r\n`,
  )
  const given = context()
  const [event] = normalise((await taken(raw, {}, given)).data)
  if (event?.kind !== 'message' || event.content.type !== 'mail') throw new Error('No mail')
  expect(event.content.html).toBeNull()
  expect((await given.kept(event.content.htmlKept ?? ''))?.toString()).toContain(html)
  expect(await given.kept(event.content.original)).toEqual(raw)
  expect(JSON.stringify(event).length).toBeLessThan(700_000)

  const channel = emailWith(noRecords)
  const chinese = normalise((await taken(chineseMail(), {}, given)).data)[0]
  if (chinese?.kind !== 'message' || chinese.content.type !== 'mail') throw new Error('No mail')
  const [file] = chinese.content.files
  expect(await channel.fetchMedia?.(file ?? {}, given)).toEqual({
    kind: 'fetched',
    bytes: Buffer.from('pixels'),
    mime: 'image/png',
    name: 'cup.png',
  })
  expect(await channel.fetchMedia?.({ id: `${chinese.content.original}:9` }, given)).toMatchObject({ kind: 'gone' })
  expect(await channel.fetchMedia?.({ id: 'nothing:0' }, given)).toMatchObject({ kind: 'gone' })
})

test('a mail whose body was not fetched says so', async () => {
  const head = plainMail({ text: '' })
  expect((await read(head, { headersOnly: true })).content).toMatchObject({ warnings: ['cut-size'], text: '' })
})

test.each([
  ['ten thousand recipients', `To: ${Array.from({ length: 10_000 }, (_, at) => `a${at}@b.example`).join(', ')}\r\n`],
  ['ten thousand references', `References: ${Array.from({ length: 10_000 }, (_, at) => `<${at}@b>`).join(' ')}\r\n`],
  ['a subject of a megabyte', `Subject: ${'s'.repeat(1_000_000)}\r\n`],
  ['NUL everywhere', 'Subject: a\0b\r\nTo: "\0" <a@b.example>\r\n'],
])('%s are bounded', async (_, headers) => {
  const raw = Buffer.from(`From: x@y.example\r\n${headers}Message-ID: <m@y.example>\r\n\r\nbody \0 end\r\n`)
  const { data } = await taken(raw)
  expect(normalise(data)).toMatchObject([{ kind: 'message' }])
  expect(JSON.stringify(data).length).toBeLessThan(100_000)
  expect(JSON.stringify(data)).not.toContain(String.raw`\u0000`)
})
