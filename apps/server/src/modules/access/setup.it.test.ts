import { expect, test } from 'vitest'
import { accessRoutes } from './routes.ts'
import { startAccess } from './testing.ts'

const { browser, db } = await startAccess(accessRoutes, true)
const setup = {
  organisationName: '示例公司',
  name: 'First',
  email: 'First@example.com',
  password: 'the first password',
}

test('set-up makes one administrator, however many try at once', async () => {
  const page = browser()
  expect((await page.get('/api/v1/setup')).json()).toEqual({ needed: true, organisationName: 'Qiao' })
  expect((await page.post('/api/v1/setup', { ...setup, password: 'short' })).statusCode).toBe(422)
  expect((await page.post('/api/v1/setup', { ...setup, timeZone: 'Mars/Olympus' })).statusCode).toBe(422)
  expect((await page.post('/api/v1/setup', setup, { origin: 'https://evil.example' })).statusCode).toBe(403)
  const tries = [1, 2, 3].map((number) => page.post('/api/v1/setup', { ...setup, email: `first${number}@example.com` }))
  const codes = (await Promise.all(tries)).map((answer) => answer.statusCode)
  expect(codes.toSorted((a, b) => a - b)).toEqual([204, 409, 409])
  expect((await page.get('/api/v1/setup')).json()).toEqual({ needed: false, organisationName: '示例公司' })
  const [admin] = await db.selectFrom('agents').select(['email', 'role']).execute()
  expect(admin?.role).toBe('admin')
  expect((await page.signIn(admin?.email ?? '', setup.password)).statusCode).toBe(200)
})
