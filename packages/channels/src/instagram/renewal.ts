import { z } from 'zod'
import type { Context, FreshToken, Renewal } from '../contract.ts'
import { graph, problemOf } from '../families/meta/graph.ts'
import { messagingRules } from '../families/meta/messaging-send.ts'
import type { Problem } from '../problem.ts'
import { isInstagramLogin } from './check.ts'
import type { Config } from './config.ts'

const renewed = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

/**
 * Tokens of an Instagram login last sixty days, and are made anew from the age of a day until they end; never after that.
 * https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token (2026-11-30)
 */
export const renewal: Renewal<Config> = {
  grants: 'accessToken',
  runsOut: isInstagramLogin,
  notBeforeMs: 24 * 3_600_000,
  renew,
}

async function renew(context: Context<Config>): Promise<FreshToken | Problem> {
  const { accessToken, apiUrl } = context.config
  // This call has no version.
  const unversioned = apiUrl.replace(/\/v[\d.]+\/?$/u, '')
  const answer = await graph(
    { ...context, config: { ...context.config, apiUrl: unversioned } },
    {
      method: 'GET',
      path: 'refresh_access_token',
      query: { grant_type: 'ig_refresh_token', access_token: accessToken },
    },
  )
  if (answer.kind !== 'ok') return problemOf(answer, messagingRules)
  const found = renewed.safeParse(answer.value).data
  return found
    ? { value: found.access_token, expiresInMs: found.expires_in * 1000 }
    : { code: 'provider-failed', detail: 'The renewal was answered without a token' }
}
