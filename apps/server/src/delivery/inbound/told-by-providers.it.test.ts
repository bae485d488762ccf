import { simulators } from '@qiao/channels/simulators'
import { afterAll, expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { startCompany } from '../../testing/company.ts'
import { until } from '../../testing/parrot-company.ts'

/** Who somebody is comes with no message here: the provider tells when it is asked, and tells more of those who follow. */
vi.setConfig({ testTimeout: 60_000 })
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const company = await startCompany({ QIAO_ROLES: 'web,worker', PORT: String(port), QIAO_URL: url })
const { must, admin, db } = company

async function account(channel: 'wechat' | 'wecom') {
  const simulator = await simulators[channel]?.()
  if (!simulator) throw new Error(`There is no ${channel}`)
  afterAll(() => simulator.stop())
  const body = { name: channel, channel, teamIds: [company.teams.first] }
  const { id } = await must('POST', '/api/v1/inboxes', admin.credentials, body)
  const path = `/api/v1/inboxes/${id}/account`
  const { version, callbackUrl } = await must('GET', path, admin.credentials)
  await must('PUT', path, admin.credentials, { version, config: simulator.config })
  simulator.pointTo(String(callbackUrl))
  const contactOf = async (name: string): Promise<string | undefined> => {
    const { address } = simulator.phone(name)
    const rows = db.selectFrom('identities').select('contact_id').where('inbox_id', '=', id)
    return (await rows.where('address', '=', address).executeTakeFirst())?.contact_id
  }
  const write = async (name: string): Promise<string> => {
    await simulator.phone(name).say({ type: 'text', text: 'hello' })
    return until(() => contactOf(name))
  }
  return { phone: (name: string) => simulator.phone(name), contactOf, write }
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
