import { afterAll, describe, expect, test } from 'vitest'
import { startCompany } from '../../testing/company.ts'
import { createSignInBrowser } from '../../testing/sign-in-browser.ts'
import { startStaffProvider } from '../../testing/staff-provider.ts'

const company = await startCompany({ QIAO_URL: 'https://desk.camellia.example' })
const { must, call, admin, db } = company

const { id, key } = await must('POST', '/api/v1/inboxes', admin.credentials, {
  name: 'IT',
  settings: { audience: 'staff' },
})
const path = `/api/v1/inboxes/${id}`
const callback: string = (await must('GET', `${path}/sign-in`, admin.credentials)).callbackUrl
const provider = await startStaffProvider({ redirectUris: [callback] })
afterAll(() => provider.stop())

const standard = { issuer: provider.issuer, clientId: provider.clientId, emailDomains: ['camellia.example'] }
const save = async (fields: object = {}, secret: string | null = provider.secret) => {
  const { version } = await must('GET', `${path}/sign-in`, admin.credentials)
  return must('PUT', `${path}/sign-in`, admin.credentials, { version, fields: { ...standard, ...fields }, secret })
}
/** What becomes of somebody who wants to sign in: sent to the provider, or back with a problem. */
const outcome = async (): Promise<string | null> => {
  const { to } = await createSignInBrowser().get(`${company.url}/chat/${key}/sign-in`)
  return new URL(to ?? '').searchParams.get('signed-in')
}

describe('the settings', () => {
  test('never give the secret away, keep it unless told, and refuse an old version', async () => {
    const { version } = await save()
    const shown = await call('GET', `${path}/sign-in`, admin.credentials)
    expect(shown.body).toMatchObject({ secretSet: true, callbackUrl: callback, fields: { sessionHours: 12 } })
    expect(shown.text).not.toContain(provider.secret)
    const rows = await db.selectFrom('inbox_sign_ins').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(provider.secret)
    const kept = await must('PUT', `${path}/sign-in`, admin.credentials, { version, fields: standard })
    expect(kept).toMatchObject({ secretSet: true, version: version + 1 })
    expect(await call('PUT', `${path}/sign-in`, admin.credentials, { version, fields: standard })).toMatchObject({
      code: 'changed-meanwhile',
    })
    expect((await call('PUT', `${path}/sign-in`, admin.credentials, { version: 0, fields: standard })).code).toBe(
      'changed-meanwhile',
    )
    // With the secret that was kept.
    const { findings } = await must('POST', `${path}/sign-in/check`, admin.credentials)
    expect(findings.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true, true])
  })

  test.each([
    [{ issuer: 'http://login.example.com' }, 'invalid-input'],
    [{ issuer: 'https://login.example.com/?tenant=1' }, 'invalid-input'],
    [{ issuer: 'javascript:alert(1)' }, 'invalid-input'],
    [{ scopes: ['profile'] }, 'invalid-input'],
    [{ emailDomains: ['@camellia.example'] }, 'invalid-input'],
  ])('refuse %j', async (fields, code) => {
    const { version } = await must('GET', `${path}/sign-in`, admin.credentials)
    const answer = await call('PUT', `${path}/sign-in`, admin.credentials, {
      version,
      fields: { ...standard, ...fields },
    })
    expect(answer.code).toBe(code)
  })
})

describe('the check says in words', () => {
  const check = async (): Promise<{ ok: boolean; words: { zh: string; en: string } }[]> =>
    (await must('POST', `${path}/sign-in/check`, admin.credentials)).findings
  const faults = async (): Promise<string[]> => (await check()).filter(({ ok }) => !ok).map(({ words }) => words.en)

  test('that all is well', async () => {
    await save()
    expect((await check()).map(({ words }) => words.en)).toEqual([
      `The provider was found: ${provider.issuer}`,
      'Its public keys were read.',
      'The provider takes the client id and the secret.',
    ])
  })

  test.each([
    ['nobody answers', { issuer: 'http://localhost:9' }, /cannot be reached/],
    ['there is no such document', { issuer: `${provider.issuer}/realms/none` }, /answered HTTP 404/],
    [
      'it is another issuer',
      { issuer: provider.issuer.replace('localhost', '127.0.0.1') },
      /calls itself “http:\/\/localhost/,
    ],
    ['a scope is unknown', { scopes: ['openid', 'telepathy'] }, /telepathy/],
    ['it does not know us', { clientId: 'somebody-else' }, /client id or the secret/],
  ])('that %s, and then nobody can sign in', async (_name, fields, words) => {
    await save(fields)
    expect(await faults()).toEqual([expect.stringMatching(words)])
    if (!('issuer' in fields)) return
    expect(await outcome()).toBe('unavailable')
  })

  test('that the secret is wrong', async () => {
    await save({}, 'another secret')
    expect(await faults()).toEqual([expect.stringMatching(/client id or the secret/)])
    await save()
  })
})
