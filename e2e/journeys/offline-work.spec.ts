import type { AgentState, Board, HookSecret } from '@qiao/protocol'
import { type Locator, type Page } from '@playwright/test'
import { hindrances } from '../setup/axe.ts'
import { pick } from '../setup/pick.ts'
import { accept, agentIdOf, arrive, choose, find, openQueue, statusButton } from '../setup/routing.ts'
import { callApi, callsOnly, expect, test } from '../setup/test.ts'

const bar = (page: Page): Locator => page.getByRole('main').locator('.q-bar')
const question = (page: Page): Locator => page.getByRole('dialog', { name: /手上的会话怎么处理/ })
const goOffline = async (page: Page): Promise<void> => {
  await statusButton(page).click()
  await page.getByRole('menuitemradio', { name: /^离线/ }).press('Enter')
}
const stateOf = async (page: Page): Promise<AgentState> =>
  (await callApi<{ state: AgentState }>(page, 'GET', '/routing/me')).state

test('who goes offline says what becomes of the work in hand, by the keyboard alone', async ({ agent, stranger }) => {
  const admin = await agent('shen')
  const lead = await agent('lin')
  const keeps = await openQueue(admin, '离线保留', ['he'])
  const he = await agent('he')
  await choose(he, '空闲')
  await choose(he, '离线')
  await expect(question(he)).toHaveCount(0)

  await choose(he, '空闲')
  await arrive(await stranger(), keeps, '壶嘴漏水')
  await accept(he, '壶嘴漏水')
  await goOffline(he)
  const keep = question(he).getByRole('radio', { name: /^留在我这里/ })
  await expect(keep).toBeChecked()
  await expect(keep).toBeFocused()
  expect(await hindrances(he, 'offline', { within: '[role=dialog]' })).toEqual([])
  await he.keyboard.press('Escape')
  await expect(question(he)).toHaveCount(0)
  await expect(statusButton(he)).toBeFocused()
  expect(await stateOf(he)).toMatchObject({ state: 'available', held: [{ state: 'held' }] })

  await goOffline(he)
  await expect(keep).toBeFocused()
  await he.keyboard.press('Enter')
  await expect(statusButton(he)).toContainText('离线')
  await find(lead, '壶嘴漏水')
  await expect(bar(lead)).toContainText('由 何嘉树 接待')

  await choose(he, '空闲')
  await goOffline(he)
  await expect(keep).toBeFocused()
  await he.keyboard.press('ArrowDown')
  await expect(question(he).getByRole('radio', { name: /^重新排队/ })).toBeChecked()
  await he.keyboard.press('Enter')
  await expect(bar(lead)).toContainText('在「离线保留」排队')
  expect(await stateOf(he)).toMatchObject({ state: 'offline', held: [] })

  // As the queue says, where it leaves no choice.
  await openQueueSection(admin, keeps.queue.id, 'offer')
  await admin.getByRole('combobox', { name: '坐席自己离线时，手上的会话' }).click()
  await pick(admin, '回到原来的位置重新排队')
  await save(admin)
  await choose(he, '空闲')
  await accept(he, '壶嘴漏水')
  await goOffline(he)
  await expect(question(he).getByRole('radio', { name: /^重新排队/ })).toBeFocused()
  await he.keyboard.press('Escape')
  await admin.getByRole('switch', { name: '坐席离线时可以另选' }).click()
  await save(admin)
  await he.reload()
  await goOffline(he)
  await expect(statusButton(he)).toContainText('离线')
  await expect(question(he)).toHaveCount(0)
  await expect(bar(lead)).toContainText('在「离线保留」排队')
  await choose(he, '空闲')
  await accept(he, '壶嘴漏水')
  await he.getByRole('button', { name: '结束会话' }).click()
  await choose(he, '离线')
})

test('a lead who sets an agent offline says it too', async ({ agent, stranger }) => {
  const admin = await agent('shen', callsOnly)
  const rule = { work: 'keep', agentMayChoose: false } as const
  const queue = await openQueue(admin, '班长设离线', ['he'], { whenAgentOffline: rule })
  const heId = await agentIdOf(admin, 'he')
  const he = await agent('he')
  await choose(he, '空闲')
  await arrive(await stranger(), queue, '盒子压扁了')
  await accept(he, '盒子压扁了')
  const lead = await agent('lin', { viewport: { width: 390, height: 844 } })
  await lead.goto('/board')
  await lead.getByRole('button', { name: '改状态：何嘉树' }).click()
  await lead.getByRole('menuitem', { name: '离线' }).click()
  const keep = question(lead).getByRole('radio', { name: /^留给何嘉树/ })
  await expect(keep).toBeFocused()
  expect(await hindrances(lead, 'offline of another', { within: '[role=dialog]' })).toEqual([])
  const box = await question(lead).boundingBox()
  expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true)
  await lead.keyboard.press('ArrowDown')
  await lead.keyboard.press('Enter')
  await expect(statusButton(he)).toContainText('离线')
  await expect(bar(he)).toContainText('在「班长设离线」排队')
  const { agents } = await callApi<Board>(admin, 'GET', '/routing/board')
  expect(agents.find(({ agentId }) => agentId === heId)?.held).toEqual([])
})

test('the secret of the endpoint that chooses is changed, and shown once', async ({ agent }) => {
  const admin = await agent('shen')
  const hook = { url: 'https://routing.example.com/choose', milliseconds: 1000 }
  const { queue } = await openQueue(admin, '外部派单', ['he'], { hook })
  const read = () => callApi<HookSecret>(admin, 'GET', `/queues/${queue.id}/hook-secret`)
  const first = await read()
  await openQueueSection(admin, queue.id, 'hook')
  const secret = admin.getByRole('region', { name: '签名密钥' })
  await expect(secret).toContainText(first.secret.slice(0, 12))
  await expect(secret).not.toContainText(first.secret)
  await expect(secret).not.toContainText('旧密钥有效至')
  await secret.getByRole('button', { name: '更换签名密钥' }).click()
  const panel = admin.getByRole('dialog')
  await expect(panel.getByRole('spinbutton', { name: '旧密钥继续有效（小时）' })).toHaveValue('24')
  expect(await hindrances(admin, 'change of a secret', { within: '[role=dialog]' })).toEqual([])
  await panel.getByRole('spinbutton').fill('48')
  await panel.getByRole('button', { name: '更换签名密钥' }).click()
  await expect(panel.getByLabel('新的签名密钥', { exact: true }).last()).toHaveText(/^whsec_/)
  const second = await read()
  await expect(panel).toContainText(second.secret)
  await expect(panel.getByRole('button', { name: /复\s*制/ })).toBeVisible()
  expect(second.secret).not.toBe(first.secret)
  const hours = (Date.parse(second.olderUntil ?? '') - Date.now()) / 3_600_000
  expect(Math.round(hours)).toBe(48)
  await panel
    .getByRole('button', { name: /关\s*闭/ })
    .last()
    .click()
  await expect(panel).toHaveCount(0)
  await expect(admin.getByText(second.secret)).toHaveCount(0)
  await expect(secret).toContainText(second.secret.slice(0, 12))
  await expect(secret).toContainText('旧密钥有效至')
})

const openQueueSection = async (page: Page, queueId: string, section: string): Promise<void> => {
  await page.goto(`/settings/queues/${queueId}/${section}`)
}
async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.locator('.st-save')).toHaveCount(0)
}
