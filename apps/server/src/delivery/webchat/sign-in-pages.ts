import type { Inbox, SignInProblem } from '@qiao/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as oidc from 'openid-client'
import { placeOf } from '#access'
import {
  admitPerson,
  callbackUrlOf,
  createProviders,
  type Provider,
  type Providers,
  readInboxByKey,
  type SignInDeps,
} from '#inboxes'
import { randomToken } from '#platform/crypto'
import { AppError } from '#platform/errors'
import { keepAdmitted, keepAttempt, useAttempt } from './sign-in-attempts.ts'
import type { WebchatDeps } from './webchat-deps.ts'

/**
 * Signing in at a company's provider (OpenID Connect, authorization code with PKCE). The browser leaves for the provider
 * from here and comes back here; then our page takes up the session with a request of its own, so that neither a token nor
 * anything that becomes one ever stands in an address.
 */
type SignInPagesDeps = WebchatDeps & { providers: Providers }
type Params = { Params: { key: string }; Querystring: Record<string, unknown> }

/** Names the browser to its own sign-ins: an answer that somebody else began is none of it. */
const cookieOf = ({ url }: Pick<WebchatDeps, 'url'>): string =>
  url.startsWith('https:') ? '__Host-qiao-sign-in' : 'qiao-sign-in'
const cookieSeconds = 20 * 60
const hourMs = 3_600_000

export const browserOf = (deps: Pick<WebchatDeps, 'url'>, request: FastifyRequest): string | null =>
  request.cookies[cookieOf(deps)] ?? null

export function registerSignInPages(app: FastifyInstance, given: WebchatDeps & SignInDeps): void {
  const deps = { ...given, providers: createProviders(given) }
  // Nobody's look-ahead may use a sign-in up.
  const onlyGet = { exposeHeadRoute: false }
  app.get<Params>('/chat/:key/sign-in', onlyGet, async (request, reply) => {
    const inbox = await staffInbox(deps, request)
    deps.limits.sessions.take(placeOf(request.ip))
    const inWindow = request.query['window'] === '1'
    const language = languageOf(request.query['lang'])
    const provider = await providerOf(deps, inbox, request)
    if (!provider) return backTo(deps, reply, inbox, { problem: 'unavailable', inWindow, language })
    const browser = browserOf(deps, request) ?? randomToken()
    void reply.setCookie(cookieOf(deps), browser, {
      path: '/',
      httpOnly: true,
      secure: deps.url.startsWith('https:'),
      // Coming back from the provider is a navigation of another site's.
      sameSite: 'lax',
      maxAge: cookieSeconds,
    })
    const choose = request.query['choose'] === '1'
    return leave(reply, await addressAt(deps, provider, inbox, { browser, choose, inWindow, language }))
  })

  app.get<Params>('/chat/:key/signed-in', onlyGet, async (request, reply) => {
    const inbox = await staffInbox(deps, request)
    deps.limits.sessions.take(placeOf(request.ip))
    const { state } = request.query
    const { inWindow, language } = placesIn(typeof state === 'string' ? state : '')
    const problem = await finish(deps, inbox, request)
    return backTo(deps, reply, inbox, { problem, inWindow, language })
  })
}

async function staffInbox(deps: SignInPagesDeps, request: FastifyRequest<Params>): Promise<Inbox> {
  const inbox = await readInboxByKey(deps.db, request.params.key)
  if (inbox?.settings.audience !== 'staff') throw new AppError('not-found')
  return inbox
}

async function providerOf(deps: SignInPagesDeps, inbox: Inbox, request: FastifyRequest): Promise<Provider | null> {
  try {
    return await deps.providers.of(inbox.id)
  } catch (error) {
    request.log.warn({ err: error, inboxId: inbox.id }, 'a sign-in provider could not be asked')
    return null
  }
}

interface Back {
  inWindow: boolean
  language: string | null
}

const languageOf = (value: unknown): string | null =>
  typeof value === 'string' && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value) ? value.slice(0, 16) : null

/** How the page looked comes back with the state, which is checked as a whole: nothing else of it is believed. */
const stateFor = ({ inWindow, language }: Back): string => `${randomToken()}.${inWindow ? 'w' : 'p'}.${language ?? ''}`
function placesIn(state: string): Back {
  const [, how, language] = state.split('.')
  return { inWindow: how === 'w', language: languageOf(language) }
}

