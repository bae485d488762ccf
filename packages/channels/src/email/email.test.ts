import { createHmac, generateKeyPairSync } from 'node:crypto'
import { parseMail, type Mail } from '@qiao/mail'
import { afterEach, describe, expect, test } from 'vitest'
import { sampleContents } from '../conformance-contents.ts'
import { type OutgoingMessage, type RawRequest, type SendResult } from '../contract.ts'
import { noFaults, serveApi } from '../simulator.ts'
import { testContext } from '../test-context.ts'
import { accept } from './accept.ts'
import { compose } from './compose.ts'
import { type Config, config } from './config.ts'
import { handedBy, noRecords, now, postOf, testConfig } from './fixtures.ts'
import { emailWith } from './index.ts'
import { letter } from './letter.ts'
import { conversationOf, judgeMessageId } from './names.ts'
import { startSimulator } from './simulator.ts'
import { plainMail } from './testing/mails.ts'
import { type Checked, judgeSender } from './trust.ts'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
const email = emailWith(noRecords)
const [id, conversationId] = ['0190a6b0-0000-7000-8000-00000000000a', '0190a6b0-0000-7000-8000-00000000000b']
const text = (words: string) => ({ type: 'text' as const, text: words, markup: 'none' as const })
const sample = (type: string) => sampleContents.find((content) => content.type === type) ?? text('')

const message = (to: string, content: OutgoingMessage['content'], changes: Partial<OutgoingMessage> = {}) => ({
  to,
  content,
  window: 'open' as const,
  links: {},
  ...changes,
})
const ofLetter = (changes: Partial<NonNullable<OutgoingMessage['letter']>> = {}) => ({
  letter: {
    id,
    subject: '茶叶',
    conversationId,
    conversationNumber: 42,
    references: [],
    body: null,
    automatic: false,
    ...changes,
  },
})

/** The channel and its simulated provider, with what came for us. */
async function connected(changes: Partial<Config> = {}) {
  const simulator = await startSimulator()
  const settings = config.parse({ ...simulator.config, ...changes })
  const context = testContext(settings)
  const events: Awaited<ReturnType<typeof take>>[] = []
  const take = (raw: Buffer, to: readonly string[]) =>
    email.letters!.take({ raw, envelope: { from: '', to, remoteAddress: null, helo: null } }, context)
  const receiver = await serveApi(noFaults(), async ({ method, url, headers, body }) => {
    const accepted = accept({ method, url, headers, body }, settings, new Date())
    if (accepted.kind === 'letters') {
      for (const { raw, envelope } of accepted.letters) events.push(await take(raw, envelope.to))
    }
    return accepted.kind === 'refused' ? { status: 500, body: accepted.reason } : { status: 200, body: '' }
  })
  simulator.pointTo(`${receiver.url}/callback`)
  stops.push(
    () => simulator.stop(),
    () => receiver.stop(),
  )
  const send = (given: OutgoingMessage): Promise<SendResult> => {
    const rendered = email.render(given, settings)
    if (rendered.kind === 'impossible') throw new Error(rendered.problem.code)
    return email.send(rendered.parts[0], context)
  }
  const arrived = () =>
    [...new Map(events.map((event) => [event.id, event])).values()].flatMap(({ data }) =>
      email.normalise(data, settings),
    )
  return { simulator, settings, context, send, arrived, events }
}

describe('a conversation by mail', () => {
  test('each says what it answers, and both sides see words only once', async () => {
    const { simulator, send, arrived, context, events } = await connected()
    simulator.faults.duplicates = 1
    const phone = simulator.phone('fang')
    const first = await phone.say({ type: 'text', text: '茶叶到货了吗？' })
    await simulator.settled()
    expect(events).toHaveLength(2)
    const sent = await send(message(phone.address, text('明天到货。'), ofLetter({ references: [first] })))
    const ours = sent.kind === 'accepted' ? (sent.messageId ?? '') : ''
    expect(judgeMessageId(context.key('letters'), ours)).toBe('ours')
    await phone.say({ type: 'text', text: '好的，谢谢！' })
    await simulator.settled()
    expect(phone.screen.map((shown) => shown.text)).toEqual(['茶叶到货了吗？', '明天到货。', '好的，谢谢！'])
    expect(arrived()).toMatchObject([
      { kind: 'message', id: first, content: { subject: '茶叶到货了吗？', text: '茶叶到货了吗？' } },
      {
        kind: 'message',
        content: { subject: '茶叶到货了吗？', text: '好的，谢谢！' },
        answers: [ours, first],
        belongs: { conversationId },
      },
    ])
    expect(simulator.refusals).toEqual([])
  })

  test.each(sampleContents)('$type arrives as a letter', async (content) => {
    const { simulator, send } = await connected()
    const phone = simulator.phone('fang')
    const to = content.type === 'mail' ? { to: [{ name: '王芳', address: phone.address }] } : {}
    expect(await send(message(phone.address, { ...content, ...to }, ofLetter()))).toMatchObject({ kind: 'accepted' })
    const [shown] = phone.screen
    const isFile = 'attachment' in content
    expect(shown?.type).toBe(isFile ? content.type : 'text')
    expect(shown?.text).not.toBe('')
    const bytes = simulator.file?.(shown?.media?.id ?? '')?.bytes.toString()
    expect(bytes?.startsWith('bytes of') ?? false).toBe(isFile)
  })

  test('absence, a dead address and our own mail are told apart', async () => {
    const { simulator, send, arrived } = await connected()
    const [away, gone] = [simulator.phone('away'), simulator.phone('gone')]
    await away.act('absent')
    await gone.act('bounce')
    for (const { address } of [away, gone]) await send(message(address, text('Hello'), ofLetter()))
    await simulator.settled()
    expect(arrived()).toMatchObject([
      { kind: 'message', content: { automatic: 'auto-reply' } },
      { kind: 'receipt', state: 'failed', to: gone.address, problem: { code: 'unreachable', providerCode: '5.1.1' } },
      { kind: 'unreachable', address: gone.address },
    ])
  })
})

