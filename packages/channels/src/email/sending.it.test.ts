import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type OutgoingMessage } from '../contract.ts'
import type { ChannelEvent } from '../events.ts'
import type { Json } from '../json.ts'
import { testContext } from '../test-context.ts'
import { type Config, config } from './config.ts'
import { noRecords } from './fixtures.ts'
import { closeMailboxes } from './imap.ts'
import { emailWith } from './index.ts'
import { type Dovecot, hasDovecot, startDovecot } from './testing/dovecot.ts'
import { type Postfix, hasPostfix, startPostfix } from './testing/postfix.ts'
import { identityOf, trustFor } from './testing/trust-for.ts'

const email = emailWith(noRecords)
const [id, conversationId] = ['0190a6b0-0000-7000-8000-00000000000a', '0190a6b0-0000-7000-8000-00000000000b']

const mailTo = (...addresses: string[]): OutgoingMessage['content'] => ({
  type: 'mail',
  subject: 'Tea',
  from: null,
  to: addresses.map((address) => ({ name: '', address })),
  cc: [],
  bcc: [],
  text: '',
  attachments: [],
  warnings: [],
})

describe.skipIf(!hasDovecot() || !hasPostfix())('by Postfix and Dovecot', () => {
  const ends: (() => Promise<unknown>)[] = []
  let [dovecot, postfix]: [Dovecot?, Postfix?] = []
  beforeAll(async () => {
    const mailboxes = await startDovecot()
    ends.push(() => mailboxes.stop())
    const post = await startPostfix(mailboxes, ['help@shop.example', 'fang@customer.example', 'sent@shop.example'])
    ends.unshift(() => post.stop())
    dovecot = mailboxes
    postfix = post
  })
  afterEach(closeMailboxes)
  afterAll(async () => {
    for (const end of ends) await end()
  })

  const accountOf = (address: string, changes: Partial<Config> = {}) => {
    const settings = config.parse({
      address,
      user: address.slice(0, address.indexOf('@')),
      password: 'password',
      imapHost: '127.0.0.1',
      imapPort: dovecot?.port,
      imapSecurity: 'none',
      smtpHost: '127.0.0.1',
      smtpPort: postfix?.port,
      smtpSecurity: 'none',
      verifySenders: false,
      plusAddressing: false,
      firstDays: 1,
      ...changes,
    })
    // Another account has other keys.
    const context = testContext(settings, { key: (purpose) => testContext(settings).key(`${purpose} of ${address}`) })
    let state: Json = null
    const events: ChannelEvent[] = []
    return {
      context,
      send(
        to: string,
        text: string,
        letter: Partial<NonNullable<OutgoingMessage['letter']>> = {},
        content: OutgoingMessage['content'] = { type: 'text', text, markup: 'none' },
      ) {
        const rendered = email.render(
          {
            to,
            content,
            window: 'open',
            links: {},
            letter: {
              id,
              subject: 'Tea',
              conversationId,
              conversationNumber: 7,
              references: [],
              body: content.type === 'mail' ? { html: null, text } : null,
              automatic: false,
              ...letter,
            },
          },
          settings,
        )
        if (rendered.kind === 'impossible') throw new Error(rendered.problem.code)
        return { part: rendered.parts[0], result: email.send(rendered.parts[0], context) }
      },
      /** What has come by the time that so much has. */
      async received(count: number): Promise<ChannelEvent[]> {
        while (events.length < count) {
          const result = await email.pull!.fetch(state, context)
          if (result.kind === 'failed') throw new Error(JSON.stringify(result.problem))
          ;({ state } = result)
          events.push(...result.events.flatMap(({ data }) => email.normalise(data, settings)))
          await new Promise((resolve) => setTimeout(resolve, 50))
        }
        return events
      },
    }
  }

  test('a letter arrives and its answer comes back to where it belongs', async () => {
    const shop = accountOf('help@shop.example')
    const customer = accountOf('fang@customer.example')
    const sent = await shop.send('fang@customer.example', '茶叶到货了').result
    expect(sent).toMatchObject({ kind: 'accepted' })
    const messageId = sent.kind === 'accepted' ? (sent.messageId ?? '') : ''
    expect(await customer.received(1)).toMatchObject([
      {
        kind: 'message',
        id: messageId,
        from: { address: 'help@shop.example' },
        content: { text: '茶叶到货了', subject: 'Tea' },
      },
    ])
    const answer = { id: conversationId, references: [messageId] }
    expect(await customer.send('help@shop.example', '谢谢', answer).result).toMatchObject({ kind: 'accepted' })
    expect(await shop.received(1)).toMatchObject([
      { kind: 'message', content: { subject: 'Tea', text: '谢谢' }, answers: [messageId], quotesNumber: 7 },
    ])
  })

  test.each(['tls', 'starttls'] as const)('letters go over a line that is secret (%s)', async (smtpSecurity) => {
    const smtpPort = smtpSecurity === 'tls' ? postfix?.securePort : postfix?.port
    const shop = accountOf('help@shop.example', { smtpSecurity, smtpPort })
    const customer = accountOf('fang@customer.example')
    const before = (await customer.received(1)).length
    // Not to a server whose name nobody vouches for.
    expect(await shop.send('fang@customer.example', 'Hello').result).toMatchObject({
      kind: 'retry',
      problem: { code: 'not-connected', detail: expect.stringContaining('certificate') },
    })
    await trustFor(identityOf(dovecot), async () => {
      expect(await shop.send('fang@customer.example', `By ${smtpSecurity}`).result).toMatchObject({ kind: 'accepted' })
    })
    expect((await customer.received(before + 1)).slice(before)).toMatchObject([
      { kind: 'message', content: { text: `By ${smtpSecurity}` } },
    ])
  })

  test('what cannot be delivered comes back as a mark on the letter', async () => {
    const shop = accountOf('help@shop.example')
    const before = (await shop.received(1)).length
    const sent = await shop.send('gone@bounces.example', 'Hello').result
    expect(sent).toMatchObject({ kind: 'accepted' })
    expect((await shop.received(before + 2)).slice(before)).toMatchObject([
      {
        kind: 'receipt',
        state: 'failed',
        to: 'gone@bounces.example',
        messageId: sent.kind === 'accepted' ? sent.messageId : '',
        problem: { code: 'unreachable', providerCode: '5.1.1' },
      },
      { kind: 'unreachable', address: 'gone@bounces.example' },
    ])
    // Of what a program wrote nothing comes back.
    expect(await shop.send('gone@bounces.example', 'Got it', { automatic: true }).result).toMatchObject({
      kind: 'accepted',
    })
    expect(await shop.send('fang@customer.example', 'Got it', { automatic: true }).result).toMatchObject({
      kind: 'accepted',
    })
    const customer = accountOf('fang@customer.example')
    const seen = await customer.received(2)
    expect(seen.at(-1)).toMatchObject({ kind: 'message', content: { automatic: 'auto-generated' } })
  })

  test('refusals of a real server mean what they say', async () => {
    const shop = accountOf('help@shop.example')
    expect(await shop.send('nobody@customer.example', 'Hello').result).toMatchObject({
      kind: 'rejected',
      problem: { code: 'unreachable', providerCode: '5.1.1' },
    })
    expect(await shop.send('fang@customer.example', 'x'.repeat(1_100_000)).result).toMatchObject({
      kind: 'rejected',
      problem: { code: 'too-large' },
    })
    const wrong = accountOf('help@shop.example', { smtpUser: 'help', smtpPassword: 'wrong-password' })
    expect(await wrong.send('fang@customer.example', 'Hello').result).toMatchObject({
      kind: 'rejected',
      problem: { code: 'credentials-refused' },
    })
    expect(await email.lifecycle.check(shop.context)).toMatchObject([{ ok: true }, { ok: true }])
    expect(await email.lifecycle.check(wrong.context)).toMatchObject([{ ok: true }, { ok: false }])
  })

  test('once more to some it reaches nobody else, and is not taken for sent because it lies in the folder', async () => {
    const shop = accountOf('sent@shop.example', { sentFolder: 'Sent', saveSent: true })
    const customer = accountOf('fang@customer.example')
    const before = (await customer.received(1)).length
    const letterId = '0190a6b0-0000-7000-8000-00000000000c'
    const content = mailTo('fang@customer.example', 'nobody@customer.example')
    const first = shop.send('', 'To both', { id: letterId }, content)
    expect(await first.result).toMatchObject({
      kind: 'accepted',
      refused: [{ address: 'nobody@customer.example', problem: { code: 'unreachable' } }],
    })
    const again = shop.send('', 'To both', { id: letterId, only: ['Nobody@customer.example'] }, content)
    // Fang is not among those whom it is handed over for: nobody is left who would take it.
    expect(await again.result).toMatchObject({ kind: 'rejected', problem: { code: 'unreachable' } })
    expect(await email.reconcile?.(first.part, shop.context)).toMatchObject({ kind: 'accepted' })
    expect(await email.reconcile?.(again.part, shop.context)).toMatchObject({ kind: 'unknown' })
    await shop.send('fang@customer.example', 'the last one', { id: '0190a6b0-0000-7000-8000-00000000000d' }).result
    const texts = (await customer.received(before + 2))
      .slice(before)
      .map((event) => (event.kind === 'message' && event.content.type === 'mail' ? event.content.text : event.kind))
    expect(texts).toEqual(['To both', 'the last one'])
  })

  test('what was sent lies in its folder, where a lost answer is found', async () => {
    const shop = accountOf('sent@shop.example', { sentFolder: 'Sent', saveSent: true })
    const { part, result } = shop.send('fang@customer.example', 'Hello')
    const sent = await result
    expect(sent).toMatchObject({ kind: 'accepted' })
    expect(await email.reconcile?.(part, shop.context)).toEqual(sent)
    const other = shop.send('nobody@customer.example', 'Hello', { id: conversationId })
    await other.result
    // It keeps its name, by which an answer to it is known.
    const messageId = expect.stringMatching(/^<.+@shop\.example>$/)
    expect(await email.reconcile?.(other.part, shop.context)).toMatchObject({ kind: 'unknown', messageId })
  })
})
