import type { Page } from '@playwright/test'
import { watchReminders } from '../setup/reminders.ts'
import { accept, arrive, choose, offerOf, openQueue } from '../setup/routing.ts'
import { callApi, expect, test } from '../setup/test.ts'

const tune = [523, 659, 784]
/** Longer than the pause between two rings, and than that between two changes of the title. */
const ringAgain = (page: Page) => page.clock.runFor(5000)

async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: '结束会话' }).click()
  await callApi(page, 'PUT', '/routing/me/state', { state: 'offline' })
}

test('an offer rings again and again until it is answered; on screen it needs no notification', async ({
  agent,
  stranger,
}) => {
  const queue = await openQueue(await agent('shen'), '会响铃', ['he'], { offer: { seconds: 120 } })
  const he = await agent('he')
  const reminded = await watchReminders(he)
  await he.goto('/inbox/mine')
  await choose(he, '空闲')
  await arrive(await stranger(), queue, '请问有人吗')
  await expect(offerOf(he, '请问有人吗')).toBeVisible()
  await expect(he).toHaveTitle(/新邀约：.*会响铃/)
  await expect.poll(async () => (await reminded.read()).tones.slice(0, 3)).toEqual(tune)
  const before = (await reminded.read()).tones.length
  await ringAgain(he)
  await expect.poll(async () => (await reminded.read()).tones.length).toBeGreaterThan(before)
  expect((await reminded.read()).shown).toEqual([])

  await accept(he, '请问有人吗')
  await expect(offerOf(he, '请问有人吗')).toHaveCount(0)
  const after = (await reminded.read()).tones.length
  await ringAgain(he)
  expect((await reminded.read()).tones).toHaveLength(after)
  await expect(he).not.toHaveTitle(/新邀约/)
  await leave(he)
})

test('where the tab is hidden the browser shows the offer, until it has ended', async ({ agent, stranger }) => {
  const queue = await openQueue(await agent('shen'), '后台标签页', ['he'], { offer: { seconds: 120 } })
  const he = await agent('he')
  const reminded = await watchReminders(he)
  await he.goto('/inbox/mine')
  await choose(he, '空闲')
  await reminded.setVisibility('hidden')
  await arrive(await stranger(), queue, '能查下物流吗')
  await expect.poll(async () => (await reminded.read()).shown.length).toBe(1)
  const [first] = (await reminded.read()).shown
  expect(first?.title).toMatch(/^新邀约：.+，后台标签页$/)
  expect(first).toMatchObject({ body: '能查下物流吗', closed: false })
  await expect.poll(async () => (await reminded.read()).tones.slice(0, 3)).toEqual(tune)
  // Pressed, it has done its work; the offer still rings.
  await reminded.press()
  expect((await reminded.read()).shown).toMatchObject([{ closed: true }])
  await reminded.setVisibility('visible')
  await accept(he, '能查下物流吗')

  await reminded.setVisibility('hidden')
  await arrive(await stranger(), queue, '第二位也在等')
  await expect.poll(async () => (await reminded.read()).shown.length).toBe(2)
  expect((await reminded.read()).shown[1]).toMatchObject({ body: '第二位也在等', closed: false })
  // Answered on another device.
  const { offers } = await callApi<{ offers: { id: string }[] }>(he, 'GET', '/routing/me')
  await callApi(he, 'POST', `/offers/${offers[0]?.id}/accept`, { clientKey: crypto.randomUUID() })
  await expect.poll(async () => (await reminded.read()).shown[1]?.closed).toBe(true)
  await reminded.setVisibility('visible')
  for (const text of ['第二位也在等', '能查下物流吗']) {
    await he.getByRole('list', { name: '会话列表' }).getByRole('link').filter({ hasText: text }).click()
    await expect(he.getByRole('main').getByRole('article').filter({ hasText: text })).toBeVisible()
    await he.getByRole('button', { name: '结束会话' }).click()
    await expect(he.getByRole('link').filter({ hasText: text })).toHaveCount(0)
  }
  await callApi(he, 'PUT', '/routing/me/state', { state: 'offline' })
})

test('what the agent has switched off stays off, each for itself', async ({ agent, stranger }) => {
  const queue = await openQueue(await agent('shen'), '安静接入', ['he'], { offer: { seconds: 120 } })
  const he = await agent('he')
  const reminded = await watchReminders(he)
  await he.goto('/settings/profile')
  const ways = ['声音', '桌面通知', '标签页标题']
  const box = (way: string) => he.getByRole('checkbox', { name: `有邀约，或会话分配给我：${way}` })
  const setWay = async (way: string, on: boolean): Promise<void> => {
    const saved = he.waitForResponse(
      (response) => response.url().endsWith('/me') && response.request().method() === 'PATCH',
    )
    await expect(box(way)).toBeChecked({ checked: !on })
    await box(way).click()
    await expect(box(way)).toBeChecked({ checked: on })
    await saved
  }
  for (const way of ways) await setWay(way, false)
  await he.goto('/inbox/mine')
  await choose(he, '空闲')
  await reminded.setVisibility('hidden')
  await arrive(await stranger(), queue, '悄悄来的')
  await expect(offerOf(he, '悄悄来的')).toBeVisible()
  await ringAgain(he)
  expect(await reminded.read()).toEqual({ tones: [], shown: [] })
  await expect(he).not.toHaveTitle(/新邀约/)

  // Switched on while it rings, by each way alone.
  await he.goto('/settings/profile')
  await expect(offerOf(he, '悄悄来的')).toBeVisible()
  await setWay('声音', true)
  await expect.poll(async () => (await reminded.read()).tones.slice(0, 3)).toEqual(tune)
  await setWay('声音', false)
  await reminded.setVisibility('hidden')
  await setWay('桌面通知', true)
  await expect.poll(async () => (await reminded.read()).shown.length).toBe(1)
  await expect(he).not.toHaveTitle(/新邀约/)
  await setWay('标签页标题', true)
  await expect(he).toHaveTitle(/新邀约/)
  await setWay('声音', true)
  await reminded.setVisibility('visible')
  await accept(he, '悄悄来的')
  await leave(he)
})
