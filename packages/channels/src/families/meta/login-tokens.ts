import { madeSecret } from '../../simulator.ts'
import type { ApiAnswer, ApiRequest } from '../../simulator.ts'
import { jsonAnswer, type Refusal, refuse } from './simulator.ts'

const day = 86_400_000

/** Simulated tokens of an Instagram login: sixty days each, renewed from the age of a day on, and never once they have ended. */
export function createLoginTokens(first: string, now: () => Date) {
  const madeAt = new Map([[first, now().getTime()]])
  const ageOf = (token: string): number => now().getTime() - (madeAt.get(token) ?? 0)
  return {
    refused(token: string): Refusal | undefined {
      if (!madeAt.has(token)) return refuse(190, 'Invalid OAuth access token - Cannot parse access token', 401)
      return ageOf(token) < 60 * day
        ? undefined
        : { ...refuse(190, 'Error validating access token: Session has expired', 401), subcode: 463 }
    },
    renew({ url }: ApiRequest): ApiAnswer | Refusal {
      const token = url.searchParams.get('access_token') ?? ''
      if (url.searchParams.get('grant_type') !== 'ig_refresh_token') return refuse(100, 'Invalid grant_type')
      // Under which code is not documented.
      if (ageOf(token) < day) return refuse(10, 'The access token is less than 24 hours old')
      const fresh = `IGAA${madeSecret()}`
      madeAt.set(fresh, now().getTime())
      return jsonAnswer(200, { access_token: fresh, token_type: 'bearer', expires_in: (60 * day) / 1000 })
    },
  }
}
