import type { Context, FreshToken, Words } from './contract.ts'
import type { Problem } from './problem.ts'

/**
 * For providers at whose own pages an administrator grants access: OAuth 2, authorization code with PKCE (RFC 6749, 7636). The
 * server keeps state and verifier, and takes the answer.
 */
export interface Authorisation<Config> {
  /** Names of the secret fields that it fills in. */
  grants: readonly string[]
  /** At whose pages, with these settings; null where they want none. Not `ready`: something has to be filled in first. Pure. */
  offer(config: Config): { provider: Words; ready: boolean } | null
  /** Where the administrator goes. Pure. */
  address(asked: { redirectUri: string; state: string; challenge: string }, config: Config): string
  /** Gives the fields of the configuration that follow from it; they take the place of what is there. */
  exchange(
    answer: { code: string; redirectUri: string; verifier: string },
    context: Context<Config>,
  ): Promise<{ fields: Readonly<Record<string, string>> } | Problem>
}

/** For access that runs out unless it is renewed in time: the server does so once half of its time is over, alone. */
export interface Renewal<Config> {
  /** Name of the secret field that it replaces. */
  grants: string
  /** Whether access runs out with these settings. Pure. */
  runsOut(config: Config): boolean
  /** A new one is too young to be renewed for so long: a refusal before that means nothing. */
  notBeforeMs: number
  /** A new one in the place of that in the configuration. */
  renew(context: Context<Config>): Promise<FreshToken | Problem>
}