async function addressAt(
  { db, url, clock }: SignInPagesDeps,
  { config, fields }: Provider,
  inbox: Inbox,
  begun: Back & { browser: string; choose: boolean },
): Promise<URL> {
  const [state, nonce, codeVerifier] = [stateFor(begun), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
  await keepAttempt(db, { inboxId: inbox.id, state, browser: begun.browser, nonce, codeVerifier }, clock.now())
  return oidc.buildAuthorizationUrl(config, {
    redirect_uri: callbackUrlOf(url, inbox.key),
    scope: fields.scopes.join(' '),
    code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...(begun.language ? { ui_locales: begun.language } : {}),
    ...(begun.choose ? { prompt: promptOf(config.serverMetadata()) } : {}),
  })
}

/**
 * How a provider is asked to let people choose their account. Those that do not list what they take have to know `login` by
 * the standard (OpenID Connect Core 15.1); Google does not, and takes none, consent and select_account (its documentation
 * of URI parameters, 2026).
 */
function promptOf({ issuer, prompt_values_supported: known }: oidc.ServerMetadata): string {
  const chooses = Array.isArray(known) ? known.includes('select_account') : issuer === 'https://accounts.google.com'
  return chooses ? 'select_account' : 'login'
}

/** What came to nothing, or null: then the page may take up the session. */
async function finish(
  deps: SignInPagesDeps,
  inbox: Inbox,
  request: FastifyRequest<Params>,
): Promise<SignInProblem | null> {
  const { state } = request.query
  const browser = browserOf(deps, request)
  if (typeof state !== 'string' || browser === null) return 'over'
  const attempt = await useAttempt(deps.db, { inboxId: inbox.id, state, browser }, deps.clock.now())
  if (!attempt) return 'over'
  const provider = await providerOf(deps, inbox, request)
  if (!provider) return 'unavailable'
  const answer = new URL(callbackUrlOf(deps.url, inbox.key))
  answer.search = new URL(request.url, deps.url).search
  try {
    const claims = await claimsOf(provider, answer, { ...attempt, state })
    const person = admitPerson(provider.fields, provider.config.serverMetadata().issuer, claims)
    if (!person) return 'not-admitted'
    const now = deps.clock.now()
    const until = new Date(now.getTime() + provider.fields.sessionHours * hourMs).toISOString()
    await keepAdmitted(deps.db, attempt.id, { person, until }, now)
    return null
  } catch (error) {
    if (error instanceof oidc.AuthorizationResponseError) {
      request.log.info({ inboxId: inbox.id, error: error.error }, 'a provider let nobody in')
      return error.error === 'access_denied' ? 'cancelled' : 'failed'
    }
    request.log.warn({ inboxId: inbox.id, reason: reasonOf(error) }, 'a sign-in was refused')
    return 'failed'
  }
}

/** Signature, issuer, audience, times and nonce are checked by the library. What the token leaves out is asked for. */
async function claimsOf(
  { config, fields }: Provider,
  answer: URL,
  { nonce, codeVerifier, state }: { nonce: string; codeVerifier: string; state: string },
): Promise<Record<string, unknown>> {
  const tokens = await oidc.authorizationCodeGrant(config, answer, {
    pkceCodeVerifier: codeVerifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new Error('no claims')
  const { subject, name, email, attributes } = fields.claims
  const wanted = [subject, name, email, ...attributes.map(({ claim }) => claim), fields.requiredClaim?.name]
  if (!config.serverMetadata().userinfo_endpoint || wanted.every((one) => !one || one in claims)) return claims
  return { ...(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims }
}

/** The library's errors carry tokens among their causes: only its own words are for the log. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? [error.message, 'code' in error ? String(error.code) : ''].join(' ').trim() : 'unknown'

/** Always to the chat page of this very inbox: nothing of the request says where. */
function backTo(
  { url }: SignInPagesDeps,
  reply: FastifyReply,
  inbox: Inbox,
  { problem, inWindow, language }: Back & { problem: SignInProblem | null },
): FastifyReply {
  const page = new URL(`${url}/chat/${encodeURIComponent(inbox.key)}`)
  page.searchParams.set('signed-in', problem ?? 'yes')
  if (inWindow) page.searchParams.set('window', '1')
  if (language) page.searchParams.set('lang', language)
  return leave(reply, page)
}

const leave = (reply: FastifyReply, to: URL): FastifyReply =>
  reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(to.href, 303)
