import { afterEach, describe, expect, it, vi } from 'vitest'
import { AuthError, authErrorCode, signIn } from './auth.ts'
import { explainAuth } from './auth-words.ts'
import { setLanguage } from './i18n.ts'

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(body), { status, headers })))
}
afterEach(() => vi.unstubAllGlobals())

describe('signIn', () => {
  it('says when a second step is wanted', async () => {
    answer(200, { twoFactorRedirect: true, twoFactorMethods: ['totp'] })
    expect(await signIn('a@b.cn', 'secret', true)).toBe('second-step')
    answer(200, { redirect: false, token: 't', user: {} })
    expect(await signIn('a@b.cn', 'secret', true)).toBe('done')
  })
  it('turns codes into words that say how long to wait', async () => {
    vi.stubGlobal('document', { documentElement: {} })
    setLanguage('en')
    answer(429, { message: 'Too many requests' }, { 'x-retry-after': '7' })
    const error = await signIn('a@b.cn', 'secret', true).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AuthError)
    expect(explainAuth(error)).toBe('Too many attempts. Try again in 7 seconds.')
  })
  it('tells a lost network from a refusal', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
    await expect(signIn('a@b.cn', 'secret', true)).rejects.toMatchObject({ code: 'network' })
  })
})

describe('authErrorCode', () => {
  it.each([
    [401, 'INVALID_EMAIL_OR_PASSWORD', 'wrong-credentials'],
    [401, undefined, 'not-signed-in'],
    [429, undefined, 'rate-limited'],
    [500, 'SOMETHING_NEW', 'failed'],
  ] as const)('%s %s', (status, code, expected) => expect(authErrorCode(status, code)).toBe(expected))
})
