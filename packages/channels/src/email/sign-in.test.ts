import { expect, test } from 'vitest'
import type { Http } from '../contract.ts'
import { testContext } from '../test-context.ts'
import { config } from './config.ts'
import { forget, signInOf } from './sign-in.ts'

/** An authority that gives another refresh token with each answer, and takes only the newest. */
function authority(first: string) {
  let good = first
  let given = 0
  const asked: (string | null)[] = []
  const http: Http = async (_url, { body }) => {
    const refresh = new URLSearchParams(String(body)).get('refresh_token')
    asked.push(refresh)
    if (refresh !== good) return answer(400, { error: 'invalid_grant', error_description: 'Expired' })
    given += 1
    good = `refresh-${given}`
    return answer(200, { access_token: `access-${given}`, expires_in: 3600, refresh_token: good })
  }
  return { http, asked, takes: (token: string) => (good = token) }
}
const answer = (status: number, body: object) =>
  ({ kind: 'answer', status, headers: {}, body: Buffer.from(JSON.stringify(body)) }) as const

const mailbox = (refreshToken: string) =>
  config.parse({
    address: 'care@shop.example',
    imapHost: 'outlook.office365.com',
    signIn: 'microsoft',
    clientId: 'id',
    clientSecret: 'secret',
    refreshToken,
  })

test('the refresh token that an answer brings takes the place of the one before', async () => {
  const { http, asked } = authority('entered')
  const context = testContext(mailbox('entered'), { http })
  for (const n of [1, 2, 3]) {
    const signIn = await signInOf(context, 'imap')
    expect(signIn).toEqual({ user: 'care@shop.example', accessToken: `access-${n}` })
    // An hour later.
    await forget(context, { user: '', accessToken: `access-${n}` })
  }
  expect(asked).toEqual(['entered', 'refresh-1', 'refresh-2'])
})

test('another one that is entered is used from then on; one that is refused leaves it to the entered one', async () => {
  const { http, asked, takes } = authority('entered')
  const context = testContext(mailbox('entered'), { http })
  await signInOf(context, 'imap')
  await forget(context, { user: '', accessToken: 'access-1' })
  takes('entered anew')
  expect(await signInOf(context, 'imap')).toMatchObject({ code: 'credentials-refused', providerCode: 'invalid_grant' })
  const anew = { ...context, config: mailbox('entered anew') }
  expect(await signInOf(anew, 'imap')).toMatchObject({ accessToken: 'access-2' })
  takes('entered')
  await forget(context, { user: '', accessToken: 'access-2' })
  expect(await signInOf(context, 'imap')).toMatchObject({ accessToken: 'access-3' })
  expect(asked).toEqual(['entered', 'refresh-1', 'entered anew', 'entered'])
})
