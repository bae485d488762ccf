import type { SignInFields } from '@qiao/protocol'
import * as oidc from 'openid-client'
import type { SafeFetch } from '#platform/safe-fetch'
import type { SavedSignIn } from './sign-in-settings.ts'
import { isProviderUrl, openSignIn, type SignInDeps } from './sign-in-settings.ts'

/** A provider that has told where its endpoints are. */
export interface Provider {
  fields: SignInFields
  config: oidc.Configuration
}

const timeoutSeconds = 10
const keptMs = 600_000
const mostKept = 200

/** All that is asked of a provider goes through the guard of configured addresses, whatever its documents point at. */
export const guarded =
  (safeFetch: SafeFetch): oidc.CustomFetch =>
  async (url, { method, headers, body, signal }) => {
    if (!isProviderUrl(new URL(new URL(url).pathname, url).href)) throw new Error('A provider is asked over https')
    if (method !== 'GET' && method !== 'POST') throw new Error(`A provider is never asked by ${method}`)
    const text = body instanceof URLSearchParams ? body.toString() : typeof body === 'string' ? body : undefined
    const answer = await safeFetch(url, {
      method,
      headers,
      ...(text === undefined ? {} : { body: text }),
      timeoutMs: timeoutSeconds * 1000,
      signal,
    })
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: answer.headers })
  }

/** The secret goes in the body where the provider takes it there, else in the header, which is the standard's default. */
export function clientAuth(secret: string | null): oidc.ClientAuth {
  if (secret === null) return oidc.None()
  const [inBody, inHeader] = [oidc.ClientSecretPost(secret), oidc.ClientSecretBasic(secret)]
  return (server, ...rest) => {
    const taken = server.token_endpoint_auth_methods_supported ?? []
    return (taken.includes('client_secret_post') ? inBody : inHeader)(server, ...rest)
  }
}

/** Reads the discovery document, whose issuer has to be the configured one to the letter. */
export async function discover(
  { fields, secret }: SavedSignIn,
  safeFetch: SafeFetch,
  aheadSeconds = 0,
): Promise<Provider> {
  const issuer = new URL(fields.issuer)
  const config = await oidc.discovery(
    issuer,
    fields.clientId,
    { [oidc.clockSkew]: aheadSeconds, [oidc.clockTolerance]: 60 },
    clientAuth(secret),
    {
      [oidc.customFetch]: guarded(safeFetch),
      timeout: timeoutSeconds,
      // What is allowed is decided above: https, or this very machine.
      execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
    },
  )
  // The library lets Microsoft's addresses for every company of the world through; then anybody's staff could come in.
  if (new URL(config.serverMetadata().issuer).href !== issuer.href) throw new Error('The provider is another issuer')
  return { fields, config }
}

export interface Providers {
  /** Null: not set up. Throws what `discover` throws. */
  of(inboxId: string): Promise<Provider | null>
}

/** Discovery documents and keys hold for minutes; what is saved anew counts at once. */
export function createProviders(deps: SignInDeps & { clock: { now(): Date } }): Providers {
  const known = new Map<string, { version: number; until: number; provider: Promise<Provider> }>()
  return {
    async of(inboxId) {
      const saved = await openSignIn(deps, inboxId)
      if (!saved) return null
      const kept = known.get(inboxId)
      if (kept && kept.version === saved.version && kept.until > performance.now()) return kept.provider
      const ahead = Math.round((deps.clock.now().getTime() - Date.now()) / 1000)
      const provider = discover(saved, deps.fetch, ahead)
      if (known.size >= mostKept) known.clear()
      known.set(inboxId, { version: saved.version, until: performance.now() + keptMs, provider })
      provider.catch(() => known.delete(inboxId))
      return provider
    },
  }
}
