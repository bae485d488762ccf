import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { testContext } from '../test-context.ts'
import { authorisation } from './authorisation.ts'
import { type Config, config } from './config.ts'
import { startAuthority } from './testing/authority.ts'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const redirectUri = 'https://qiao.example/settings/channel-access'
const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')
const providers = [
  {
    signIn: 'google',
    page: 'https://accounts.google.com/o/oauth2/v2/auth',
    scopes: ['https://mail.google.com/'],
    extra: { access_type: 'offline', prompt: 'consent', login_hint: 'help@shop.example' },
  },
  {
    signIn: 'microsoft',
    page: 'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/authorize',
    scopes: [
      'offline_access',
      'https://outlook.office.com/IMAP.AccessAsUser.All',
      'https://outlook.office.com/SMTP.Send',
    ],
    extra: { login_hint: 'help@shop.example' },
  },
] as const

async function setUp({ signIn, scopes, extra }: (typeof providers)[number], changes: Partial<Config> = {}) {
  const authority = await startAuthority({ clientId: 'id', clientSecret: 'secret', redirectUri, scopes, extra })
  stops.push(() => authority.stop())
  const given = {
    address: 'help@shop.example',
    signIn,
    clientId: 'id',
    clientSecret: 'secret',
    tenant: 'contoso.example',
  }
  const settings = config.parse({ ...given, tokenUrl: `${authority.url}/token`, ...changes })
  const address = authorisation.address({ redirectUri, state: 'state-1', challenge }, settings)
  return { authority, settings, address, context: testContext(settings) }
}

test.each(providers)('$signIn grants access to whoever proves to have begun it', async (provider) => {
  const { authority, address, context } = await setUp(provider)
  const page = new URL(address)
  expect(`${page.origin}${page.pathname}`).toBe(provider.page)
  const answer = authority.consent(address)
  if ('refused' in answer) throw new Error(answer.refused)
  expect(answer.state).toBe('state-1')
  const { code } = answer
  expect(await authorisation.exchange({ code, redirectUri, verifier }, context)).toEqual({
    fields: { refreshToken: 'refresh-1' },
  })
  // A code is good once.
  expect(await authorisation.exchange({ code, redirectUri, verifier }, context)).toMatchObject({
    code: 'access-failed',
  })
})

test.each(providers)(
  '$signIn refuses another verifier, address or secret, in words that say which',
  async (provider) => {
    const { authority, address, context, settings } = await setUp(provider)
    const code = () => {
      const answer = authority.consent(address)
      if ('refused' in answer) throw new Error(answer.refused)
      return answer.code
    }
    expect(
      await authorisation.exchange({ code: code(), redirectUri, verifier: 'w'.repeat(43) }, context),
    ).toMatchObject({ code: 'access-failed', detail: 'The verifier is wrong' })
    expect(
      await authorisation.exchange({ code: code(), redirectUri: 'https://evil.example/', verifier }, context),
    ).toMatchObject({ code: 'redirect-refused' })
    const wrong = testContext({ ...settings, clientSecret: 'another' })
    expect(await authorisation.exchange({ code: code(), redirectUri, verifier }, wrong)).toMatchObject({
      code: 'credentials-refused',
      providerCode: 'invalid_client',
    })
    const away = testContext({ ...settings, tokenUrl: 'http://127.0.0.1:1/token' })
    expect(await authorisation.exchange({ code: code(), redirectUri, verifier }, away)).toMatchObject({
      code: 'no-answer',
    })
  },
)

test('an answer without a refresh token is no access for longer', async () => {
  const [google] = providers
  const { context } = await setUp(google)
  const body = Buffer.from(JSON.stringify({ access_token: 'a', expires_in: 3600 }))
  const http = async () => ({ kind: 'answer' as const, status: 200, headers: {}, body })
  expect(await authorisation.exchange({ code: 'c', redirectUri, verifier }, { ...context, http })).toMatchObject({
    code: 'access-failed',
  })
})

test('it is offered where people sign in by OAuth, once the application is known', () => {
  const offer = (changes: object) => authorisation.offer(config.parse({ address: 'help@shop.example', ...changes }))
  expect(offer({})).toBeNull()
  expect(offer({ signIn: 'google' })).toEqual({ provider: { zh: 'Google', en: 'Google' }, ready: false })
  expect(offer({ signIn: 'microsoft', clientId: 'id', clientSecret: 's' })).toMatchObject({
    provider: { en: 'Microsoft' },
    ready: true,
  })
})