describe('answers of the mail server', () => {
  test.each([
    [[451], 'retry', 'provider-failed'],
    [[429], 'retry', 'rate-limited'],
    [[500], 'retry', 'provider-failed'],
    [[503], 'retry', 'provider-failed'],
    [[550], 'rejected', 'not-permitted'],
    [['silence'], 'retry', 'no-answer'],
    [['silence-after'], 'unknown', 'no-answer'],
  ] as const)('%j means %s', async (faults, kind, code) => {
    const { simulator, send } = await connected()
    const phone = simulator.phone('fang')
    simulator.faults.next = [...faults]
    expect(await send(message(phone.address, text('Hello')))).toMatchObject({ kind, problem: { code } })
    expect(phone.screen).toHaveLength(kind === 'unknown' ? 1 : 0)
    expect(await send(message(phone.address, text('Hello')))).toMatchObject({ kind: 'accepted' })
    // The same letter has the same name: where it arrived before, it is not there twice.
    expect(phone.screen).toHaveLength(1)
  })

  test('each recipient is taken or refused', async () => {
    const { simulator, send } = await connected()
    const [fang, gone, full] = ['fang', 'gone', 'full'].map((name) => simulator.phone(name))
    await gone?.act('refuse')
    await full?.act('full')
    const boxes = [fang, gone, full].map((phone) => ({ name: '', address: phone?.address ?? '' }))
    const [to = [], cc = [], bcc = []] = boxes.map((box) => [box])
    const mail = {
      ...sample('mail'),
      type: 'mail' as const,
      subject: 'Tea',
      from: null,
      text: 'Hi',
      attachments: [],
      warnings: [],
      to,
      cc,
      bcc,
    }
    expect(await send(message(fang?.address ?? '', mail, ofLetter()))).toMatchObject({
      kind: 'accepted',
      refused: [
        { address: gone?.address, problem: { code: 'unreachable', providerCode: '5.1.1' } },
        { address: full?.address, problem: { code: 'provider-failed', providerCode: '4.2.2' } },
      ],
    })
    expect(fang?.screen).toMatchObject([{ text: 'Hi' }])
    expect(await send(message(gone?.address ?? '', text('Hi')))).toMatchObject({
      kind: 'rejected',
      problem: { code: 'unreachable' },
    })
    expect(await send(message(full?.address ?? '', text('Hi')))).toMatchObject({ kind: 'retry' })
  })

  test('a wrong password is refused and found, and nothing tells it', async () => {
    const { simulator, send, context, settings } = await connected({ password: 'wrong-password' })
    const result = await send(message(simulator.phone('fang').address, text('Hello')))
    expect(result).toMatchObject({ kind: 'rejected', problem: { code: 'credentials-refused' } })
    const findings = await email.lifecycle.check(context)
    expect(findings.map(({ ok }) => ok)).toEqual([true, false])
    expect(JSON.stringify([result, findings, context.logged])).not.toContain('wrong-password')
    expect(await email.lifecycle.check({ ...context, config: { ...settings, smtpHost: '' } })).toMatchObject([
      { ok: true },
      { ok: false },
    ])
  })
  test('a server that is not there is found', async () => {
    const { context, settings } = await connected()
    const findings = await email.lifecycle.check({
      ...context,
      config: { ...settings, smtpPort: 1, smtpHost: '127.0.0.1' },
    })
    expect(findings.at(-1)).toMatchObject({ ok: false })
    expect(findings.at(-1)?.words.en).toContain('127.0.0.1:1 (SMTP) cannot be reached')
  })
})

