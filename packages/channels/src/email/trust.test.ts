import { createHmac } from 'node:crypto'
import { headerFields } from '@qiao/mail'
import { describe, expect, test } from 'vitest'
import type { RawLetter } from '../contract.ts'
import { accept } from './accept.ts'
import { type Config, config } from './config.ts'
import { handedBy, noRecords, now, postOf, taken, testConfig } from './fixtures.ts'
import { normalise } from './normalise.ts'
import { judgeSender, type Resolve } from './trust.ts'
import { plainMail } from './testing/mails.ts'

const sender = 'fang@customer.example'
const ours = { ip: '192.0.2.7', helo: 'mx.customer.example' }
const strange = '203.0.113.66'

/** A domain that has SPF and demands DMARC, and signs nothing. */
const records: Readonly<Record<string, string[][]>> = {
  'customer.example': [[`v=spf1 ip4:${ours.ip} -all`]],
  '_dmarc.customer.example': [['v=DMARC1; p=reject']],
}
const resolve: Resolve = async (domain, type) => {
  const found = type === 'TXT' ? records[domain] : undefined
  return found ?? noRecords()
}

interface Given {
  headers?: readonly string[]
  envelope?: RawLetter['envelope'] | null
  told?: RawLetter['told']
  changes?: Partial<Config>
}
async function judge({ headers = [], envelope = null, told, changes = {} }: Given) {
  const raw = plainMail({ headers })
  const checked = { raw, fields: headerFields(raw), from: sender, envelope, told, ageMs: 0 }
  return judgeSender(checked, { ...testConfig, verifySenders: true, ...changes }, resolve)
}
const from = (remoteAddress: string): RawLetter['envelope'] => ({
  from: sender,
  to: [],
  remoteAddress,
  helo: ours.helo,
})
const said = (value: string): string => `Authentication-Results: ${value}`

describe('mail that comes straight to our listener', () => {
  test.each([
    [ours.ip, 'verified', 'pass'],
    [strange, 'failed', 'fail'],
  ])('from %s is %s', async (address, trust, result) => {
    expect(await judge({ envelope: from(address) })).toEqual({
      trust,
      checks: {
        spf: { result, domain: 'customer.example' },
        dkim: { result: 'none' },
        dmarc: { result, domain: 'customer.example' },
      },
    })
  })
  test('a field that the sender wrote counts for nothing, whichever server is named', async () => {
    const headers = [said('mx.shop.example; spf=pass smtp.mailfrom=customer.example; dmarc=pass')]
    const changes = { authservId: 'mx.shop.example', trustedRelays: '10.0.0.5' }
    expect(await judge({ headers, changes, envelope: from(strange) })).toMatchObject({ trust: 'failed' })
  })
})

