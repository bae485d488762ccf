import { once } from 'node:events'
import { createServer } from 'node:http'
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { Provider } from 'oidc-provider'

/**
 * A company's OpenID Connect provider as it is run by many: oidc-provider with its own sign-in page, where a person is known
 * by the name that is typed there, whatever the password.
 */
export interface StaffProvider {
  issuer: string
  clientId: string
  secret: string
  /** Login → what the provider says of that person, beside `sub`, which is the login. */
  people: Map<string, Record<string, unknown>>
  /** Changes the identity token of the next answer: what an attacker, or a broken provider, would send. */
  forgeNext: (forge: Forge) => void
  /** Of a token with these claims, signed by the provider's own key. */
  sign: (claims: JWTPayload, header?: Record<string, string>) => Promise<string>
  stop: () => Promise<void>
}
type Forge = (token: string, claims: JWTPayload) => string | Promise<string>

interface Options {
  redirectUris: readonly string[]
}

export async function startStaffProvider({ redirectUris }: Options): Promise<StaffProvider> {
  const [clientId, secret] = ['qiao-help-desk', 'a secret of the help desk']
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const kid = 'of-the-provider'
  const key = { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' }
  const people: StaffProvider['people'] = new Map()
  let forge: Forge | null = null

  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The provider has no port')
  const issuer = `http://localhost:${address.port}`

  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: secret,
        redirect_uris: [...redirectUris],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['a key of the provider'] },
    claims: {
      openid: ['sub'],
      profile: ['name', 'department', 'employee_number', 'groups'],
      email: ['email', 'email_verified'],
    },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...people.get(id) }),
    }),
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
  })
  provider.use(async (context, next) => {
    await next()
    const answer: unknown = context.body
    if (context.path !== '/token' || !forge || !hasToken(answer)) return
    const [forging, token] = [forge, answer.id_token]
    forge = null
    answer.id_token = await forging(token, decodeJwt(token))
  })
  server.on('request', (request, response) => void provider.callback()(request, response))

  return {
    issuer,
    clientId,
    secret,
    people,
    forgeNext: (next) => {
      forge = next
    },
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, ...header }).sign(privateKey),
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const hasToken = (answer: unknown): answer is { id_token: string } =>
  typeof answer === 'object' && answer !== null && 'id_token' in answer && typeof answer.id_token === 'string'

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token that nobody signed, of the kind that libraries used to take. */
export function unsigned(token: string): string {
  return `${part({ ...decodeProtectedHeader(token), alg: 'none' })}.${part(decodeJwt(token))}.`
}