describe('the letter', () => {
  const composed = async (content: OutgoingMessage['content'], changes = {}, settings: Partial<Config> = {}) => {
    const context = testContext({ ...testConfig, ...settings }, { now: () => now })
    const rendered = email.render(message('fang@customer.example', content, changes), context.config)
    if (rendered.kind === 'impossible') throw new Error(rendered.problem.code)
    const raw = await compose(letter.parse(rendered.parts[0].request), context)
    return { raw: raw.toString(), mail: parseMail(raw), context }
  }
  const mailWith = (changes: object): OutgoingMessage['content'] => ({ ...sample('mail'), ...changes })

  test('names what it answers and where answers go', async () => {
    const references = Array.from({ length: 60 }, (_, at) => `<${at}@customer.example>`)
    const { mail, raw, context } = await composed(mailWith({ subject: '茶叶' }), ofLetter({ references }))
    expect(mail).toMatchObject({
      subject: 'Re: 茶叶 [#42]',
      from: { name: '山茶集客服', address: 'help@shop.example' },
      to: [{ name: '王芳', address: 'fang@example.com' }],
      inReplyTo: '<59@customer.example>',
    } satisfies Partial<Mail>)
    expect(mail.references).toEqual([references[0], ...references.slice(-20)])
    const key = context.key('letters')
    expect(judgeMessageId(key, mail.messageId ?? '')).toBe('ours')
    expect(conversationOf(key, mail.replyTo[0]?.address ?? '', ['help@shop.example'])).toBe(conversationId)
    expect(raw).not.toMatch(/^(?:auto-submitted|bcc):/imu)
  })
  test('has HTML, pictures in it and files', async () => {
    const attachments = [
      { id, name: 'cup.jpg', mime: 'image/jpeg', bytes: 9, kind: 'image', cid: 'cup' },
      { id: conversationId, name: '发票.pdf', mime: 'application/pdf', bytes: 9, kind: 'file' },
    ]
    const body = { html: '<p>明天 <img src="cid:cup"></p>', text: '明天' }
    const { mail, raw } = await composed(mailWith({ attachments, text: '明天' }), ofLetter({ body }))
    expect(mail).toMatchObject({ html: body.html, keptText: '明天' })
    expect(mail.attachments.map(({ filename, cid, mime }) => [filename, cid, mime])).toEqual([
      ['cup.jpg', 'cup', 'image/jpeg'],
      ['发票.pdf', null, 'application/pdf'],
    ])
    expect(raw).toMatch(/multipart\/alternative/u)
    expect(raw).toMatch(/multipart\/related/u)
  })
  test('of plain words is signed', async () => {
    const plain = await composed(text('We have it.'), ofLetter({ signature: 'Lin\nTea shop' }))
    expect(plain.mail.text.trimEnd()).toBe('We have it.\n\n-- \nLin\nTea shop')
    expect(plain.mail).toMatchObject({ keptText: 'We have it.', signature: '--\nLin\nTea shop' })
  })
  test('of a program can be answered by none', async () => {
    const { mail, raw } = await composed(text('We have it.'), ofLetter({ automatic: true, references: ['<a@b>'] }))
    expect(mail.auto.kind).toBe('auto-reply')
    expect(raw).toMatch(/^X-Auto-Response-Suppress: All/mu)
  })
  test('headers cannot be smuggled in', async () => {
    const subject = 'Tea\r\nBcc: spy@elsewhere.example'
    const { mail, raw } = await composed(
      mailWith({ subject, to: [{ name: 'a\r\nX-Evil: 1', address: 'a@b.example' }] }),
      ofLetter(),
    )
    expect(mail.subject).toBe('Tea Bcc: spy@elsewhere.example [#42]')
    expect(raw).not.toMatch(/^(?:bcc|x-evil):/imu)
  })
  test('an address that is none, too many of them and too much is refused', () => {
    const refused = (changes: object) => email.render(message('a@b.example', mailWith(changes), ofLetter()), testConfig)
    expect(refused({ cc: [{ name: '', address: 'nobody' }] })).toMatchObject({ problem: { code: 'address-unknown' } })
    const many = Array.from({ length: 101 }, (_, at) => ({ name: '', address: `a${at}@b.example` }))
    expect(refused({ to: many })).toMatchObject({ problem: { code: 'too-large' } })
    const file = { id, name: 'a.zip', mime: 'application/zip', bytes: 20_000_000, kind: 'file' }
    expect(refused({ attachments: [file, file] })).toMatchObject({ problem: { code: 'too-large' } })
  })
  test('is signed with DKIM, which a receiver verifies', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    // As a field of one line leaves it.
    const dkimKey = String(privateKey.export({ type: 'pkcs8', format: 'pem' })).replaceAll('\n', '')
    const p = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    const records: Record<string, string[][]> = {
      'qiao._domainkey.shop.example': [[`v=DKIM1; k=rsa; p=${p}`]],
      '_dmarc.shop.example': [['v=DMARC1; p=reject']],
    }
    const resolve = async (domain: string, type: string) => {
      const found = type === 'TXT' ? records[domain] : undefined
      if (!found) throw Object.assign(new Error('No records'), { code: 'ENOTFOUND' })
      return found
    }
    const keys = { dkimDomain: 'shop.example', dkimSelector: 'qiao', dkimKey }
    const { raw } = await composed(text('Hello'), ofLetter(), keys)
    const envelope = { from: 'help@shop.example', to: [], remoteAddress: '192.0.2.1', helo: 'mx.shop.example' }
    const checked = { raw: Buffer.from(raw), fields: [], from: 'help@shop.example', envelope, ageMs: 0 }
    const verifying = { ...testConfig, verifySenders: true }
    const trust = async (given: typeof checked | Checked) => (await judgeSender(given, verifying, resolve))?.trust
    expect(await trust(checked)).toBe('verified')
    const changed = { ...checked, raw: Buffer.from(raw.replace('Hello', 'Hallo')) }
    expect(await trust(changed)).toBe('failed')
    expect(await trust({ ...changed, envelope: null })).toBe('unverified')
    expect(await judgeSender(checked, testConfig, resolve)).toBeUndefined()
  })
})

