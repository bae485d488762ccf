import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Context, isProblem } from '../contract.ts'
import type { Problem } from '../problem.ts'
import { type Config, userOf } from './config.ts'
import { parseJson } from '../json.ts'

export type SignIn = { user: string; pass: string } | { user: string; accessToken: string }

const granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().catch(3_600),
  refresh_token: z.string().min(1).optional().catch(undefined),
})
const refused = z.object({ error: z.string().catch(''), error_description: z.string().catch('') })

/** What a server wants to know of who we are; null where it asks nothing. */
export async function signInOf(context: Context<Config>, to: 'imap' | 'smtp'): Promise<SignIn | Problem | null> {
  const { config } = context
  if (to === 'smtp' && config.smtpUser !== '') return { user: config.smtpUser, pass: config.smtpPassword ?? '' }
  if (config.signIn === 'password') {
    return config.password ? { user: userOf(config), pass: config.password } : null
  }
  const accessToken = await context.tokens.get('mail', () => fetchToken(context))
  return typeof accessToken === 'string' ? { user: userOf(config), accessToken } : accessToken
}

/** The server refused it: another is fetched at the next try. */
export async function forget(context: Context<Config>, signIn: SignIn | null): Promise<boolean> {
  if (signIn === null || !('accessToken' in signIn)) return false
  await context.tokens.drop('mail', signIn.accessToken)
  return true
}

/** Tries again once when a token was refused that is not over by our clock. */
export async function withSignIn<Result extends object>(
  context: Context<Config>,
  to: 'imap' | 'smtp',
  use: (signIn: SignIn | null) => Promise<Result | Problem>,
): Promise<Result | Problem> {
  const first = await signInOf(context, to)
  if (first !== null && isProblem(first)) return first
  const result = await use(first)
  if (!isProblem(result) || result.code !== 'credentials-refused' || !(await forget(context, first))) return result
  const second = await signInOf(context, to)
  return second !== null && isProblem(second) ? second : use(second)
}

const googleUrl = 'https://oauth2.googleapis.com/token'
export const microsoftBase = (tenant: string): string =>
  `https://login.microsoftonline.com/${tenant || 'common'}/oauth2/v2.0`
export const delegatedScopes =
  'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access'

/** A refresh token ends by the provider's word, not by a time that we know. */
const years = 10 * 365 * 86_400_000

interface Granted {
  accessToken: string
  expiresInMs: number
  refreshToken: string | undefined
}

/** Asks the provider for tokens by whatever grant. */
export async function askForTokens(
  { config, http }: Pick<Context<Config>, 'config' | 'http'>,
  grant: Readonly<Record<string, string>>,
): Promise<Granted | { problem: Problem }> {
  const { signIn, clientId, clientSecret = '', tokenUrl, tenant } = config
  const form = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...grant })
  const answer = await http(tokenUrl || (signIn === 'microsoft' ? `${microsoftBase(tenant)}/token` : googleUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  })
  if (answer.kind === 'silence') return { problem: { code: 'no-answer', detail: answer.reason } }
  const body = parseJson(answer.body)
  const token = granted.safeParse(body)
  if (answer.status === 200 && token.success) {
    const { access_token: accessToken, expires_in: seconds, refresh_token: refreshToken } = token.data
    return { accessToken, expiresInMs: seconds * 1000, refreshToken }
  }
  const { error = '', error_description: detail = '' } = refused.safeParse(body).data ?? {}
  const code = answer.status >= 500 || answer.status === 429 ? 'provider-failed' : 'credentials-refused'
  return { problem: { code, providerCode: error || String(answer.status), detail: detail.slice(0, 300) } }
}

async function fetchToken(context: Context<Config>) {
  const { config, tokens } = context
  const { signIn, refreshToken: entered = '' } = config
  const isMicrosoft = signIn === 'microsoft'
  // Microsoft gives a new one with each answer, and takes an older one for 90 days after it was made. What was entered
  // names what took its place: another one that is entered starts anew.
  const kept = `lasting:refresh ${createHash('sha256').update(entered).digest('hex').slice(0, 32)}`
  const known = entered === '' ? '' : await tokens.get(kept, async () => ({ value: entered, expiresInMs: years }))
  const refreshToken = typeof known === 'string' ? known : entered
  const answer = await askForTokens(
    context,
    refreshToken === '' && isMicrosoft
      ? { grant_type: 'client_credentials', scope: 'https://outlook.office365.com/.default' }
      : {
          grant_type: 'refresh_token',
          refresh_token: refreshToken,
          ...(isMicrosoft ? { scope: delegatedScopes } : {}),
        },
  )
  if ('problem' in answer) {
    // What took the place of the entered one is good no more; that one may be still.
    if (answer.problem.providerCode === 'invalid_grant') await tokens.drop(kept, refreshToken)
    return answer.problem
  }
  const { accessToken: value, expiresInMs, refreshToken: next = refreshToken } = answer
  if (entered !== '' && next !== refreshToken) await tokens.put(kept, { value: next, expiresInMs: years })
  return { value, expiresInMs }
}
