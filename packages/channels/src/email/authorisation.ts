import type { Authorisation } from '../contract.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { askForTokens, delegatedScopes, microsoftBase } from './sign-in.ts'

const googleUrl = 'https://accounts.google.com/o/oauth2/v2/auth'

/**
 * Google gives a refresh token only when it is asked for `offline` and with consent.
 * https://developers.google.com/identity/protocols/oauth2/web-server
 * https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export const authorisation: Authorisation<Config> = {
  grants: ['refreshToken'],
  offer({ signIn, clientId, clientSecret = '' }) {
    if (signIn === 'password') return null
    const name = signIn === 'google' ? 'Google' : 'Microsoft'
    return { provider: { zh: name, en: name }, ready: clientId !== '' && clientSecret !== '' }
  },
  address({ redirectUri, state, challenge }, { signIn, clientId, tenant, address, user, authorizeUrl }) {
    const isGoogle = signIn === 'google'
    const url = new URL(authorizeUrl || (isGoogle ? googleUrl : `${microsoftBase(tenant)}/authorize`))
    const asked = {
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      login_hint: user || address,
      ...(isGoogle
        ? { scope: 'https://mail.google.com/', access_type: 'offline', prompt: 'consent' }
        : { scope: delegatedScopes, response_mode: 'query', prompt: 'select_account' }),
    }
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
    return url.href
  },
  async exchange({ code, redirectUri, verifier }, context) {
    const { signIn } = context.config
    const answer = await askForTokens(context, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...(signIn === 'microsoft' ? { scope: delegatedScopes } : {}),
    })
    if ('problem' in answer) return named(answer.problem)
    const { refreshToken } = answer
    if (refreshToken === undefined) {
      return { code: 'access-failed', detail: 'The answer holds no refresh token: access was not granted for longer' }
    }
    return { fields: { refreshToken } }
  },
}

/** What of it the administrator can mend here, by another address or another try. */
function named(problem: Problem): Problem {
  const { providerCode = '', detail = '' } = problem
  // Microsoft: AADSTS50011.
  if (/redirect_uri_mismatch/u.test(providerCode) || /AADSTS50011|redirect.?ur[il]/iu.test(detail))
    return { ...problem, code: 'redirect-refused' }
  return providerCode === 'invalid_grant' ? { ...problem, code: 'access-failed' } : problem
}
