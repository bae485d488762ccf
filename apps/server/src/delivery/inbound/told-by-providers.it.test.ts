import { afterAll, expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { startCompany } from '../../testing/company.ts'
import { connectSimulator, startSimulator } from '../../testing/connect-simulator.ts'
import { until } from '../../testing/parrot-company.ts'

/** Who somebody is comes with no message here: the provider tells when it is asked, and tells more of those who follow. */
vi.setConfig({ testTimeout: 60_000 })
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const company = await startCompany({ QIAO_ROLES: 'web,worker', PORT: String(port), QIAO_URL: url })
const { must, admin } = company
const account = async (channel: string) => {
  const simulator = await startSimulator(channel)
  afterAll(() => simulator.stop())
  return connectSimulator(company, channel, simulator)
}
const [official, shop] = [await account('wechat'), await account('wecom')]

test('who writes to the official account and to customer service of WeChat is one customer', async () => {
  const first = await official.write('wang')
  await shop.write('wang')
  await until(async () => (await shop.contactOf('wang')) === first)
  const stranger = await shop.write('zhao')
  expect(stranger).not.toBe(first)
  const { items } = await must('GET', `/api/v1/contacts/${first}/merges`, admin.credentials)
  expect(items).toMatchObject([{ cause: 'union' }])
})

test('whom the provider tells nothing of yet is known once they follow', async () => {
  const phone = official.phone('li')
  await phone.act('unfollow')
  const unknown = await until(() => official.contactOf('li'))
  const known = await shop.write('li')
  expect(unknown).not.toBe(known)
  await phone.act('follow')
  await until(async () => (await official.contactOf('li')) === (await shop.contactOf('li')))
})
