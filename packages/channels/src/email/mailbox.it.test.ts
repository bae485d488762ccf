import { ImapFlow } from 'imapflow'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '../json.ts'
import { noFaults, serveApi } from '../simulator.ts'
import { testContext } from '../test-context.ts'
import { type Config, config } from './config.ts'
import { noRecords } from './fixtures.ts'
import { closeMailboxes } from './imap.ts'
import { emailWith } from './index.ts'
import { startCuttingProxy } from './testing/cutting-proxy.ts'
import { type Dovecot, hasDovecot, startDovecot } from './testing/dovecot.ts'
import { plainMail } from './testing/mails.ts'
import { identityOf, trustFor } from './testing/trust-for.ts'

const email = emailWith(noRecords)
const stops: (() => Promise<unknown>)[] = []
let server: Dovecot
/** Who asks whether a token is good, and gives new ones. */
const tokens = { good: 'token-1', given: 0, asked: 0, refuses: false }

describe.skipIf(!hasDovecot())('a mailbox of Dovecot', () => {
  beforeAll(async () => {
    const authority = await serveApi(noFaults(), ({ url, headers }) => {
      if (url.pathname === '/token') {
        tokens.given += 1
        return tokens.refuses
          ? { status: 400, body: JSON.stringify({ error: 'invalid_grant', error_description: 'Expired' }) }
          : { status: 200, body: JSON.stringify({ access_token: tokens.good, expires_in: 3600 }) }
      }
      tokens.asked += 1
      const isGood = headers['authorization'] === `Bearer ${tokens.good}`
      const body = isGood ? { active: true, email: 'oauth@shop.example' } : { active: false }
      return { status: isGood ? 200 : 401, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    })
    server = await startDovecot({ introspection: `${authority.url}/introspect` })
    tokenUrl = `${authority.url}/token`
    ends.push(
      () => server.stop(),
      () => authority.stop(),
    )
  })
  const ends: (() => Promise<unknown>)[] = []
  let tokenUrl = ''
  afterAll(async () => {
    for (const end of ends) await end()
  })
  afterEach(async () => {
    closeMailboxes()
    for (const stop of stops.splice(0)) await stop()
  })

  const settings = (user: string, changes: Partial<Config> = {}): Config =>
    config.parse({
      address: `${user}@shop.example`,
      user,
      password: 'password',
      imapHost: '127.0.0.1',
      imapPort: server.port,
      imapSecurity: 'none',
      verifySenders: false,
      ...changes,
    })
  /** As the server keeps what it is given: events once by their ids, and the state with them. */
  function reader(given: Config) {
    const context = testContext(given)
    const events = new Map<string, Json>()
    const read = { state: null as Json, calls: 0, failures: 0, repeats: 0 }
    async function once(): Promise<boolean> {
      read.calls += 1
      const result = await email.pull!.fetch(read.state, context)
      if (result.kind === 'failed') {
        read.failures += 1
        return true
      }
      for (const { id, data } of result.events) {
        if (events.has(id)) read.repeats += 1
        else events.set(id, data)
      }
      expect(result.events.length).toBeLessThanOrEqual(50)
      // It is stored as JSON.
      read.state = JSON.parse(JSON.stringify(result.state))
      return result.more
    }
    return {
      read,
      context,
      once,
      async all(): Promise<void> {
        while (await once());
      },
      texts: (): string[] =>
        [...events.values()].flatMap((data) =>
          email
            .normalise(data, given)
            .flatMap((event) =>
              event.kind === 'message' && event.content.type === 'mail' ? [event.content.text] : [],
            ),
        ),
    }
  }
  const mail = (number: number) =>
    plainMail({ id: `<n${number}@customer.example>`, text: `mail ${number}`, subject: `Nr ${number}` })
  const mails = (from: number, count: number) => Array.from({ length: count }, (_, at) => mail(from + at))
  const textsOf = (from: number, count: number) => Array.from({ length: count }, (_, at) => `mail ${from + at}`)

  test('only what comes after the connection is taken, in order and once', async () => {
    await server.deliver('anna', mails(0, 3))
    const anna = reader(settings('anna'))
    await anna.all()
    expect(anna.texts()).toEqual([])
    await server.deliver('anna', mails(3, 130))
    await anna.all()
    expect(anna.texts()).toEqual(textsOf(3, 130))
    expect(anna.read.calls).toBe(4)
    await anna.all()
    expect(anna.read.repeats).toBe(0)
    const status = await server.doveadm('mailbox', 'status', '-u', 'anna', 'unseen', 'INBOX')
    expect(status).toContain('unseen=133')
  })

  test('old mail comes when it is wanted, and is marked as read when that is wanted', async () => {
    await server.deliver('bert', mails(0, 2), new Date(Date.now() - 40 * 24 * 3_600_000))
    await server.deliver('bert', mails(2, 60))
    const bert = reader(settings('bert', { firstDays: 30, markSeen: true }))
    await bert.all()
    expect(bert.texts()).toEqual(textsOf(2, 60))
    expect(await server.doveadm('mailbox', 'status', '-u', 'bert', 'unseen', 'INBOX')).toContain('unseen=2')
  })

  test('a mailbox that is numbered anew gives nothing twice and loses nothing', async () => {
    await server.deliver('carl', mails(0, 40))
    const carl = reader(settings('carl', { firstDays: 1 }))
    await carl.all()
    await server.doveadm('mailbox', 'update', '-u', 'carl', '--uid-validity', '4711', 'INBOX')
    await server.deliver('carl', mails(40, 40))
    await carl.all()
    expect(carl.texts()).toEqual(textsOf(0, 80))
    expect(carl.read.repeats).toBe(40)
    expect(carl.read.state).toMatchObject({ folders: { INBOX: { validity: '4711', since: null } } })
    // What was there before the account was connected stays where it is.
    await server.deliver('cora', mails(0, 5), new Date(Date.now() - 3_600_000))
    const cora = reader(settings('cora'))
    await cora.all()
    await server.doveadm('mailbox', 'update', '-u', 'cora', '--uid-validity', '4712', 'INBOX')
    await server.deliver('cora', mails(5, 2), new Date(Date.now() + 1_000))
    await cora.all()
    expect(cora.texts()).toEqual(textsOf(5, 2))
  })

  test('cut off twenty times, everything is there once', async () => {
    await server.deliver('dora', mails(0, 300))
    const proxy = await startCuttingProxy(server.port)
    stops.push(() => proxy.stop())
    const dora = reader(settings('dora', { imapPort: proxy.port, firstDays: 1 }))
    let round = 0
    while (proxy.state.cuts < 20) {
      round += 1
      // Now within the greeting, now within a mail.
      proxy.state.cutAfter = 100 + ((round * 1_371) % 9_000)
      closeMailboxes()
      await dora.once()
    }
    expect(dora.texts()).toEqual(textsOf(0, dora.texts().length))
    proxy.state.cutAfter = Number.POSITIVE_INFINITY
    await dora.all()
    expect(dora.texts()).toEqual(textsOf(0, 300))
    expect(dora.read.repeats).toBe(0)
    expect(dora.read.failures).toBeGreaterThan(0)
  })

  test('a connection is used again, and made anew when the server has closed it', async () => {
    await server.deliver('emil', mails(0, 1))
    const proxy = await startCuttingProxy(server.port)
    stops.push(() => proxy.stop())
    const emil = reader(settings('emil', { imapPort: proxy.port, firstDays: 1 }))
    await emil.all()
    await emil.all()
    expect(proxy.state.connections).toBe(1)
    proxy.cut()
    await server.deliver('emil', mails(1, 1))
    await emil.all()
    expect(emil.texts()).toEqual(textsOf(0, 2))
    expect(emil.read.failures).toBe(0)
    expect(proxy.state.connections).toBe(2)
  })

  test('who stops keeps what was taken, and goes on from there', async () => {
    await server.deliver('ella', mails(0, 40))
    const stopping = new AbortController()
    const taken: string[] = []
    const context = testContext(settings('ella', { firstDays: 1 }), { signal: stopping.signal })
    const result = await email.pull!.fetch(null, {
      ...context,
      keep(bytes) {
        taken.push('mail')
        if (taken.length === 7) stopping.abort()
        return context.keep(bytes)
      },
    })
    const first = result.kind === 'fetched' ? result.events.length : 0
    expect(first).toBeGreaterThanOrEqual(7)
    const ella = reader(settings('ella'))
    ella.read.state = result.kind === 'fetched' ? result.state : null
    await ella.all()
    expect(ella.texts()).toEqual(textsOf(first, 40 - first))
  })

  test('several folders are read, and one that is not there holds nobody up', async () => {
    await server.deliver('fred', mails(0, 2))
    await server.doveadm('mailbox', 'create', '-u', 'fred', '询价')
    const fred = reader(settings('fred', { folders: 'INBOX, 询价, Missing', firstDays: 1 }))
    const client = await signedIn('fred')
    await client.append('询价', mail(2))
    await client.logout()
    await fred.all()
    expect(fred.texts()).toEqual(textsOf(0, 3))
    expect(fred.context.logged).toHaveLength(1)
    const missing = reader(settings('fred', { folders: 'Missing' }))
    await missing.once()
    expect(missing.read.failures).toBe(1)
    const findings = await email.lifecycle.check(fred.context)
    expect(findings.map(({ ok }) => ok)).toEqual([true, false, false])
    expect(findings[1]?.words.en).toContain('no folder “Missing”')
  })
  const signedIn = async (user: string) => {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: server.port,
      secure: false,
      doSTARTTLS: false,
      auth: { user, pass: 'password' },
      logger: false,
    })
    await client.connect()
    return client
  }

  test('the server tells of new mail by IDLE', async () => {
    await server.deliver('gina', mails(0, 1))
    const context = testContext(settings('gina'))
    const asked: number[] = []
    let told: () => void = () => undefined
    const link = await email.link!.open(
      context,
      async () => undefined,
      () => {
        asked.push(asked.length)
        told()
      },
      [],
    )
    stops.push(() => link.close())
    expect(asked).toHaveLength(1)
    const heard = new Promise<void>((resolve) => (told = resolve))
    await server.deliver('gina', mails(1, 1))
    await heard
    await link.close()
    expect(await link.over).toMatchObject({ code: 'not-connected' })
    const wrong = await email.link!.open(
      { ...context, config: settings('gina', { password: 'x' }) },
      async () => undefined,
      told,
      [],
    )
    expect(await wrong.over).toMatchObject({ code: 'credentials-refused' })
  })

  test('by tokens, which are fetched anew when one is refused', async () => {
    await server.deliver('oauth@shop.example', mails(0, 1))
    const changes = {
      signIn: 'google',
      user: '',
      refreshToken: 'refresh',
      clientId: 'id',
      clientSecret: 'secret',
      tokenUrl,
    } as const
    const oauth = reader(settings('oauth', { ...changes, firstDays: 1 }))
    await oauth.all()
    expect(oauth.texts()).toEqual(['mail 0'])
    expect([tokens.given, tokens.asked > 0]).toEqual([1, true])
    closeMailboxes()
    tokens.good = 'token-2'
    await server.deliver('oauth@shop.example', mails(1, 1))
    await oauth.all()
    expect(oauth.texts()).toEqual(textsOf(0, 2))
    expect([tokens.given, oauth.read.failures]).toEqual([2, 0])
    closeMailboxes()
    tokens.good = 'token-3'
    tokens.refuses = true
    await oauth.once()
    expect(oauth.read.failures).toBe(1)
    expect(await email.lifecycle.check(oauth.context)).toMatchObject([{ ok: false }, { ok: false }])
    expect(JSON.stringify(oauth.context.logged)).not.toContain('token-')
  })

  test('a wrong password is told', async () => {
    const findings = await email.lifecycle.check(testContext(settings('anna', { password: 'wrong' })))
    expect(findings[0]).toMatchObject({ ok: false })
    expect(findings[0]?.words.en).toContain('refuses to sign in')
  })

  test('a certificate that nobody trusts is told', async () => {
    const findings = await email.lifecycle.check(testContext(settings('anna', { imapSecurity: 'starttls' })))
    expect(findings[0]).toMatchObject({ ok: false })
    expect(findings[0]?.words.en).toContain('is not trusted')
  })

  test.each(['tls', 'starttls'] as const)('a mailbox is read over a line that is secret (%s)', async (imapSecurity) => {
    const user = `secret-${imapSecurity}`
    await server.deliver(user, [mail(1), mail(2)])
    const imapPort = imapSecurity === 'tls' ? server.securePort : server.port
    const secret = reader(settings(user, { imapSecurity, imapPort, firstDays: 1 }))
    await trustFor(identityOf(server), () => secret.all())
    expect(secret.texts()).toEqual(textsOf(1, 2))
    expect(secret.read.failures).toBe(0)
  })

  test('a mail that is too large is known by its headers', async () => {
    const head = plainMail({ text: '' })
    await server.deliver('hugo', [Buffer.concat([head, Buffer.alloc(65 * 1024 * 1024, 'a\r\n')]), mail(1)])
    const hugo = reader(settings('hugo', { firstDays: 1 }))
    await hugo.all()
    expect(hugo.texts()).toEqual(['', 'mail 1'])
  })
})