describe('services that hand mail over', () => {
  const raw = plainMail()
  const form = (fields: Record<string, string | Buffer>): RawRequest => {
    const pieces = Object.entries(fields).flatMap(([name, value]) => [
      Buffer.from(`--b0\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
      Buffer.from(value),
      Buffer.from('\r\n'),
    ])
    return postOf(Buffer.concat([...pieces, Buffer.from('--b0--\r\n')]), 'multipart/form-data; boundary=b0')
  }

  const mailgun = (changes: Record<string, string> = {}, key = testConfig.webhookKey ?? '') => {
    const [timestamp, token] = [String(now.getTime() / 1000), 'abc']
    const signature = createHmac('sha256', key)
      .update(timestamp + token)
      .digest('hex')
    return { timestamp, token, signature, sender: 'fang@customer.example', recipient: 'help@shop.example', ...changes }
  }
  test('Mailgun, signed', () => {
    expect(accept(form({ ...mailgun(), 'body-mime': raw }), handedBy('mailgun'), now)).toMatchObject({
      kind: 'letters',
      letters: [{ raw, envelope: { from: 'fang@customer.example', to: ['help@shop.example'] } }],
    })
    const encoded = new URLSearchParams({ ...mailgun(), 'body-mime': raw.toString() }).toString()
    const asForm = postOf(Buffer.from(encoded), 'application/x-www-form-urlencoded')
    expect(accept(asForm, handedBy('mailgun'), now)).toMatchObject({ letters: [{ raw }] })
    for (const fields of [mailgun({ token: 'abd' }), mailgun({}, 'other'), mailgun({ signature: '' })]) {
      expect(accept(form({ ...fields, 'body-mime': raw }), handedBy('mailgun'), now).kind).toBe('refused')
    }
    expect(
      accept(form({ ...mailgun({}, ''), 'body-mime': raw }), handedBy('mailgun', { webhookKey: '' }), now).kind,
    ).toBe('refused')
    // Who it is has been proven, so its settings are what is wrong.
    expect(accept(form(mailgun()), handedBy('mailgun'), now)).toMatchObject({ problem: { code: 'mail-incomplete' } })
    expect(accept(form(mailgun({}, 'other')), handedBy('mailgun'), now)).not.toHaveProperty('problem')
    expect(
      accept(form({ ...mailgun(), 'body-mime': raw }), handedBy('mailgun'), new Date(now.getTime() + 1e9)).kind,
    ).toBe('refused')
  })
  test('SendGrid, with bytes of any charset', () => {
    const bytes = Buffer.concat([raw, Buffer.from([0xff, 0xfe, 0x0d, 0x0a, 0x80])])
    const envelope = JSON.stringify({ from: 'fang@customer.example', to: ['help@shop.example'] })
    expect(accept(form({ email: bytes, envelope, sender_ip: '192.0.2.7' }), handedBy('sendgrid'), now)).toMatchObject({
      letters: [{ raw: bytes, envelope: { from: 'fang@customer.example', remoteAddress: '192.0.2.7' } }],
    })
    const parsed = accept(form({ text: 'parsed', envelope }), handedBy('sendgrid'), now)
    expect(parsed).toMatchObject({ kind: 'refused', problem: { code: 'mail-incomplete' } })
  })
  test('nobody, when none was chosen', () => {
    expect(accept(form({ email: raw }), handedBy('none'), now).kind).toBe('refused')
  })
})
