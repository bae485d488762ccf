import { createHash, randomBytes } from 'node:crypto'
import { noFaults, serveApi } from '../../simulator.ts'

interface Rules {
  clientId: string
  clientSecret: string
  redirectUri: string
  scopes: readonly string[]
  /** What the address has to say beside what OAuth wants. */
  extra: Readonly<Record<string, string>>
}

const refuse = (error: string, words = '') => ({
  status: 400,
  body: JSON.stringify({ error, error_description: words }),
})

/** A provider at whose pages people grant access: refuses whatever differs from what was registered. */
export async function startAuthority(rules: Rules) {
  const codes = new Map<string, { challenge: string; redirectUri: string }>()
  const given: string[] = []
  const api = await serveApi(noFaults(), ({ body }) => {
    const asked = new URLSearchParams(body.toString())
    const is = (name: string, value: string) => asked.get(name) === value
    if (!is('client_id', rules.clientId) || !is('client_secret', rules.clientSecret)) return refuse('invalid_client')
    if (!is('grant_type', 'authorization_code')) return refuse('unsupported_grant_type')
    const code = asked.get('code') ?? ''
    const kept = codes.get(code)
    codes.delete(code)
    if (!kept) return refuse('invalid_grant', 'The code is not known')
    if (!is('redirect_uri', kept.redirectUri)) return refuse('invalid_grant', 'AADSTS50011: The redirect URI differs')
    const challenge = createHash('sha256')
      .update(asked.get('code_verifier') ?? '')
      .digest('base64url')
    if (challenge !== kept.challenge) return refuse('invalid_grant', 'The verifier is wrong')
    given.push(`refresh-${given.length + 1}`)
    return {
      status: 200,
      body: JSON.stringify({ access_token: 'access', expires_in: 3600, refresh_token: given.at(-1) }),
    }
  })
  return {
    url: api.url,
    given,
    /** As a person who agrees: what the browser brings back, or why the provider shows an error instead. */
    consent(address: string): { state: string; code: string } | { refused: string } {
      const said = new URL(address).searchParams
      const wanted = {
        client_id: rules.clientId,
        response_type: 'code',
        redirect_uri: rules.redirectUri,
        code_challenge_method: 'S256',
        ...rules.extra,
      }
      for (const [name, value] of Object.entries(wanted)) if (said.get(name) !== value) return { refused: name }
      const scopes = (said.get('scope') ?? '').split(' ')
      if (rules.scopes.some((scope) => !scopes.includes(scope))) return { refused: 'scope' }
      const [state, challenge] = [said.get('state') ?? '', said.get('code_challenge') ?? '']
      if (state === '' || challenge.length !== 43) return { refused: 'state or challenge' }
      const code = randomBytes(16).toString('hex')
      codes.set(code, { challenge, redirectUri: rules.redirectUri })
      return { state, code }
    },
    stop: () => api.stop(),
  }
}
