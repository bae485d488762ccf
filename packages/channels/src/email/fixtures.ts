import { testContext } from '../test-context.ts'
import type { Fixture } from '../conformance.ts'
import type { RawRequest } from '../contract.ts'
import { type Config, config } from './config.ts'
import { type Arrival, takeMail } from './intake.ts'
import { messageIdOf } from './names.ts'
import { bounceMail, chineseHtml, chineseMail, history, plainMail } from './testing/mails.ts'

export const now = new Date('2026-07-01T10:00:00Z')
const at = now.toISOString()
export const testConfig: Config = config.parse({
  address: 'help@shop.example',
  displayName: '山茶集客服',
  password: 'test-password-of-mail',
  imapHost: 'imap.shop.example',
  smtpHost: 'smtp.shop.example',
  verifySenders: false,
  webhook: 'mailgun',
  webhookKey: 'test-signing-key-of-mailgun',
})
export const letterId = '0190a6b0-0000-7000-8000-00000000000a'
const context = () => testContext(testConfig, { now: () => now })
export const ourId = messageIdOf(context().key('letters'), letterId, testConfig.address)

/** The mailbox, of which mail is handed over by a service. */
export const handedBy = (webhook: Config['webhook'], changes: Partial<Config> = {}): Config => ({
  ...testConfig,
  webhook,
  ...changes,
})
export const postOf = (body: Buffer, type: string): RawRequest => ({
  method: 'POST',
  url: new URL('https://qiao.example/channels/x'),
  headers: { 'content-type': type },
  body,
})

/** Nobody is asked. */
export const noRecords = async (): Promise<string[]> => {
  throw Object.assign(new Error('No records'), { code: 'ENOTFOUND' })
}

/** As the channel takes it; `normalise` is given what comes of it. */
export const taken = (raw: Buffer, changes: Partial<Arrival> = {}, given = context()) =>
  takeMail({ raw, receivedAt: now, number: 7, envelope: null, ...changes }, given, noRecords)
const dataOf = async (raw: Buffer) => (await taken(raw)).data
const nameOf = (raw: Buffer) => context().keep(raw)

const plain = plainMail()
const chinese = chineseMail()
const absence = plainMail({
  headers: ['Auto-Submitted: auto-replied'],
  subject: '自动回复：休假',
  text: '下周回来。',
})
const customer = { name: '王芳', address: 'fang@customer.example' }
const us = { name: '', address: 'help@shop.example' }
const problem = { code: 'unreachable' as const, detail: '550 5.1.1 No such user here', providerCode: '5.1.1' }

export const fixtures: readonly Fixture[] = [
  {
    name: 'a mail',
    data: await dataOf(plain),
    events: [
      {
        kind: 'message',
        at,
        from: { ...customer, claimed: true },
        id: '<first@customer.example>',
        content: {
          type: 'mail',
          subject: '茶叶到货了吗？',
          from: customer,
          to: [us],
          cc: [],
          text: '您好，\n明天到货吗？',
          whole: '您好，\n明天到货吗？\n',
          quoted: '',
          signature: '',
          html: null,
          files: [],
          original: await nameOf(plain),
          warnings: [],
        },
      },
    ],
  },
  {
    name: 'a Chinese answer with a picture and a copy',
    data: await dataOf(chinese),
    events: [
      {
        kind: 'message',
        at,
        from: { ...customer, claimed: true },
        id: '<tencent_1A2B@qq.example>',
        content: {
          type: 'mail',
          subject: '茶叶',
          from: customer,
          to: [{ name: 'Camellia', address: 'help@shop.example' }],
          cc: [{ name: 'Lee', address: 'lee@customer.example' }],
          text: '好的，谢谢！',
          whole: `好的，谢谢！\n\n\n${history}\n`,
          quoted: history,
          signature: '',
          html: chineseHtml,
          files: [{ id: `${await nameOf(chinese)}:0`, name: 'cup.png', mime: 'image/png', bytes: 6, cid: 'cup@qq' }],
          original: await nameOf(chinese),
          warnings: [],
        },
        answers: ['<earlier@shop.example>', '<first@customer.example>'],
        copies: [{ address: 'lee@customer.example', name: 'Lee' }],
      },
    ],
  },
  {
    name: 'a mail that a program wrote',
    data: await dataOf(absence),
    events: [
      {
        kind: 'message',
        at,
        from: { ...customer, claimed: true },
        id: '<first@customer.example>',
        content: {
          type: 'mail',
          subject: '自动回复：休假',
          from: customer,
          to: [us],
          cc: [],
          text: '下周回来。',
          whole: '下周回来。',
          quoted: '',
          signature: '',
          html: null,
          files: [],
          original: await nameOf(absence),
          automatic: 'auto-reply',
          warnings: [],
        },
      },
    ],
  },
  {
    name: 'an address that does not exist',
    data: await dataOf(bounceMail(ourId, '5.1.1')),
    events: [
      { kind: 'receipt', at, to: 'gone@customer.example', state: 'failed', messageId: ourId, problem },
      { kind: 'unreachable', at, address: 'gone@customer.example', problem },
    ],
  },
  {
    name: 'a mailbox that is full',
    data: await dataOf(bounceMail(ourId, '5.2.2', { words: 'Mailbox full' })),
    events: [
      {
        kind: 'receipt',
        at,
        to: 'gone@customer.example',
        state: 'failed',
        messageId: ourId,
        problem: { code: 'provider-failed', detail: '550 5.2.2 Mailbox full', providerCode: '5.2.2' },
      },
    ],
  },
  {
    name: 'a mail that is still being tried',
    data: await dataOf(bounceMail(ourId, '4.4.1', { action: 'delayed' })),
    events: [
      {
        kind: 'receipt',
        at,
        to: 'gone@customer.example',
        state: 'delayed',
        messageId: ourId,
        problem: { code: 'no-answer', detail: '550 4.4.1 No such user here', providerCode: '4.4.1' },
      },
    ],
  },
  {
    name: 'our own mail by a list',
    data: await dataOf(plainMail({ headers: [`X-Qiao-Id: ${ourId}`], id: '<changed@list.example>' })),
    events: [{ kind: 'nothing', why: 'What we sent came back' }],
  },
  {
    name: 'a mail of nobody',
    data: await dataOf(plainMail({ from: 'undisclosed' })),
    events: [{ kind: 'unknown', at, summary: 'A mail without a sender who could be answered: “茶叶到货了吗？”' }],
  },
]