describe('mail that a server of the company passes on', () => {
  const relay = { authservId: 'mx.shop.example', trustedRelays: '10.0.0.5, 198.51.100.0/28, 2001:db8::/64' }
  test.each([['10.0.0.5'], ['198.51.100.9'], ['2001:db8::25'], ['::ffff:10.0.0.5']])(
    'is judged by what the server at %s found out',
    async (address) => {
      const ofServer = (words: string, more: readonly string[] = []) =>
        judge({ headers: [said(`mx.shop.example; ${words}`), ...more], envelope: from(address), changes: relay })
      expect(
        await ofServer(`spf=pass smtp.mailfrom=${sender}; dkim=none; dmarc=pass header.from=customer.example`),
      ).toEqual({
        trust: 'verified',
        checks: {
          spf: { result: 'pass', domain: 'customer.example' },
          dkim: { result: 'none' },
          dmarc: { result: 'pass', domain: 'customer.example' },
        },
      })
      expect(await ofServer(`spf=fail smtp.mailfrom=${sender}; dmarc=fail`)).toMatchObject({ trust: 'failed' })
      expect(await ofServer(`spf=pass smtp.mailfrom=a@evil.example`)).toMatchObject({ trust: 'unverified' })
      // Only the topmost one is the server’s.
      const forged = [said('mx.shop.example; dmarc=pass header.from=customer.example')]
      expect(await ofServer('dmarc=fail header.from=customer.example', forged)).toMatchObject({ trust: 'failed' })
    },
  )
  test('what other servers wrote counts for nothing there', async () => {
    const headers = [said('mx.evil.example; dmarc=pass header.from=customer.example')]
    expect(await judge({ headers, envelope: from('10.0.0.5'), changes: relay })).toEqual({
      trust: 'unverified',
      checks: { dkim: { result: 'none' } },
    })
  })
  test.each([['10.0.0.9'], ['172.17.0.1'], ['::1']])(
    'without that setting nothing from %s fails for the address of the server, and its fields count for nothing',
    async (address) => {
      const headers = [said('mx.shop.example; dmarc=pass header.from=customer.example')]
      const changes = { authservId: 'mx.shop.example' }
      expect(await judge({ headers, envelope: from(address), changes })).toEqual({
        trust: 'unverified',
        checks: { dkim: { result: 'none' } },
      })
    },
  )
  test('addresses and networks are checked when they are entered', () => {
    const entered = (trustedRelays: string) => config.safeParse({ address: 'help@shop.example', trustedRelays }).success
    expect(['', '10.0.0.5', '10.0.0.0/8, 2001:db8::/32', '::1'].map(entered)).toEqual([true, true, true, true])
    expect(['mail.shop.example', '10.0.0.0/33', '10.0.0', '10.0.0.0/8/8', '10.0.0.5/x'].map(entered)).toEqual(
      Array.from({ length: 5 }, () => false),
    )
  })
})

describe('a mailbox', () => {
  test.each([
    ['mx.google.com; dmarc=pass (p=NONE) header.from=customer.example', 'verified'],
    ['mx.google.com; spf=pass smtp.mailfrom=a@evil.example; dmarc=fail header.from=customer.example', 'failed'],
    ['mx.google.com; dkim=pass header.d=customer.example', 'verified'],
    ['mx.google.com; dkim=pass (dmarc=pass) header.d=evil.example', 'unverified'],
    ['mx.google.com; dkim=pass header.d=evil.example; dkim=pass header.d=customer.example', 'verified'],
    ['mx.google.com; spf=pass smtp.mailfrom=bounce@mail.customer.example', 'verified'],
    // Of another server: then only signatures are looked at.
    ['mx.evil.example; dmarc=pass', 'unverified'],
  ])('of Google: %s', async (value, trust) => {
    expect(await judge({ headers: [said(value)], changes: { imapHost: 'imap.gmail.com' } })).toMatchObject({ trust })
  })

  const outlook = { imapHost: 'outlook.office365.com' }
  const above =
    'Received: from AM0P.eurprd01.prod.outlook.com (2603:10a6::1) by DB7P.eurprd01.prod.outlook.com with HTTPS'
  const handedIn =
    'Received: from mx.customer.example (192.0.2.7) by AM6EUR.mail.protection.outlook.com (10.1.2.3) with Microsoft SMTP Server'
  const ofMicrosoft = (words: string) => said(`spf=${words}`)
  test.each([
    ['pass (sender IP is 192.0.2.7) smtp.mailfrom=customer.example; dkim=none (message not signed) header.d=none;dmarc=pass action=none header.from=customer.example;compauth=pass reason=100', 'verified'],
    ['fail (sender IP is 203.0.113.66) smtp.mailfrom=customer.example; dkim=none header.d=none;dmarc=fail action=quarantine header.from=customer.example;compauth=fail reason=000', 'failed'],
    ['pass (sender IP is 192.0.2.7) smtp.mailfrom=customer.example; dkim=none header.d=none;dmarc=bestguesspass action=none header.from=customer.example;compauth=pass reason=109', 'verified'],
    ['pass (sender IP is 203.0.113.66) smtp.mailfrom=evil.example; dkim=pass header.d=evil.example;dmarc=none action=none header.from=customer.example;compauth=fail reason=001', 'unverified'],
  ])('of Microsoft 365, which writes no name: spf=%s', async (words, trust) => {
    expect(await judge({ headers: [above, ofMicrosoft(words), handedIn], changes: outlook })).toMatchObject({ trust })
  }) // prettier-ignore
  const passing = ofMicrosoft('pass smtp.mailfrom=customer.example;dmarc=pass action=none header.from=customer.example')
  test.each([
    ['below the line of Microsoft', [above, handedIn, passing], outlook],
    ['without such a line', [above, passing], outlook],
    ['below one that Microsoft wrote', [above, ofMicrosoft('none;dmarc=none'), handedIn, passing], outlook],
    ['with the name of somebody', [above, said('evil.example; dmarc=pass'), handedIn], outlook],
    ['at another provider', [above, passing, handedIn], { imapHost: 'imap.shop.example' }],
    ['where another name is set', [above, passing, handedIn], { ...outlook, authservId: 'mx.shop.example' }],
  ])('a field of that form %s counts for nothing', async (_, headers, changes) => {
    expect(await judge({ headers, changes })).toMatchObject({ trust: 'unverified' })
  })
})

describe('services that hand mail over', () => {
  const letterFrom = (request: ReturnType<typeof postOf>, settings: Config): RawLetter => {
    const accepted = accept(request, settings, now)
    if (accepted.kind !== 'letters' || !accepted.letters[0]) throw new Error(JSON.stringify(accepted))
    return accepted.letters[0]
  }
  const judged = ({ raw, envelope, told }: RawLetter, changes: Partial<Config> = {}) =>
    judgeSender(
      { raw, fields: headerFields(raw), from: sender, envelope, told, ageMs: 0 },
      { ...testConfig, verifySenders: true, ...changes },
      resolve,
    )
  const form = (fields: Record<string, string>) =>
    postOf(Buffer.from(new URLSearchParams(fields).toString()), 'application/x-www-form-urlencoded')

  test.each([
    ['PASS', 'FAIL', 'PASS', 'verified'],
    ['FAIL', 'FAIL', 'FAIL', 'failed'],
    // No policy is known there: what the address says of the domain counts.
    ['PASS', 'GRAY', 'GRAY', 'verified'],
    // We find the policy ourselves, and know that neither passed.
    ['FAIL', 'GRAY', 'GRAY', 'failed'],
    ['PROCESSING_FAILED', 'GRAY', 'PROCESSING_FAILED', 'unverified'],
  ])('SES with SPF %s, DKIM %s and DMARC %s', async (spf, dkim, dmarc, trust) => {
    const receipt = {
      recipients: ['help@shop.example'],
      spfVerdict: { status: spf },
      dkimVerdict: { status: dkim },
      dmarcVerdict: { status: dmarc },
    }
    const Message = JSON.stringify({ mail: { source: sender }, receipt, content: plainMail().toString('base64') })
    const body = JSON.stringify({ Type: 'Notification', TopicArn: 'arn', Message })
    const letter = letterFrom(postOf(Buffer.from(body), 'text/plain'), handedBy('ses', { topicArn: 'arn' }))
    expect(await judged(letter)).toMatchObject({ trust })
  })
  test('SES names who handed the mail to it, at the top', async () => {
    const line = (ip: string) =>
      `Received: from mx.customer.example (mx.customer.example [${ip}]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id a`
    const of = (headers: readonly string[]) => {
      const content = plainMail({ headers }).toString('base64')
      const Message = JSON.stringify({ mail: { source: sender }, receipt: {}, content })
      const body = JSON.stringify({ Type: 'Notification', TopicArn: 'arn', Message })
      return letterFrom(postOf(Buffer.from(body), 'text/plain'), handedBy('ses', { topicArn: 'arn' }))
    }
    expect(await judged(of([line(ours.ip)]))).toMatchObject({ trust: 'verified' })
    expect(await judged(of([line(strange), line(ours.ip)]))).toMatchObject({ trust: 'failed' })
    expect(await judged(of(['Received: by x', line(ours.ip)]))).toMatchObject({ trust: 'unverified' })
  })

  const sendGrid = (fields: Record<string, string>) => {
    const envelope = JSON.stringify({ from: sender, to: ['help@shop.example'] })
    return letterFrom(form({ email: plainMail().toString(), envelope, ...fields }), handedBy('sendgrid'))
  }
  test('SendGrid says what it found, and from where it came', async () => {
    expect(await judged(sendGrid({ sender_ip: ours.ip, SPF: 'pass', dkim: 'none' }))).toMatchObject({
      trust: 'verified',
    })
    expect(await judged(sendGrid({ sender_ip: strange, SPF: 'fail', dkim: 'none' }))).toMatchObject({ trust: 'failed' })
    const told = sendGrid({
      sender_ip: ours.ip,
      SPF: 'softfail',
      dkim: '{@evil.example : fail, @customer.example : pass}',
    }).told
    expect(told).toEqual({
      spf: { result: 'softfail', domain: 'customer.example' },
      dkim: { result: 'pass', domain: 'customer.example' },
    })
    // What we do not look at ourselves, it has looked at.
    const unchecked = { verifySenders: false }
    expect(await judged(sendGrid({ SPF: 'pass', dkim: 'none' }), unchecked)).toMatchObject({ trust: 'verified' })
    // Its own relay handed it over: of who sent it that says nothing.
    const relay = { trustedRelays: strange }
    expect(await judged(sendGrid({ sender_ip: strange, SPF: 'pass', dkim: 'none' }), relay)).toMatchObject({
      trust: 'unverified',
    })
  })

  const mailgun = (headers: readonly string[]) => {
    const [timestamp, token] = [String(now.getTime() / 1000), 'abc']
    const signature = createHmac('sha256', testConfig.webhookKey ?? '')
      .update(timestamp + token)
      .digest('hex')
    const fields = { timestamp, token, signature, sender, recipient: 'help@shop.example' }
    return letterFrom(form({ ...fields, 'body-mime': plainMail({ headers }).toString() }), handedBy('mailgun'))
  }
  const byMailgun = (ip: string) =>
    `Received: from mx.customer.example (mx.customer.example [${ip}]) by mxa.mailgun.org with ESMTP id 5e78f38a`
  test.each([
    ['from an address of the domain', [byMailgun(ours.ip)], 'verified'],
    ['from a strange one', [byMailgun(strange)], 'failed'],
    ['from a strange one that names another', [byMailgun(strange), byMailgun(ours.ip)], 'failed'],
    ['with its own word above', ['X-Mailgun-Spf: Pass', 'Received: by mxa.mailgun.org'], 'verified'],
    ['with its own word against it', ['X-Mailgun-Spf: Fail', 'Received: by mxa.mailgun.org'], 'failed'],
    ['with a word of the sender', [byMailgun(strange), 'X-Mailgun-Spf: Pass'], 'failed'],
    ['with nothing but a word of the sender', ['X-Mailgun-Spf: Pass'], 'unverified'],
    ['with a line of somebody else', [byMailgun(ours.ip).replace('mxa.mailgun.org', 'mx.evil.example')], 'unverified'],
  ])('Mailgun %s', async (_, headers, trust) => {
    expect(await judged(mailgun(headers))).toMatchObject({ trust })
  })
})

test('the results go with the letter', async () => {
  const told = { spf: { result: 'pass' as const, domain: 'customer.example' }, dkim: { result: 'none' as const } }
  const [event] = normalise((await taken(plainMail(), { told })).data)
  expect(event).toMatchObject({ from: { claimed: false }, content: { trust: 'verified', checks: told } })
})
